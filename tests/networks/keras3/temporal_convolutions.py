# A temporal convolutional network in plain operations: the residual sum is a plus, the activation keras.ops.relu.
# dialect: keras3
# Input; four blocks of conv, norm, relu, dropout, conv, norm, relu, dropout, plus, relu (10), the first with a 1x1 convolution; the last step taken
# by an index; dense.
# layers: 1 + 4*10 + 1 + 2 = 44
# edges: 44 - 1 + 4 = 47
# parameters: (3*8+1)*48 + 2*48 + (3*48+1)*48 + 2*48 + (8+1)*48
#   + 3*2*((3*48+1)*48 + 2*48)
#   + (48+1)*1 = 51169
# expect: layers=44 edges=47 parameters=51169
import keras
import numpy as np
import yfinance as yf
from keras import layers, ops

WINDOW, SIGNALS = 64, 8
prices = yf.download(["AAPL", "MSFT"], start="2015-01-01")
series = np.random.default_rng(0).normal(size=(5000, SIGNALS)).astype("float32")


def causal_unit(x, filters, dilation):
    x = layers.Conv1D(filters, 3, padding="causal", dilation_rate=dilation)(x)
    x = layers.LayerNormalization()(x)
    x = ops.relu(x)
    return layers.SpatialDropout1D(0.1)(x)


def temporal_block(x, filters, dilation):
    y = causal_unit(x, filters, dilation)
    y = causal_unit(y, filters, dilation)
    if x.shape[-1] != filters:
        x = layers.Conv1D(filters, 1)(x)
    return ops.relu(x + y)


window = keras.Input((WINDOW, SIGNALS), name="window")
x = window
for level in range(4):
    x = temporal_block(x, 48, 2**level)
forecast = layers.Dense(1, name="forecast")(x[:, -1])
model = keras.Model(window, forecast, name="tcn")

data = keras.utils.timeseries_dataset_from_array(series[:-1], series[WINDOW:, :1], WINDOW)
model.compile("adam", "mae")
model.fit(data, epochs=5)
keras.utils.plot_model(model, "tcn.png", show_shapes=True)
