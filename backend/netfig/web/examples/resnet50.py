"""ResNet-50: residual blocks with bottlenecks"""

import keras
from keras import layers


def conv_bn(x, filters, kernel, stride=1, relu=True):
    x = layers.Conv2D(filters, kernel, strides=stride, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    return layers.ReLU()(x) if relu else x


def residual_block(x, filters, stride=1):
    y = conv_bn(x, filters, 1)
    y = conv_bn(y, filters, 3, stride)
    y = conv_bn(y, 4 * filters, 1, relu=False)
    if stride != 1 or x.shape[-1] != 4 * filters:
        x = conv_bn(x, 4 * filters, 1, stride, relu=False)
    return layers.ReLU()(layers.Add()([x, y]))


def stem(image):
    x = conv_bn(image, 64, 7, stride=2)
    return layers.MaxPooling2D(3, strides=2, padding="same")(x)


image = keras.Input((224, 224, 3), name="image")
x = stem(image)
for filters, blocks, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
    x = residual_block(x, filters, stride)
    for _ in range(blocks - 1):
        x = residual_block(x, filters)

x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(image, layers.Dense(1000, activation="softmax")(x), name="resnet50")
