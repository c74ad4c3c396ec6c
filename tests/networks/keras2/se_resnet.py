# Residual blocks with squeeze and excitation, Keras 2.
# dialect: keras2
# A block: conv-bn-relu-conv-bn (5), squeeze, reshape, two dense, multiply (5), add, relu (2): 12 calls.
# layers: 1 + 3 + 4*12 + 2 = 54
# The multiplication and the addition of each block take two.
# edges: 54 - 1 + 4*2 = 61
# parameters: 9*3*64 + 4*64
#   + 4*(2*(9*64*64 + 4*64) + 64*16 + 16*64)
#   + (64+1)*10 = 307786
# expect: layers=54 edges=61 parameters=307786
from keras.datasets import cifar10
from keras.layers import (Activation, BatchNormalization, Conv2D, Dense, GlobalAveragePooling2D,
                          Input, Reshape, add, multiply)
from keras.models import Model
from keras.utils import multi_gpu_model, to_categorical


def squeeze_excite_block(tensor, channels, ratio=4):
    se = GlobalAveragePooling2D()(tensor)
    se = Reshape((1, 1, channels))(se)
    se = Dense(channels // ratio, activation='relu', kernel_initializer='he_normal',
               use_bias=False)(se)
    se = Dense(channels, activation='sigmoid', kernel_initializer='he_normal', use_bias=False)(se)
    return multiply([tensor, se])


def conv_bn(x, filters):
    x = Conv2D(filters, (3, 3), padding='same', use_bias=False)(x)
    return BatchNormalization()(x)


def resnet_block(x, filters):
    init = x
    x = Activation('relu')(conv_bn(x, filters))
    x = conv_bn(x, filters)
    x = squeeze_excite_block(x, filters)
    return Activation('relu')(add([x, init]))


def SEResNet(input_shape=(32, 32, 3), classes=10, depth=4):
    img_input = Input(shape=input_shape)
    x = Activation('relu')(conv_bn(img_input, 64))
    for _ in range(depth):
        x = resnet_block(x, 64)
    x = GlobalAveragePooling2D()(x)
    return Model(img_input, Dense(classes, activation='softmax')(x), name='se_resnet')


if __name__ == '__main__':
    (x_train, y_train), (x_test, y_test) = cifar10.load_data()
    model = SEResNet()
    model.summary()
    model.compile('adam', 'categorical_crossentropy', metrics=['accuracy'])
    model.fit(x_train / 255., to_categorical(y_train), batch_size=128, epochs=30,
              validation_data=(x_test / 255., to_categorical(y_test)))
