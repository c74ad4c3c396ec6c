# A small wide residual network, Keras 1: pre-activation, merge(mode='sum'), W_regularizer, subsample.
# dialect: keras1
# A block is bn-relu-conv, bn-relu-dropout-conv and the merge: 8 calls; the second and third blocks have a 1x1 convolution beside it.
# layers: 1 + 1 + 3*8 + 2 + 5 = 33
# edges: 33 - 1 + 3 = 35
# parameters: (9*3+1)*16
#   + 4*16 + (9*16+1)*16 + 4*16 + (9*16+1)*16
#   + 4*16 + (9*16+1)*32 + 4*32 + (9*32+1)*32 + (16+1)*32
#   + 4*32 + (9*32+1)*64 + 4*64 + (9*64+1)*64 + (32+1)*64
#   + 4*64 + (64+1)*10 = 78666
# expect: layers=33 edges=35 parameters=78666
import os

import numpy as np
from keras.callbacks import LearningRateScheduler, ModelCheckpoint
from keras.datasets import cifar10
from keras.layers import (Activation, AveragePooling2D, BatchNormalization, Convolution2D, Dense,
                          Dropout, Flatten, Input, merge)
from keras.models import Model
from keras.optimizers import SGD
from keras.regularizers import l2
from keras.utils import np_utils

DEPTH_BLOCKS = [(16, 1), (32, 2), (64, 2)]
WEIGHT_DECAY = 0.0005


def conv3x3(x, nb_filter, stride=1):
    return Convolution2D(nb_filter, 3, 3, border_mode='same', subsample=(stride, stride),
                         init='he_normal', W_regularizer=l2(WEIGHT_DECAY))(x)


def basic_block(x, nb_input, nb_filter, stride):
    y = BatchNormalization(axis=-1, mode=0)(x)
    y = Activation('relu')(y)
    y = conv3x3(y, nb_filter, stride)
    y = BatchNormalization(axis=-1)(y)
    y = Activation('relu')(y)
    y = Dropout(0.3)(y)
    y = conv3x3(y, nb_filter)
    if nb_input != nb_filter:
        x = Convolution2D(nb_filter, 1, 1, border_mode='same', subsample=(stride, stride))(x)
    return merge([y, x], mode='sum')


def create_model(img_dim, nb_classes):
    inputs = Input(shape=img_dim)
    x = conv3x3(inputs, 16)
    nb_input = 16
    for nb_filter, stride in DEPTH_BLOCKS:
        x = basic_block(x, nb_input, nb_filter, stride)
        nb_input = nb_filter
    x = BatchNormalization(axis=-1)(x)
    x = Activation('relu')(x)
    x = AveragePooling2D(pool_size=(8, 8), strides=(1, 1), border_mode='valid')(x)
    x = Flatten()(x)
    predictions = Dense(nb_classes, init='he_normal', activation='softmax')(x)
    return Model(input=inputs, output=predictions)


def step_decay(epoch):
    return 0.1 * (0.2 ** (epoch // 60))


if __name__ == '__main__':
    (X_train, y_train), (X_test, y_test) = cifar10.load_data()
    Y_train = np_utils.to_categorical(y_train, 10)
    Y_test = np_utils.to_categorical(y_test, 10)
    model = create_model((32, 32, 3), 10)
    model.summary()
    model.compile(optimizer=SGD(lr=0.1, momentum=0.9, nesterov=True),
                  loss='categorical_crossentropy', metrics=['accuracy'])
    if not os.path.exists('weights'):
        os.mkdir('weights')
    model.fit(X_train, Y_train, batch_size=128, nb_epoch=200, validation_data=(X_test, Y_test),
              callbacks=[LearningRateScheduler(step_decay), ModelCheckpoint('weights/wrn.h5')])
