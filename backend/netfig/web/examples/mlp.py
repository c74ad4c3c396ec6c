"""Multilayer perceptron: handwritten digits"""

import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((28, 28), name="digit"),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax", name="classes"),
    ],
    name="mlp",
)

model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
