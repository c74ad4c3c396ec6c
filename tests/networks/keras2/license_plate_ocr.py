# Reading licence plates: convolutions, two bidirectional LSTMs, the CTC loss as a Lambda in the training model.
# dialect: keras2
# counts model, preselected
# Image input, conv-pool-conv-pool-conv-bn, reshape, dense, two bidirectionals, dense, softmax; three more inputs and the loss.
# layers: 1 + 6 + 6 + 3 + 1 = 17
# The loss takes the prediction and the three inputs.
# edges: 12 + 4 = 16
# Two poolings: (128, 32) -> (32, 8); 8*256 = 2048 features a step.
# parameters: (9*1+1)*64 + (9*64+1)*128 + (9*128+1)*256 + 4*256 + (2048+1)*64
#   + 2*4*128*(64+128+1) + 2*4*128*(256+128+1) + (256+1)*38 = 1103462
# expect model: layers=17 edges=16 parameters=1103462
# counts predictor
# layers: 13 = 13
# edges: 12 = 12
# parameters: (9*1+1)*64 + (9*64+1)*128 + (9*128+1)*256 + 4*256 + (2048+1)*64
#   + 2*4*128*(64+128+1) + 2*4*128*(256+128+1) + (256+1)*38 = 1103462
# expect predictor: layers=13 edges=12 parameters=1103462
import itertools
import json
import os
import random

import cv2
import numpy as np
from keras import backend as K
from keras.layers import (Activation, BatchNormalization, Bidirectional, Conv2D, Dense, Input,
                          Lambda, LSTM, MaxPooling2D, Reshape)
from keras.models import Model
from keras.optimizers import SGD

IMG_W, IMG_H = 128, 32
LETTERS = sorted('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-')
MAX_TEXT_LEN = 9


class TextImageGenerator:
    def __init__(self, dirpath, batch_size=32):
        self.batch_size = batch_size
        self.samples = []
        for filename in os.listdir(os.path.join(dirpath, 'img')):
            name, ext = os.path.splitext(filename)
            if ext in ('.png', '.jpg'):
                with open(os.path.join(dirpath, 'ann', name + '.json')) as f:
                    self.samples.append((filename, json.load(f)['description']))
        self.n = len(self.samples)

    def next_batch(self):
        while True:
            X = np.ones([self.batch_size, IMG_W, IMG_H, 1])
            Y = np.ones([self.batch_size, MAX_TEXT_LEN])
            for i, (path, text) in enumerate(random.sample(self.samples, self.batch_size)):
                img = cv2.resize(cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2GRAY), (IMG_W, IMG_H))
                X[i] = np.expand_dims((img.astype(np.float32) / 255).T, -1)
                Y[i] = [LETTERS.index(c) for c in text]
            yield {'the_input': X, 'the_labels': Y}, {'ctc': np.zeros([self.batch_size])}


def ctc_lambda_func(args):
    y_pred, labels, input_length, label_length = args
    return K.ctc_batch_cost(labels, y_pred[:, 2:, :], input_length, label_length)


def build():
    input_data = Input(name='the_input', shape=(IMG_W, IMG_H, 1), dtype='float32')
    x = Conv2D(64, (3, 3), padding='same', activation='relu', name='conv1')(input_data)
    x = MaxPooling2D((2, 2), name='max1')(x)
    x = Conv2D(128, (3, 3), padding='same', activation='relu', name='conv2')(x)
    x = MaxPooling2D((2, 2), name='max2')(x)
    x = Conv2D(256, (3, 3), padding='same', activation='relu', name='conv3')(x)
    x = BatchNormalization()(x)
    x = Reshape((IMG_W // 4, IMG_H // 4 * 256), name='reshape')(x)
    x = Dense(64, activation='relu', name='dense1')(x)
    x = Bidirectional(LSTM(128, return_sequences=True), name='bi1')(x)
    x = Bidirectional(LSTM(128, return_sequences=True), name='bi2')(x)
    x = Dense(len(LETTERS) + 1, kernel_initializer='he_normal', name='dense2')(x)
    y_pred = Activation('softmax', name='softmax')(x)
    labels = Input(name='the_labels', shape=[MAX_TEXT_LEN], dtype='float32')
    input_length = Input(name='input_length', shape=[1], dtype='int64')
    label_length = Input(name='label_length', shape=[1], dtype='int64')
    loss_out = Lambda(ctc_lambda_func, output_shape=(1,), name='ctc')(
        [y_pred, labels, input_length, label_length])
    model = Model(inputs=[input_data, labels, input_length, label_length], outputs=loss_out)
    predictor = Model(inputs=input_data, outputs=y_pred)
    return model, predictor


model, predictor = build()
model.compile(loss={'ctc': lambda y_true, y_pred: y_pred}, optimizer=SGD(lr=0.02, clipnorm=5))
train = TextImageGenerator('anpr_ocr/train')
model.fit_generator(train.next_batch(), steps_per_epoch=train.n, epochs=1)
