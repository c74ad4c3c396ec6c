# Recommending films by two towers: names hashed, embedded and brought to one space, their cosine the score.
# dialect: tfkeras
# Two inputs; in each tower hashing, embedding, dense, dense; the dot product.
# layers: 2 + 2*4 + 1 = 11
# edges: 2*4 + 2 = 10
# parameters: 3000*32 + (32+1)*64 + (64+1)*32 + 2000*32 + (32+1)*64 + (64+1)*32 = 168384
# expect: layers=11 edges=10 parameters=168384
import os
import tempfile

import numpy as np
import pandas as pd
import tensorflow as tf
import tensorflow_recommenders as tfrs
from tensorflow.keras import layers

ratings = pd.read_csv("ml-100k/u.data", sep="\t", names=["user", "movie", "rating", "timestamp"])
users = ratings["user"].astype(str).values
movies = ratings["movie"].astype(str).values
labels = (ratings["rating"].values >= 4).astype("float32")


def tower(bins, name):
    return tf.keras.Sequential([
        layers.Hashing(num_bins=bins),
        layers.Embedding(bins, 32),
        layers.Dense(64, activation="relu"),
        layers.Dense(32),
    ], name=name)


def two_tower():
    user = tf.keras.Input(shape=(), dtype=tf.string, name="user_id")
    movie = tf.keras.Input(shape=(), dtype=tf.string, name="movie_title")
    user_vector = tower(3000, "user_tower")(user)
    movie_vector = tower(2000, "movie_tower")(movie)
    score = layers.Dot(axes=1, normalize=True, name="affinity")([user_vector, movie_vector])
    return tf.keras.Model(inputs=[user, movie], outputs=score, name="two_tower")


model = two_tower()
model.compile(loss="binary_crossentropy", optimizer=tf.keras.optimizers.Adagrad(0.1), metrics=["AUC"])
train = tf.data.Dataset.from_tensor_slices(({"user_id": users, "movie_title": movies}, labels))
model.fit(train.shuffle(100_000).batch(4096), epochs=3)
index = tfrs.layers.factorized_top_k.BruteForce(model.get_layer("user_tower"))
with tempfile.TemporaryDirectory() as tmp:
    path = os.path.join(tmp, "model")
    model.save(path)
    print(np.array(index(tf.constant(["42"]))))
