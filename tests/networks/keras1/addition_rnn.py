# Learning to add two numbers written as characters: the encoder-decoder of Keras 1 with RepeatVector and TimeDistributed.
# dialect: keras1
# layers: 1 + 5 = 6
# edges: 6 - 1 = 5
# parameters: 4*128*(12+128+1) + 4*128*(128+128+1) + (128+1)*12 = 205324
# expect: layers=6 edges=5 parameters=205324
from __future__ import print_function
from keras.models import Sequential
from keras.layers import Activation, TimeDistributed, Dense, RepeatVector, recurrent
import numpy as np
from six.moves import range


class CharacterTable(object):
    def __init__(self, chars, maxlen):
        self.chars = sorted(set(chars))
        self.char_indices = dict((c, i) for i, c in enumerate(self.chars))
        self.indices_char = dict((i, c) for i, c in enumerate(self.chars))
        self.maxlen = maxlen

    def encode(self, C, maxlen=None):
        maxlen = maxlen if maxlen else self.maxlen
        X = np.zeros((maxlen, len(self.chars)))
        for i, c in enumerate(C):
            X[i, self.char_indices[c]] = 1
        return X

    def decode(self, X, calc_argmax=True):
        if calc_argmax:
            X = X.argmax(axis=-1)
        return ''.join(self.indices_char[x] for x in X)


TRAINING_SIZE = 2000
DIGITS = 3
INVERT = True
RNN = recurrent.LSTM
HIDDEN_SIZE = 128
BATCH_SIZE = 128
LAYERS = 1
MAXLEN = DIGITS + 1 + DIGITS

chars = '0123456789+ '
ctable = CharacterTable(chars, MAXLEN)
questions = []
expected = []
seen = set()
print('Generating data...')
while len(questions) < TRAINING_SIZE:
    a, b = np.random.randint(0, 10 ** DIGITS), np.random.randint(0, 10 ** DIGITS)
    key = tuple(sorted((a, b)))
    if key in seen:
        continue
    seen.add(key)
    query = '{}+{}'.format(a, b).ljust(MAXLEN)
    ans = str(a + b).ljust(DIGITS + 1)
    questions.append(query[::-1] if INVERT else query)
    expected.append(ans)

X = np.zeros((len(questions), MAXLEN, len(chars)), dtype=bool)
y = np.zeros((len(questions), DIGITS + 1, len(chars)), dtype=bool)
for i, sentence in enumerate(questions):
    X[i] = ctable.encode(sentence, maxlen=MAXLEN)
for i, sentence in enumerate(expected):
    y[i] = ctable.encode(sentence, maxlen=DIGITS + 1)

model = Sequential()
model.add(RNN(HIDDEN_SIZE, input_shape=(MAXLEN, len(chars))))
model.add(RepeatVector(DIGITS + 1))
for _ in range(LAYERS):
    model.add(RNN(HIDDEN_SIZE, return_sequences=True))
model.add(TimeDistributed(Dense(len(chars))))
model.add(Activation('softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])

for iteration in range(1, 200):
    print('-' * 50)
    print('Iteration', iteration)
    model.fit(X, y, batch_size=BATCH_SIZE, nb_epoch=1)
    preds = model.predict_classes(X[:10], verbose=0)
    for i in range(10):
        print('Q', questions[i], 'T', expected[i], ctable.decode(preds[i], calc_argmax=False))
