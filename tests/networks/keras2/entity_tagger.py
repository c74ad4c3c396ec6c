# Named entities from words and their letters: TimeDistributed around an embedding, around an LSTM and around a dense layer.
# dialect: keras2
# Word and letter inputs, word embedding, two wrapped letter layers, concatenate, spatial dropout, bidirectional LSTM, wrapped dense.
# layers: 2 + 1 + 2 + 1 + 3 = 9
# edges: 1 + 2 + 2 + 3 = 8
# parameters: 35178*20 + 98*10 + 4*20*(10+20+1) + 2*4*50*(40+50+1) + (100+1)*18 = 745238
# expect: layers=9 edges=8 parameters=745238
import pandas as pd
import numpy as np
from keras.layers import (Bidirectional, Dense, Embedding, Input, LSTM, SpatialDropout1D,
                          TimeDistributed, concatenate)
from keras.models import Model
from keras.preprocessing.sequence import pad_sequences
import matplotlib.pyplot as plt
plt.style.use("ggplot")

data = pd.read_csv("ner_dataset.csv", encoding="latin1")
data = data.fillna(method="ffill")
print("Number of sentences: ", len(data.groupby(['Sentence #'])))


class SentenceGetter(object):
    def __init__(self, data):
        agg = lambda s: [(w, p, t) for w, p, t in zip(s["Word"].values.tolist(),
                                                      s["POS"].values.tolist(),
                                                      s["Tag"].values.tolist())]
        self.grouped = data.groupby("Sentence #").apply(agg)
        self.sentences = [s for s in self.grouped]


getter = SentenceGetter(data)
max_len, max_len_char = 75, 10
n_words, n_chars, n_tags = 35178, 98, 18
X_word = np.zeros((1000, max_len), dtype=int)
X_char = np.zeros((1000, max_len, max_len_char), dtype=int)
y = np.zeros((1000, max_len, 1), dtype=int)

word_in = Input(shape=(max_len,))
emb_word = Embedding(input_dim=n_words, output_dim=20, input_length=max_len)(word_in)
char_in = Input(shape=(max_len, max_len_char,))
emb_char = TimeDistributed(Embedding(input_dim=n_chars, output_dim=10,
                                     input_length=max_len_char))(char_in)
char_enc = TimeDistributed(LSTM(units=20, return_sequences=False, recurrent_dropout=0.5))(emb_char)
x = concatenate([emb_word, char_enc])
x = SpatialDropout1D(0.3)(x)
main_lstm = Bidirectional(LSTM(units=50, return_sequences=True, recurrent_dropout=0.6))(x)
out = TimeDistributed(Dense(n_tags, activation="softmax"))(main_lstm)
model = Model([word_in, char_in], out)

model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["acc"])
history = model.fit([X_word, X_char], y, batch_size=32, epochs=10, validation_split=0.1, verbose=1)
hist = pd.DataFrame(history.history)
plt.figure(figsize=(12, 12))
plt.plot(hist["acc"])
plt.plot(hist["val_acc"])
plt.show()
