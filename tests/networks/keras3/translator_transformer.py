# A Transformer for translation by the functional API: encoder, decoder with causal and cross attention; two inputs.
# dialect: keras3
# Each side: input, embedding, positions. Two encoder blocks of attention, add, norm, dense, dense, add, norm (7); two decoder blocks of
# attention, add, norm, attention, add, norm, dense, dense, add, norm (10); dropout, dense.
# layers: 2*3 + 2*7 + 2*10 + 2 = 42
# An encoder block: attention 2, add 2, norm 1, dense 1, dense 1, add 2, norm 1. A decoder block has attention 2, add 2, norm 1 once more.
# edges: 2*2 + 2*10 + 2*15 + 2 = 56
# parameters: 2*(15000*128 + 20*128)
#   + 2*(4*(128*128+128) + 2*2*128 + (128+1)*512 + (512+1)*128)
#   + 2*(8*(128*128+128) + 3*2*128 + (128+1)*512 + (512+1)*128)
#   + (128+1)*15000 = 6705816
# expect: layers=42 edges=56 parameters=6705816
import pathlib
import random
import re
import string

import keras
import numpy as np
import tensorflow.data as tf_data
from keras import layers
from keras.layers import TextVectorization

text_file = keras.utils.get_file(fname="spa-eng.zip", origin="https://example.org/spa-eng.zip",
                                 extract=True)
text_file = pathlib.Path(text_file).parent / "spa-eng" / "spa.txt"
with open(text_file) as f:
    lines = f.read().split("\n")[:-1]
text_pairs = []
for line in lines:
    pair = line.split("\t")
    if len(pair) == 2:
        text_pairs.append((pair[0], "[start] " + pair[1] + " [end]"))
random.shuffle(text_pairs)
print(f"{len(text_pairs)} total pairs")

vocab_size, sequence_length, embed_dim, latent_dim, num_heads = 15000, 20, 128, 512, 8


class PositionTable(layers.Layer):
    def build(self, shape):
        self.table = self.add_weight(shape=(shape[-2], shape[-1]), name="positions")
        super().build(shape)

    def call(self, inputs):
        return inputs + self.table


def attend(query, memory, causal=False):
    y = layers.MultiHeadAttention(num_heads, embed_dim // num_heads)(
        query=query, value=memory, use_causal_mask=causal)
    return layers.LayerNormalization()(layers.Add()([query, y]))


def feed_forward(x):
    y = layers.Dense(latent_dim, activation="relu")(x)
    y = layers.Dense(embed_dim)(y)
    return layers.LayerNormalization()(layers.Add()([x, y]))


def encoder_block(x):
    return feed_forward(attend(x, x))


def decoder_block(x, memory):
    x = attend(x, x, causal=True)
    x = attend(x, memory)
    return feed_forward(x)


source = keras.Input(shape=(sequence_length,), dtype="int64", name="encoder_inputs")
memory = PositionTable()(layers.Embedding(vocab_size, embed_dim)(source))
for _ in range(2):
    memory = encoder_block(memory)
target = keras.Input(shape=(sequence_length,), dtype="int64", name="decoder_inputs")
x = PositionTable()(layers.Embedding(vocab_size, embed_dim)(target))
for _ in range(2):
    x = decoder_block(x, memory)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(vocab_size, activation="softmax")(x)
transformer = keras.Model([source, target], outputs, name="transformer")

strip_chars = string.punctuation.replace("[", "").replace("]", "")
eng_vectorization = TextVectorization(max_tokens=vocab_size, output_mode="int",
                                      output_sequence_length=sequence_length)
eng_vectorization.adapt([pair[0] for pair in text_pairs])
transformer.compile("rmsprop", loss=keras.losses.SparseCategoricalCrossentropy(ignore_class=0))
pairs = np.zeros((64, sequence_length + 1), dtype="int64")
dataset = tf_data.Dataset.from_tensor_slices(
    ({"encoder_inputs": pairs[:, :-1], "decoder_inputs": pairs[:, :-1]}, pairs[:, 1:])).batch(64)
transformer.fit(dataset, epochs=1)
print(re.sub("[%s]" % re.escape(strip_chars), "", "done."))
