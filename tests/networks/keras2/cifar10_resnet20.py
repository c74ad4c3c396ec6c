# ResNet-20 for CIFAR-10, a whole training script of the Keras 2 years: argparse, callbacks, a figure of the losses.
# dialect: keras2
# Nine blocks in three stages. A block is conv-bn-relu, conv-bn, add, relu: 7 calls; the first of stages two and three has a 1x1 convolution beside it.
# layers: 1 + 3 + 9*7 + 2 + 3 = 72
# Every call takes one tensor, the input none, each of the nine additions two.
# edges: 72 - 1 + 9 = 80
# Convolutions with bias and their normalisations (4 numbers a channel), stage by stage, then the classifier.
# parameters: (9*3+1)*16 + 4*16
#   + 6*((9*16+1)*16 + 4*16)
#   + (9*16+1)*32 + 4*32 + 5*((9*32+1)*32 + 4*32) + (16+1)*32
#   + (9*32+1)*64 + 4*64 + 5*((9*64+1)*64 + 4*64) + (32+1)*64
#   + (64+1)*10 = 274442
# expect: layers=72 edges=80 parameters=274442
from __future__ import print_function

import argparse
import os

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras.callbacks import LearningRateScheduler, ModelCheckpoint, ReduceLROnPlateau
from keras.datasets import cifar10
from keras.layers import (Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense, Flatten,
                          Input, add)
from keras.models import Model
from keras.optimizers import Adam
from keras.preprocessing.image import ImageDataGenerator
from keras.regularizers import l2

parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=32)
parser.add_argument("--epochs", type=int, default=200)
parser.add_argument("-n", type=int, default=3, help="blocks in a stage; depth is 6n+2")
args = parser.parse_args()

num_classes = 10
(x_train, y_train), (x_test, y_test) = cifar10.load_data()
x_train = x_train.astype("float32") / 255
x_test = x_test.astype("float32") / 255
x_mean = np.mean(x_train, axis=0)
x_train -= x_mean
x_test -= x_mean
y_train = keras.utils.to_categorical(y_train, num_classes)
y_test = keras.utils.to_categorical(y_test, num_classes)
print("x_train shape:", x_train.shape)


def lr_schedule(epoch):
    lr = 1e-3
    for start, factor in ((180, 0.5e-3), (160, 1e-3), (120, 1e-2), (80, 1e-1)):
        if epoch > start:
            return lr * factor
    return lr


def conv_bn(x, filters, strides=1, kernel_size=3):
    x = Conv2D(filters, kernel_size, strides=strides, padding="same",
               kernel_initializer="he_normal", kernel_regularizer=l2(1e-4))(x)
    return BatchNormalization()(x)


def resnet_block(x, filters, strides):
    y = Activation("relu")(conv_bn(x, filters, strides))
    y = conv_bn(y, filters)
    if strides != 1:
        x = Conv2D(filters, 1, strides=strides, padding="same", kernel_initializer="he_normal")(x)
    return Activation("relu")(add([x, y]))


def resnet(input_shape, n):
    inputs = Input(shape=input_shape)
    x = Activation("relu")(conv_bn(inputs, 16))
    for stage, filters in enumerate([16, 32, 64]):
        for block in range(n):
            x = resnet_block(x, filters, 2 if stage > 0 and block == 0 else 1)
    x = AveragePooling2D(pool_size=8)(x)
    y = Flatten()(x)
    outputs = Dense(num_classes, activation="softmax", kernel_initializer="he_normal")(y)
    return Model(inputs=inputs, outputs=outputs)


model = resnet(x_train.shape[1:], args.n)
model.compile(loss="categorical_crossentropy", optimizer=Adam(lr=lr_schedule(0)), metrics=["acc"])
model.summary()

save_dir = os.path.join(os.getcwd(), "saved_models")
if not os.path.isdir(save_dir):
    os.makedirs(save_dir)
callbacks = [
    ModelCheckpoint(os.path.join(save_dir, "resnet.{epoch:03d}.h5"), monitor="val_acc"),
    ReduceLROnPlateau(factor=np.sqrt(0.1), patience=5, min_lr=0.5e-6),
    LearningRateScheduler(lr_schedule),
]
datagen = ImageDataGenerator(width_shift_range=0.1, height_shift_range=0.1, horizontal_flip=True)
datagen.fit(x_train)
history = model.fit_generator(datagen.flow(x_train, y_train, batch_size=args.batch_size),
                              validation_data=(x_test, y_test), epochs=args.epochs, workers=4,
                              callbacks=callbacks)
scores = model.evaluate(x_test, y_test, verbose=1)
print("Test loss: %.4f accuracy: %.4f" % (scores[0], scores[1]))

plt.plot(history.history["acc"])
plt.plot(history.history["val_acc"])
plt.legend(["train", "test"], loc="upper left")
plt.savefig("accuracy.png")
