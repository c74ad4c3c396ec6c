# GoogLeNet with its two auxiliary classifiers: nine inception modules, three outputs.
# dialect: keras2
# Stem of five; nine modules of 8 calls; two poolings between; pool, dropout, dense at the end; six calls in each auxiliary head.
# layers: 1 + 5 + 9*8 + 2 + 3 + 2*6 = 95
# Each concatenation takes four.
# edges: 95 - 1 + 9*3 = 121
# Module on c channels: (c+1) for each filter of the four 1x1 convolutions, then the 3x3 and the 5x5.
# The auxiliary heads flatten 4*4*128 = 2048 numbers.
# parameters: (49*3+1)*64 + (64+1)*64 + (9*64+1)*192
#   + (192+1)*(64+96+16+32) + (9*96+1)*128 + (25*16+1)*32
#   + (256+1)*(128+128+32+64) + (9*128+1)*192 + (25*32+1)*96
#   + (480+1)*(192+96+16+64) + (9*96+1)*208 + (25*16+1)*48
#   + (512+1)*(160+112+24+64) + (9*112+1)*224 + (25*24+1)*64
#   + (512+1)*(128+128+24+64) + (9*128+1)*256 + (25*24+1)*64
#   + (512+1)*(112+144+32+64) + (9*144+1)*288 + (25*32+1)*64
#   + (528+1)*(256+160+32+128) + (9*160+1)*320 + (25*32+1)*128
#   + (832+1)*(256+160+32+128) + (9*160+1)*320 + (25*32+1)*128
#   + (832+1)*(384+192+48+128) + (9*192+1)*384 + (25*48+1)*128
#   + (1024+1)*1000
#   + (512+1)*128 + (2048+1)*1024 + (1024+1)*1000
#   + (528+1)*128 + (2048+1)*1024 + (1024+1)*1000 = 13378280
# expect: layers=95 edges=121 parameters=13378280
import sys

import cv2
import numpy as np
from keras.layers import (AveragePooling2D, Conv2D, Dense, Dropout, Flatten, GlobalAveragePooling2D,
                          Input, MaxPooling2D, concatenate)
from keras.models import Model
from keras.optimizers import SGD
from keras.regularizers import l2


def conv(x, filters, size, name, strides=1):
    return Conv2D(filters, size, strides=strides, padding='same', activation='relu', name=name,
                  kernel_regularizer=l2(0.0002))(x)


def inception(x, sizes, name):
    one, three_reduce, three, five_reduce, five, pool = sizes
    a = conv(x, one, 1, name + '/1x1')
    b = conv(conv(x, three_reduce, 1, name + '/3x3_reduce'), three, 3, name + '/3x3')
    c = conv(conv(x, five_reduce, 1, name + '/5x5_reduce'), five, 5, name + '/5x5')
    d = MaxPooling2D(3, strides=1, padding='same', name=name + '/pool')(x)
    d = conv(d, pool, 1, name + '/pool_proj')
    return concatenate([a, b, c, d], axis=3, name=name + '/output')


def auxiliary(x, name, classes=1000):
    x = AveragePooling2D(5, strides=3, name=name + '/ave_pool')(x)
    x = conv(x, 128, 1, name + '/conv')
    x = Flatten()(x)
    x = Dense(1024, activation='relu', name=name + '/fc')(x)
    x = Dropout(0.7)(x)
    return Dense(classes, activation='softmax', name=name + '/classifier')(x)


def create_googlenet(weights_path=None):
    image = Input(shape=(224, 224, 3))
    x = conv(image, 64, 7, 'conv1/7x7_s2', strides=2)
    x = MaxPooling2D(3, strides=2, padding='same')(x)
    x = conv(x, 64, 1, 'conv2/3x3_reduce')
    x = conv(x, 192, 3, 'conv2/3x3')
    x = MaxPooling2D(3, strides=2, padding='same')(x)
    x = inception(x, (64, 96, 128, 16, 32, 32), 'inception_3a')
    x = inception(x, (128, 128, 192, 32, 96, 64), 'inception_3b')
    x = MaxPooling2D(3, strides=2, padding='same')(x)
    x = inception(x, (192, 96, 208, 16, 48, 64), 'inception_4a')
    loss1 = auxiliary(x, 'loss1')
    x = inception(x, (160, 112, 224, 24, 64, 64), 'inception_4b')
    x = inception(x, (128, 128, 256, 24, 64, 64), 'inception_4c')
    x = inception(x, (112, 144, 288, 32, 64, 64), 'inception_4d')
    loss2 = auxiliary(x, 'loss2')
    x = inception(x, (256, 160, 320, 32, 128, 128), 'inception_4e')
    x = MaxPooling2D(3, strides=2, padding='same')(x)
    x = inception(x, (256, 160, 320, 32, 128, 128), 'inception_5a')
    x = inception(x, (384, 192, 384, 48, 128, 128), 'inception_5b')
    x = GlobalAveragePooling2D()(x)
    x = Dropout(0.4)(x)
    loss3 = Dense(1000, activation='softmax', name='loss3/classifier')(x)
    googlenet = Model(inputs=image, outputs=[loss1, loss2, loss3])
    if weights_path:
        googlenet.load_weights(weights_path)
    return googlenet


if __name__ == "__main__":
    img = cv2.imread(sys.argv[1] if len(sys.argv) > 1 else 'cat.jpg')
    img = cv2.resize(img, (224, 224)).astype(np.float32) - [123.68, 116.779, 103.939]
    model = create_googlenet('googlenet_weights.h5')
    model.compile(optimizer=SGD(lr=0.1, momentum=0.9), loss='categorical_crossentropy')
    out = model.predict(np.expand_dims(img, 0))
    labels = np.loadtxt('synset_words.txt', str, delimiter='\t')
    print(labels[np.argmax(out[2])])
