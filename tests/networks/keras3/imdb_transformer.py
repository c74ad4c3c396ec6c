# A Transformer encoder that judges film reviews, Keras 3, its block written as functions; a mask is computed by plain operations.
# dialect: keras3
# Tokens, their embedding and the positions' embedding; the not-equal that makes the mask and the axis added to it;
# two blocks of attention, dropout, add, norm, dense, dense, dropout, add, norm; pooling, dropout, dense, dropout, dense.
# layers: 1 + 2 + 2 + 2*9 + 5 = 28
# Each call one tensor; attention takes query, value and mask; the two additions of a block take two. The position layer takes one.
# edges: 28 - 1 + 2*(2 + 1 + 1) = 35
# parameters: 20000*64 + 200*64
#   + 2*(4*(64*64+64) + 2*64 + (64+1)*128 + (128+1)*64 + 2*64)
#   + (64+1)*20 + (20+1)*1 = 1361065
# expect: layers=28 edges=35 parameters=1361065
import keras
import numpy as np
from keras import layers, ops

vocab_size, maxlen, embed_dim, num_heads, ff_dim = 20000, 200, 64, 4, 128


class AddPositions(layers.Layer):
    def build(self, input_shape):
        self.table = self.add_weight(shape=(input_shape[1], input_shape[2]), name="table")

    def call(self, x):
        return x + self.table


def transformer_block(x, mask):
    y = layers.MultiHeadAttention(num_heads, embed_dim // num_heads)(x, x, attention_mask=mask)
    y = layers.Dropout(0.1)(y)
    x = layers.LayerNormalization(epsilon=1e-6)(layers.Add()([x, y]))
    y = layers.Dense(ff_dim, activation="relu")(x)
    y = layers.Dense(embed_dim)(y)
    y = layers.Dropout(0.1)(y)
    return layers.LayerNormalization(epsilon=1e-6)(layers.Add()([x, y]))


(x_train, y_train), (x_val, y_val) = keras.datasets.imdb.load_data(num_words=vocab_size)
print(len(x_train), "training sequences;", len(x_val), "validation sequences")
x_train = keras.utils.pad_sequences(x_train, maxlen=maxlen)
x_val = keras.utils.pad_sequences(x_val, maxlen=maxlen)

inputs = layers.Input(shape=(maxlen,), dtype="int32")
mask = ops.not_equal(inputs, 0)
mask = ops.expand_dims(mask, 1)
x = layers.Embedding(vocab_size, embed_dim)(inputs)
x = AddPositions()(x)
for _ in range(2):
    x = transformer_block(x, mask)
x = layers.GlobalAveragePooling1D()(x)
x = layers.Dropout(0.1)(x)
x = layers.Dense(20, activation="relu")(x)
x = layers.Dropout(0.1)(x)
outputs = layers.Dense(1, activation="sigmoid")(x)

model = keras.Model(inputs=inputs, outputs=outputs)
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(x_train, y_train, batch_size=32, epochs=2, validation_data=(x_val, y_val))
print("best accuracy:", max(history.history["val_accuracy"]))
