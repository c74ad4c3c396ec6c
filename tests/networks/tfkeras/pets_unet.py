# A U-Net for pet silhouettes in tf.keras, with the files read from folders that are not there.
# dialect: tfkeras
# Four steps down of two convolution-normalisation-relu triples and a pooling, the bottom, four steps up, the mask.
# layers: 1 + 4*7 + 6 + 4*(2 + 6) + 1 = 68
# edges: 68 - 1 + 4 = 71
# parameters: (9*3+1)*32 + (9*32+1)*32 + 2*4*32
#   + (9*32+1)*64 + (9*64+1)*64 + 2*4*64
#   + (9*64+1)*128 + (9*128+1)*128 + 2*4*128
#   + (9*128+1)*256 + (9*256+1)*256 + 2*4*256
#   + (9*256+1)*512 + (9*512+1)*512 + 2*4*512
#   + (4*512+1)*256 + (9*512+1)*256 + (9*256+1)*256 + 2*4*256
#   + (4*256+1)*128 + (9*256+1)*128 + (9*128+1)*128 + 2*4*128
#   + (4*128+1)*64 + (9*128+1)*64 + (9*64+1)*64 + 2*4*64
#   + (4*64+1)*32 + (9*64+1)*32 + (9*32+1)*32 + 2*4*32
#   + (32+1)*1 = 7771873
# expect: layers=68 edges=71 parameters=7771873
import glob
import os

import cv2
import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split
from tensorflow.keras.callbacks import CSVLogger, EarlyStopping, ModelCheckpoint
from tensorflow.keras.layers import *
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import Adam

H, W = 256, 256
np.random.seed(42)
tf.random.set_seed(42)


def load_dataset(path, split=0.2):
    images = sorted(glob.glob(os.path.join(path, "images", "*.jpg")))
    masks = sorted(glob.glob(os.path.join(path, "masks", "*.png")))
    size = int(split * len(images))
    train_x, valid_x = train_test_split(images, test_size=size, random_state=42)
    train_y, valid_y = train_test_split(masks, test_size=size, random_state=42)
    return (train_x, train_y), (valid_x, valid_y)


def read_image(path):
    x = cv2.imread(path.decode(), cv2.IMREAD_COLOR)
    return (cv2.resize(x, (W, H)) / 255.0).astype(np.float32)


def read_mask(path):
    x = cv2.imread(path.decode(), cv2.IMREAD_GRAYSCALE)
    return np.expand_dims((cv2.resize(x, (W, H)) / 255.0).astype(np.float32), axis=-1)


def tf_parse(x, y):
    def _parse(x, y):
        return read_image(x), read_mask(y)
    x, y = tf.numpy_function(_parse, [x, y], [tf.float32, tf.float32])
    x.set_shape([H, W, 3])
    y.set_shape([H, W, 1])
    return x, y


def tf_dataset(x, y, batch=8):
    dataset = tf.data.Dataset.from_tensor_slices((x, y))
    return dataset.map(tf_parse, num_parallel_calls=tf.data.AUTOTUNE).batch(batch).prefetch(2)


def conv_block(inputs, num_filters):
    x = inputs
    for _ in range(2):
        x = Conv2D(num_filters, 3, padding="same")(x)
        x = BatchNormalization()(x)
        x = Activation("relu")(x)
    return x


def encoder_block(inputs, num_filters):
    x = conv_block(inputs, num_filters)
    return x, MaxPool2D((2, 2))(x)


def decoder_block(inputs, skip, num_filters):
    x = Conv2DTranspose(num_filters, (2, 2), strides=2, padding="same")(inputs)
    x = Concatenate()([x, skip])
    return conv_block(x, num_filters)


def build_unet(input_shape):
    inputs = Input(input_shape)
    s1, p1 = encoder_block(inputs, 32)
    s2, p2 = encoder_block(p1, 64)
    s3, p3 = encoder_block(p2, 128)
    s4, p4 = encoder_block(p3, 256)
    b1 = conv_block(p4, 512)
    d1 = decoder_block(b1, s4, 256)
    d2 = decoder_block(d1, s3, 128)
    d3 = decoder_block(d2, s2, 64)
    d4 = decoder_block(d3, s1, 32)
    outputs = Conv2D(1, 1, padding="same", activation="sigmoid")(d4)
    return Model(inputs, outputs, name="UNET")


def dice_coef(y_true, y_pred):
    y_true = tf.keras.layers.Flatten()(y_true)
    y_pred = tf.keras.layers.Flatten()(y_pred)
    intersection = tf.reduce_sum(y_true * y_pred)
    return (2. * intersection + 1e-15) / (tf.reduce_sum(y_true) + tf.reduce_sum(y_pred) + 1e-15)


def dice_loss(y_true, y_pred):
    return 1.0 - dice_coef(y_true, y_pred)


if __name__ == "__main__":
    os.makedirs("files", exist_ok=True)
    (train_x, train_y), (valid_x, valid_y) = load_dataset("../datasets/pets")
    train_dataset = tf_dataset(train_x, train_y, batch=8)
    valid_dataset = tf_dataset(valid_x, valid_y, batch=8)
    model = build_unet((H, W, 3))
    model.compile(loss=dice_loss, optimizer=Adam(1e-4), metrics=[dice_coef, "accuracy"])
    callbacks = [ModelCheckpoint("files/model.h5", save_best_only=True),
                 CSVLogger("files/log.csv"), EarlyStopping(patience=20)]
    model.fit(train_dataset, epochs=50, validation_data=valid_dataset, callbacks=callbacks)
