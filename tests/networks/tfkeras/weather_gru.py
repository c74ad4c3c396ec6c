# Forecasting temperature from a table of weather: one model chosen of three written down, the others built too.
# dialect: tfkeras
# counts stacked
# Input, GRU, dropout, GRU, dense.
# layers: 1 + 4 = 5
# edges: 5 - 1 = 4
# A GRU that resets after its product has two biases: 3*n*(m + n + 2).
# parameters: 3*64*(14+64+2) + 3*32*(64+32+2) + (32+1)*24 = 25560
# expect stacked: layers=5 edges=4 parameters=25560
# counts linear
# layers: 1 + 2 = 3
# edges: 2 = 2
# parameters: (120*14+1)*24 = 40344
# expect linear: layers=3 edges=2 parameters=40344
# counts conv
# Input, two convolutions with pooling between, global pooling, dense.
# layers: 1 + 5 = 6
# edges: 5 = 5
# parameters: (7*14+1)*32 + (5*32+1)*32 + (32+1)*24 = 9112
# expect conv: layers=6 edges=5 parameters=9112
import datetime
import os

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras.layers import (GRU, Conv1D, Dense, Dropout, Flatten, GlobalAveragePooling1D,
                                     InputLayer, MaxPooling1D)

mpl.rcParams['figure.figsize'] = (8, 6)
zip_path = tf.keras.utils.get_file(origin='https://example.org/jena_climate.csv.zip',
                                   fname='jena_climate.csv.zip', extract=True)
csv_path, _ = os.path.splitext(zip_path)
df = pd.read_csv(csv_path)
df = df[5::6]
date_time = pd.to_datetime(df.pop('Date Time'), format='%d.%m.%Y %H:%M:%S')
df.describe().transpose()
train_mean, train_std = df.mean(), df.std()
df = (df - train_mean) / train_std
sns.violinplot(x='Column', y='Normalized', data=df.melt())

HISTORY, HORIZON, FEATURES = 120, 24, 14
linear = Sequential([InputLayer(input_shape=(HISTORY, FEATURES)), Flatten(), Dense(HORIZON)])
conv = Sequential([
    InputLayer(input_shape=(HISTORY, FEATURES)),
    Conv1D(32, 7, activation='relu'),
    MaxPooling1D(3),
    Conv1D(32, 5, activation='relu'),
    GlobalAveragePooling1D(),
    Dense(HORIZON),
])
stacked = Sequential([
    GRU(64, return_sequences=True, input_shape=(HISTORY, FEATURES)),
    Dropout(0.2),
    GRU(32, activation='tanh'),
    Dense(HORIZON),
])
performance = {}
for name, candidate in {'linear': linear, 'conv': conv, 'stacked': stacked}.items():
    candidate.compile(loss=tf.losses.MeanSquaredError(), optimizer=tf.optimizers.Adam(),
                      metrics=[tf.metrics.MeanAbsoluteError()])
    series = tf.keras.utils.timeseries_dataset_from_array(df, targets=None, sequence_length=144)
    history = candidate.fit(series, epochs=20)
    performance[name] = candidate.evaluate(series, verbose=0)
plt.bar(range(3), [p[1] for p in performance.values()])
plt.show()
