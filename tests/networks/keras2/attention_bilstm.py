# Sentence classification with a hand-made attention: scores, softmax, repeat, permute, multiply, sum.
# dialect: keras2
# layers: 1 + 10 = 11
# The multiplication takes the states and the weights.
# edges: 11 - 1 + 1 = 11
# parameters: 5000*64 + 2*4*64*(64+64+1) + (128+1)*1 + (128+1)*5 = 386822
# expect: layers=11 edges=11 parameters=386822
import pickle

import numpy as np
import pandas as pd
from keras import backend as K
from keras.layers import (Activation, Bidirectional, Dense, Embedding, Flatten, Input, Lambda, LSTM,
                          Multiply, Permute, RepeatVector)
from keras.models import Model
from keras.preprocessing.sequence import pad_sequences
from keras.preprocessing.text import Tokenizer
from sklearn.metrics import classification_report
from sklearn.model_selection import train_test_split

MAX_WORDS, MAX_LEN, UNITS = 5000, 100, 64
df = pd.read_csv('data/reviews.csv', encoding='latin-1')
df = df.dropna()
tokenizer = Tokenizer(num_words=MAX_WORDS)
tokenizer.fit_on_texts(df['text'].values)
X = pad_sequences(tokenizer.texts_to_sequences(df['text'].values), maxlen=MAX_LEN)
y = pd.get_dummies(df['stars']).values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=7)
with open('tokenizer.pkl', 'wb') as handle:
    pickle.dump(tokenizer, handle)


def attention(states):
    scores = Dense(1, activation='tanh')(states)
    scores = Flatten()(scores)
    weights = Activation('softmax', name='attention_weights')(scores)
    weights = RepeatVector(UNITS * 2)(weights)
    weights = Permute([2, 1])(weights)
    weighted = Multiply()([states, weights])
    return Lambda(lambda xin: K.sum(xin, axis=-2), output_shape=(UNITS * 2,))(weighted)


words = Input(shape=(MAX_LEN,), dtype='int32')
embedded = Embedding(MAX_WORDS, 64, input_length=MAX_LEN)(words)
states = Bidirectional(LSTM(UNITS, return_sequences=True))(embedded)
sentence = attention(states)
probabilities = Dense(5, activation='softmax')(sentence)
model = Model(inputs=words, outputs=probabilities)
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, batch_size=64, epochs=5, validation_data=(X_test, y_test))
print(classification_report(np.argmax(y_test, 1), np.argmax(model.predict(X_test), 1)))
