# A regression by subclassing keras.Model, its input known only from the array that fit is given.
# dialect: keras3
# Input, two LSTMs, dropout, two dense layers; the residual from the last step is a plus of a dense on an index.
# layers: 1 + 3 + 2 + 1 + 1 + 1 = 9
# LSTM 1, LSTM 1, dropout 1, dense 1, dense 1; index 1, dense 1; plus 2.
# edges: 5 + 2 + 2 = 9
# parameters: 4*32*(6+32+1) + 4*32*(32+32+1) + (32+1)*16 + (16+1)*1 + (6+1)*1 = 13864
# expect: layers=9 edges=9 parameters=13864
import keras
import numpy as np
import pandas as pd
from keras import layers


class Forecaster(keras.Model):
    def __init__(self, units=32):
        super().__init__()
        self.first = layers.LSTM(units, return_sequences=True)
        self.second = layers.LSTM(units)
        self.dropout = layers.Dropout(0.2)
        self.hidden = layers.Dense(16, activation="relu")
        self.out = layers.Dense(1)
        self.shortcut = layers.Dense(1)

    def call(self, window, training=False):
        x = self.first(window)
        x = self.second(x)
        x = self.dropout(x, training=training)
        x = self.out(self.hidden(x))
        return x + self.shortcut(window[:, -1])


def windows(frame, length=30):
    values = frame.values.astype("float32")
    x = np.zeros((1000, length, 6), dtype="float32")
    y = np.zeros((1000, 1), dtype="float32")
    for i in range(min(1000, len(values) - length)):
        x[i] = values[i:i + length]
        y[i] = values[i + length, 3]
    return x, y


frame = pd.read_csv("GOOG.csv", index_col="Date", parse_dates=True)
x_train, y_train = windows(frame)
model = Forecaster()
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
model.fit(x_train, y_train, epochs=50, batch_size=64, validation_split=0.1)
print(model.predict(x_train[-1:])[0, 0])
