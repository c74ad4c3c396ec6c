# WaveNet over quantised sound: gated dilated convolutions, residual and skip paths. The last residual sum leads nowhere and is no part of the model.
# dialect: tfkeras
# Input, causal convolution; eight gates of tanh, sigmoid, multiply, 1x1 and the residual addition, of which the last is not used;
# the sum of the skips; relu, convolution, relu, convolution.
# layers: 1 + 1 + 8*5 - 1 + 1 + 4 = 46
# A gate has 1+1 into the convolutions, 2 into the product, 1 into the 1x1, 2 into the sum; the last sum's 2 are gone; 8 skips meet.
# edges: 1 + 8*7 - 2 + 8 + 4 = 67
# parameters: (2*1+1)*32 + 8*(2*(2*32+1)*32 + (32+1)*32) + (32+1)*128 + (128+1)*256 = 79072
# expect: layers=46 edges=67 parameters=79072
import glob
import os

import librosa
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Activation, Add, Conv1D, Input, Multiply
from tensorflow.keras.models import Model

SAMPLE_RATE = 16000
WINDOW = 4000


def mu_law(audio, mu=255):
    return np.sign(audio) * np.log1p(mu * np.abs(audio)) / np.log1p(mu)


def load_clips(folder):
    clips = []
    for path in glob.glob(os.path.join(folder, "**", "*.wav")):
        audio, _ = librosa.load(path, sr=SAMPLE_RATE)
        clips.append(mu_law(audio[:WINDOW]))
    return np.array(clips)[..., np.newaxis]


def gated_block(x, filters, dilation):
    tanh_out = Conv1D(filters, 2, dilation_rate=dilation, padding="causal", activation="tanh")(x)
    sigm_out = Conv1D(filters, 2, dilation_rate=dilation, padding="causal", activation="sigmoid")(x)
    gated = Multiply()([tanh_out, sigm_out])
    skip = Conv1D(filters, 1)(gated)
    return Add()([x, skip]), skip


def build_wavenet(filters=32, depth=8):
    inputs = Input(shape=(WINDOW, 1))
    x = Conv1D(filters, 2, padding="causal")(inputs)
    skips = []
    for i in range(depth):
        x, skip = gated_block(x, filters, 2 ** i)
        skips.append(skip)
    out = Activation("relu")(Add()(skips))
    out = Conv1D(128, 1)(out)
    out = Activation("relu")(out)
    out = Conv1D(256, 1, activation="softmax")(out)
    return Model(inputs, out, name="wavenet")


model = build_wavenet()
model.compile(optimizer=tf.keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy")
model.summary(line_length=120)
clips = load_clips("speech_commands")
targets = np.digitize(clips, np.linspace(-1, 1, 256)) - 1
model.fit(clips[:-1], targets[1:], batch_size=8, epochs=20,
          callbacks=[tf.keras.callbacks.ReduceLROnPlateau(monitor="loss")])
