# The next frame of moving digits by convolutional LSTMs; frames of any number.
# dialect: tfkeras
# Input, three ConvLSTM2D with two normalisations between, a 3-D convolution.
# layers: 1 + 3 + 2 + 1 = 7
# edges: 7 - 1 = 6
# parameters: 4*64*(25*(1+64)+1) + 4*64 + 4*64*(9*(64+64)+1) + 4*64 + 4*64*((64+64)+1) + (27*64+1)*1 = 746689
# expect: layers=7 edges=6 parameters=746689
import io

import imageio
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from IPython.display import Image, display
from ipywidgets import HBox, widgets
from tensorflow import keras
from tensorflow.keras import layers

fpath = keras.utils.get_file("moving_mnist.npy", "https://example.org/mnist_test_seq.npy")
dataset = np.load(fpath)
dataset = np.swapaxes(dataset, 0, 1)[:1000, ...]
dataset = np.expand_dims(dataset, axis=-1)
indexes = np.arange(dataset.shape[0])
np.random.shuffle(indexes)
train_index = indexes[: int(0.9 * dataset.shape[0])]
train_dataset = dataset[train_index] / 255


def create_shifted_frames(data):
    return data[:, 0: data.shape[1] - 1, :, :], data[:, 1: data.shape[1], :, :]


x_train, y_train = create_shifted_frames(train_dataset)
print("Training Dataset Shapes: " + str(x_train.shape) + ", " + str(y_train.shape))

inp = layers.Input(shape=(None, 64, 64, 1))
x = layers.ConvLSTM2D(filters=64, kernel_size=(5, 5), padding="same", return_sequences=True,
                      activation="relu")(inp)
x = layers.BatchNormalization()(x)
x = layers.ConvLSTM2D(64, (3, 3), padding="same", return_sequences=True, activation="relu")(x)
x = layers.BatchNormalization()(x)
x = layers.ConvLSTM2D(64, (1, 1), padding="same", return_sequences=True, activation="relu")(x)
x = layers.Conv3D(filters=1, kernel_size=(3, 3, 3), activation="sigmoid", padding="same")(x)
model = keras.models.Model(inp, x)
model.compile(loss=keras.losses.binary_crossentropy, optimizer=keras.optimizers.Adam())

early_stopping = keras.callbacks.EarlyStopping(monitor="val_loss", patience=10)
model.fit(x_train, y_train, batch_size=5, epochs=20, callbacks=[early_stopping])
frames = x_train[0][:10, ...]
for _ in range(10):
    new_prediction = model.predict(np.expand_dims(frames, axis=0))
    frames = np.concatenate((frames, new_prediction[0][-1:]), axis=0)
with io.BytesIO() as gif:
    imageio.mimsave(gif, np.squeeze(frames * 255).astype(np.uint8), "GIF", duration=200)
    display(HBox([widgets.Image(value=gif.getvalue())]))
