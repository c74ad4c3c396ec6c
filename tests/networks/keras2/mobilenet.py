# MobileNet by hand with ReLU6 as an Activation of a function, and predictions on a photograph.
# dialect: keras2
# Stem conv-bn-relu; thirteen times depthwise-bn-relu, pointwise-bn-relu; pool, reshape, dropout, convolution, softmax, reshape.
# layers: 1 + 3 + 13*6 + 6 = 88
# edges: 88 - 1 = 87
# A separable step on c channels to n: 9c + 4c + cn + 4n.
# parameters: 9*3*32 + 4*32
#   + 13*(32+64+128+128+256+256+5*512+512+1024)
#   + 32*64 + 4*64 + 64*128 + 4*128 + 128*128 + 4*128 + 128*256 + 4*256 + 256*256 + 4*256 + 256*512 + 4*512
#   + 5*(512*512 + 4*512) + 512*1024 + 4*1024 + 1024*1024 + 4*1024
#   + (1024+1)*1000 = 4253864
# expect: layers=88 edges=87 parameters=4253864
import numpy as np
from keras import backend as K
from keras.applications.imagenet_utils import decode_predictions, preprocess_input
from keras.layers import (Activation, BatchNormalization, Conv2D, DepthwiseConv2D, Dropout,
                          GlobalAveragePooling2D, Input, Reshape)
from keras.models import Model
from keras.preprocessing import image


def relu6(x):
    return K.relu(x, max_value=6)


def conv_block(inputs, filters, kernel=(3, 3), strides=(1, 1)):
    x = Conv2D(filters, kernel, padding='same', use_bias=False, strides=strides)(inputs)
    x = BatchNormalization(axis=-1)(x)
    return Activation(relu6)(x)


def depthwise_conv_block(inputs, filters, strides=(1, 1)):
    x = DepthwiseConv2D((3, 3), padding='same', strides=strides, use_bias=False)(inputs)
    x = BatchNormalization(axis=-1)(x)
    x = Activation(relu6)(x)
    return conv_block(x, filters, (1, 1))


def mobilenet(classes=1000, dropout=1e-3):
    img_input = Input(shape=(224, 224, 3))
    x = conv_block(img_input, 32, strides=(2, 2))
    x = depthwise_conv_block(x, 64)
    for filters, repeats in ((128, 2), (256, 2), (512, 6), (1024, 2)):
        for i in range(repeats):
            x = depthwise_conv_block(x, filters, strides=(2, 2) if i == 0 else (1, 1))
    x = GlobalAveragePooling2D()(x)
    x = Reshape((1, 1, 1024), name='reshape_1')(x)
    x = Dropout(dropout, name='dropout')(x)
    x = Conv2D(classes, (1, 1), padding='same', name='conv_preds')(x)
    x = Activation('softmax', name='act_softmax')(x)
    x = Reshape((classes,), name='reshape_2')(x)
    return Model(img_input, x, name='mobilenet_1.00_224')


model = mobilenet()
model.load_weights('mobilenet_1_0_224_tf.h5')
img = image.load_img('elephant.jpg', target_size=(224, 224))
x = preprocess_input(np.expand_dims(image.img_to_array(img), axis=0))
print('Input image shape:', x.shape)
preds = model.predict(x)
print('Predicted:', decode_predictions(preds))
