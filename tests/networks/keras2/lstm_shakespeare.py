# A character model that writes like its training text: two LSTMs in Keras 2, the text fetched from the net.
# dialect: keras2
# The alphabet is stated, so that the width of the input is 60 wherever it runs.
# Input, LSTM, dropout, LSTM, dropout, dense, activation.
# layers: 1 + 6 = 7
# edges: 7 - 1 = 6
# An LSTM of n units on m features has 4*n*(m + n + 1) weights.
# parameters: 4*256*(60+256+1) + 4*256*(256+256+1) + (256+1)*60 = 865340
# expect: layers=7 edges=6 parameters=865340
from __future__ import print_function
from keras.callbacks import LambdaCallback
from keras.models import Sequential
from keras.layers import Dense, Activation, LSTM, Dropout
from keras.optimizers import RMSprop
from keras.utils.data_utils import get_file
import numpy as np
import random
import sys
import io

path = get_file('shakespeare.txt', origin='https://example.org/text/shakespeare.txt')
with io.open(path, encoding='utf-8') as f:
    text = f.read().lower()
print('corpus length:', len(text))

chars = sorted("abcdefghijklmnopqrstuvwxyz0123456789 .,;:!?'\"-()[]&$*+/_%\n\t@")
char_indices = dict((c, i) for i, c in enumerate(chars))
indices_char = dict((i, c) for i, c in enumerate(chars))
print('total chars:', len(chars))

maxlen = 40
step = 3
sentences, next_chars = [], []
for i in range(0, len(text) - maxlen, step):
    sentences.append(text[i: i + maxlen])
    next_chars.append(text[i + maxlen])
x = np.zeros((len(sentences), maxlen, len(chars)), dtype=bool)
y = np.zeros((len(sentences), len(chars)), dtype=bool)
for i, sentence in enumerate(sentences):
    for t, char in enumerate(sentence):
        x[i, t, char_indices.get(char, 0)] = 1
    y[i, char_indices.get(next_chars[i], 0)] = 1

model = Sequential()
model.add(LSTM(256, return_sequences=True, input_shape=(maxlen, len(chars))))
model.add(Dropout(0.2))
model.add(LSTM(256))
model.add(Dropout(0.2))
model.add(Dense(len(chars)))
model.add(Activation('softmax'))
optimizer = RMSprop(lr=0.01)
model.compile(loss='categorical_crossentropy', optimizer=optimizer)


def sample(preds, temperature=1.0):
    preds = np.log(np.asarray(preds).astype('float64')) / temperature
    exp_preds = np.exp(preds)
    return np.argmax(np.random.multinomial(1, exp_preds / np.sum(exp_preds), 1))


def on_epoch_end(epoch, logs):
    start_index = random.randint(0, len(text) - maxlen - 1)
    for diversity in [0.2, 0.5, 1.0]:
        sentence = text[start_index: start_index + maxlen]
        sys.stdout.write(sentence)
        for i in range(400):
            x_pred = np.zeros((1, maxlen, len(chars)))
            for t, char in enumerate(sentence):
                x_pred[0, t, char_indices[char]] = 1.
            next_char = indices_char[sample(model.predict(x_pred, verbose=0)[0], diversity)]
            sentence = sentence[1:] + next_char
            sys.stdout.write(next_char)
            sys.stdout.flush()


model.fit(x, y, batch_size=128, epochs=60, callbacks=[LambdaCallback(on_epoch_end=on_epoch_end)])
