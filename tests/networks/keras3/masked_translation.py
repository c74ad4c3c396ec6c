# Translation with padded sentences: mask_zero, of which Keras 3 makes operations that nobody wrote and that are no part of the figure.
# dialect: keras3
# Two inputs, two embeddings, a bidirectional LSTM, its two states joined, the decoder's LSTM, attention, joined, two dense layers per word.
# layers: 2*2 + 1 + 2 + 1 + 1 + 1 + 2 = 12
# Embeddings and the encoder take one each, joined states two each, the decoder its words and two states, attention two, what follows two, one, one.
# edges: 2 + 1 + 2*2 + 3 + 2 + 2 + 1 + 1 = 16
# parameters: 2*8000*256 + 2*4*(256+256+1)*256 + 4*(256+512+1)*512
#   + (1024+1)*256 + (256+1)*8000 = 9039936
# expect: layers=12 edges=16 parameters=9039936
import numpy as np
from keras.layers import (
    LSTM, Attention, Bidirectional, Concatenate, Dense, Embedding, Input, TimeDistributed,
)
from keras.models import Model
from keras.utils import pad_sequences

words, width, state = 8000, 256, 256

source = Input(shape=(None,))
x = Embedding(words, width, mask_zero=True)(source)
x, forward_h, forward_c, backward_h, backward_c = Bidirectional(
    LSTM(state, return_sequences=True, return_state=True)
)(x)
h = Concatenate()([forward_h, backward_h])
c = Concatenate()([forward_c, backward_c])

target = Input(shape=(None,))
y = Embedding(words, width, mask_zero=True)(target)
y, _, _ = LSTM(2 * state, return_sequences=True, return_state=True)(y, initial_state=[h, c])
context = Attention()([y, x])
y = Concatenate()([y, context])
y = TimeDistributed(Dense(256, activation="tanh"))(y)
guess = TimeDistributed(Dense(words, activation="softmax"))(y)

model = Model([source, target], guess)
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")

pairs = np.load("pairs.npz", allow_pickle=True)
encoder_input = pad_sequences(pairs["source"], padding="post")
decoder_input = pad_sequences(pairs["target"], padding="post")
model.fit([encoder_input, decoder_input], decoder_input[:, 1:], batch_size=64, epochs=20)
model.save("translator.keras")
