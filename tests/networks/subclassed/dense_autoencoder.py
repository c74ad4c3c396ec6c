# The anomaly detector of the tutorials: encoder and decoder are Sequentials held by a subclassed model.
# dialect: tfkeras
# Input and six dense layers.
# layers: 1 + 6 = 7
# edges: 7 - 1 = 6
# parameters: (140+1)*32 + (32+1)*16 + (16+1)*8 + (8+1)*16 + (16+1)*32 + (32+1)*140 = 10484
# expect: layers=7 edges=6 parameters=10484
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import tensorflow as tf
from sklearn.metrics import accuracy_score, precision_score, recall_score
from sklearn.model_selection import train_test_split
from tensorflow.keras import layers, losses
from tensorflow.keras.models import Model

dataframe = pd.read_csv('https://example.org/ecg.csv', header=None)
raw_data = dataframe.values
labels = raw_data[:, -1]
data = raw_data[:, 0:-1]
train_data, test_data, train_labels, test_labels = train_test_split(
    data, labels, test_size=0.2, random_state=21)
min_val = tf.reduce_min(train_data)
max_val = tf.reduce_max(train_data)
train_data = tf.cast((train_data - min_val) / (max_val - min_val), tf.float32)
normal_train_data = train_data[train_labels.astype(bool)]


class AnomalyDetector(Model):
    def __init__(self):
        super(AnomalyDetector, self).__init__()
        self.encoder = tf.keras.Sequential([
            layers.Dense(32, activation="relu"),
            layers.Dense(16, activation="relu"),
            layers.Dense(8, activation="relu")])
        self.decoder = tf.keras.Sequential([
            layers.Dense(16, activation="relu"),
            layers.Dense(32, activation="relu"),
            layers.Dense(140, activation="sigmoid")])

    def call(self, x):
        encoded = self.encoder(x)
        decoded = self.decoder(encoded)
        return decoded


autoencoder = AnomalyDetector()
autoencoder.build((None, 140))
autoencoder.compile(optimizer='adam', loss='mae')
history = autoencoder.fit(normal_train_data, normal_train_data, epochs=20, batch_size=512,
                          validation_data=(test_data, test_data), shuffle=True)
plt.plot(history.history["loss"], label="Training Loss")
plt.legend()
reconstructions = autoencoder.predict(normal_train_data)
train_loss = tf.keras.losses.mae(reconstructions, normal_train_data)
threshold = np.mean(train_loss) + np.std(train_loss)
print("Threshold: ", threshold)
preds = tf.math.less(train_loss, threshold)
print("Accuracy = {}".format(accuracy_score(test_labels, preds)))
