"""LeNet-5: the convolutional network of 1998"""

import keras
from keras import layers


def feature_extractor(image):
    x = layers.Conv2D(6, 5, padding="same", activation="tanh", name="c1")(image)
    x = layers.AveragePooling2D(2, name="s2")(x)
    x = layers.Conv2D(16, 5, activation="tanh", name="c3")(x)
    x = layers.AveragePooling2D(2, name="s4")(x)
    return layers.Conv2D(120, 5, activation="tanh", name="c5")(x)


def classifier(features):
    x = layers.Flatten()(features)
    x = layers.Dense(84, activation="tanh", name="f6")(x)
    return layers.Dense(10, activation="softmax", name="output")(x)


image = keras.Input((28, 28, 1), name="digit")
model = keras.Model(image, classifier(feature_extractor(image)), name="lenet5")
