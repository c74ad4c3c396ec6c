# DenseNet with growth 12 and three dense blocks of four layers, Keras 2.
# dialect: keras2
# A dense layer is bn-relu-conv-dropout and its concatenation: 5 calls. A transition is bn-relu-conv-dropout-pool: 5 calls.
# layers: 1 + 1 + 3*4*5 + 2*5 + 4 = 76
# Twelve concatenations of two.
# edges: 76 - 1 + 12 = 87
# Before its layers a block has 16, 64, 112 channels; every layer adds 12. No convolution has a bias.
# parameters: 9*3*16
#   + (4+9*12)*(16+28+40+52) + 4*64 + 64*64
#   + (4+9*12)*(64+76+88+100) + 4*112 + 112*112
#   + (4+9*12)*(112+124+136+148) + 4*160
#   + (160+1)*10 = 130234
# expect: layers=76 edges=87 parameters=130234
import numpy as np
import keras
from keras import backend as K
from keras.datasets import cifar10
from keras.layers import (Activation, AveragePooling2D, BatchNormalization, Concatenate, Conv2D,
                          Dense, Dropout, GlobalAveragePooling2D, Input)
from keras.models import Model
from keras.preprocessing.image import ImageDataGenerator
from keras.regularizers import l2

nb_layers = 4
growth_rate = 12
dropout_rate = 0.2
weight_decay = 1e-4
concat_axis = 1 if K.image_data_format() == "channels_first" else -1


def bn_relu_conv(x, filters, kernel):
    x = BatchNormalization(axis=concat_axis, gamma_regularizer=l2(weight_decay))(x)
    x = Activation("relu")(x)
    x = Conv2D(filters, kernel, padding="same", use_bias=False, kernel_initializer="he_uniform",
               kernel_regularizer=l2(weight_decay))(x)
    return Dropout(dropout_rate)(x)


def dense_block(x, nb_layers, nb_filter):
    for _ in range(nb_layers):
        y = bn_relu_conv(x, growth_rate, (3, 3))
        x = Concatenate(axis=concat_axis)([x, y])
        nb_filter += growth_rate
    return x, nb_filter


def transition(x, nb_filter):
    return AveragePooling2D((2, 2), strides=(2, 2))(bn_relu_conv(x, nb_filter, (1, 1)))


def build(img_dim, nb_classes, nb_filter=16):
    model_input = Input(shape=img_dim)
    x = Conv2D(nb_filter, (3, 3), padding="same", use_bias=False)(model_input)
    for block in range(3):
        x, nb_filter = dense_block(x, nb_layers, nb_filter)
        if block < 2:
            x = transition(x, nb_filter)
    x = BatchNormalization(axis=concat_axis)(x)
    x = Activation("relu")(x)
    x = GlobalAveragePooling2D(data_format=K.image_data_format())(x)
    x = Dense(nb_classes, activation="softmax")(x)
    return Model(inputs=[model_input], outputs=[x], name="DenseNet")


(trainX, trainY), (testX, testY) = cifar10.load_data()
nb_classes = 10
model = build((32, 32, 3), nb_classes)
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(lr=1e-3))
generator = ImageDataGenerator(rotation_range=15, width_shift_range=5. / 32)
generator.fit(trainX, seed=0)
try:
    model.load_weights("weights/DenseNet-40-12-CIFAR10.h5")
except IOError:
    print("no weights yet")
model.fit_generator(generator.flow(trainX, trainY, batch_size=100), steps_per_epoch=500, epochs=300)
yPreds = np.argmax(model.predict(testX), axis=1)
print("Error :", 100 - 100 * np.mean(yPreds == testY.ravel()))
