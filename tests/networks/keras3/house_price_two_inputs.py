# House prices from a photograph and a table of numbers: two inputs of different kinds that meet late.
# dialect: keras3
# Photograph branch: input, rescaling, three (conv, pool), global pooling, dense. Table branch: input, normalization, two dense. Then concatenate, dense, dropout, dense.
# layers: (2 + 3*2 + 2) + 4 + 4 = 18
# edges: 18 - 2 + 1 = 17
# Normalization holds mean, variance and count: 4 + 4 + 1 weights that no one trains.
# parameters: (9*3+1)*16 + (9*16+1)*32 + (9*32+1)*64 + (64+1)*16
#   + 4 + 4 + 1 + (4+1)*8 + (8+1)*4
#   + (16+4+1)*16 + (16+1)*1 = 25062
# expect: layers=18 edges=17 parameters=25062
import os

import keras
import numpy as np
import pandas as pd
from keras import layers

DATA = "Houses-dataset/Houses Dataset"
cols = ["bedrooms", "bathrooms", "area", "zipcode", "price"]
df = pd.read_csv(os.path.join(DATA, "HousesInfo.txt"), sep=" ", header=None, names=cols)
features = df[cols[:4]].values.astype("float32")
prices = df["price"].values / df["price"].max()


def load_photos(count):
    photos = []
    for i in range(count):
        path = os.path.join(DATA, f"{i + 1}_frontal.jpg")
        photos.append(keras.utils.img_to_array(keras.utils.load_img(path, target_size=(64, 64))))
    return np.array(photos)


photo = keras.Input((64, 64, 3), name="photo")
x = layers.Rescaling(1 / 255)(photo)
for filters in (16, 32, 64):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D()(x)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(16, activation="relu")(x)

numbers = keras.Input((4,), name="numbers")
y = layers.Normalization()(numbers)
y = layers.Dense(8, activation="relu")(y)
y = layers.Dense(4, activation="relu")(y)

z = layers.concatenate([x, y])
z = layers.Dense(16, activation="relu")(z)
z = layers.Dropout(0.3)(z)
price = layers.Dense(1, name="price")(z)
model = keras.Model([photo, numbers], price)

model.compile(loss="mean_absolute_percentage_error", optimizer=keras.optimizers.Adam(1e-3))
photos = load_photos(len(df))
model.fit([photos, features], prices, epochs=200, batch_size=8, validation_split=0.25)
