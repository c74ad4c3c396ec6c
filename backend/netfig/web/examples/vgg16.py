"""VGG-16: five blocks of small convolutions"""

import keras
from keras import layers


def vgg_block(x, filters, convolutions):
    for _ in range(convolutions):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.MaxPooling2D(2, strides=2)(x)


def classifier(x, classes):
    x = layers.Flatten()(x)
    x = layers.Dense(4096, activation="relu")(x)
    x = layers.Dense(4096, activation="relu")(x)
    return layers.Dense(classes, activation="softmax")(x)


image = keras.Input((224, 224, 3), name="image")
x = image
for filters, convolutions in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
    x = vgg_block(x, filters, convolutions)

model = keras.Model(image, classifier(x, classes=1000), name="vgg16")
