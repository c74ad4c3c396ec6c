# A small GPT written in functions: masked attention with use_causal_mask, four blocks, logits over the vocabulary.
# dialect: keras3
# Tokens, embedding, positions as a layer with a table; four blocks of norm, attention, add, norm, dense, dense, dropout, add; norm, dense.
# layers: 1 + 1 + 1 + 4*8 + 2 = 37
# A block: norm 1, attention 2, add 2, norm 1, three more 3, add 2.
# edges: 2 + 4*11 + 2 = 48
# parameters: 8000*256 + 128*256
#   + 4*(4*(256*256+256) + 2*2*256 + (256+1)*1024 + (1024+1)*256)
#   + 2*256 + (256+1)*8000 = 7296320
# expect: layers=37 edges=48 parameters=7296320
import os
import pathlib
import random
import string

os.environ["KERAS_BACKEND"] = "jax"

import keras
import tensorflow as tf
from keras import layers

MAXLEN, VOCAB, WIDTH, HEADS, BLOCKS = 128, 8000, 256, 4, 4


def custom_standardization(input_string):
    lowercased = tf.strings.lower(input_string)
    stripped_html = tf.strings.regex_replace(lowercased, "<br />", " ")
    return tf.strings.regex_replace(stripped_html, f"([{string.punctuation}])", r" \1")


filenames = [str(p) for d in ("pos", "neg") for p in pathlib.Path("aclImdb/train", d).glob("*")]
random.shuffle(filenames)
text_ds = tf.data.TextLineDataset(filenames).shuffle(buffer_size=256).batch(128)
vectorize_layer = keras.layers.TextVectorization(standardize=custom_standardization,
                                                 max_tokens=VOCAB - 1, output_mode="int",
                                                 output_sequence_length=MAXLEN + 1)
vectorize_layer.adapt(text_ds)
vocab = vectorize_layer.get_vocabulary()


def prepare_lm_inputs_labels(text):
    tokenized = vectorize_layer(tf.expand_dims(text, -1))
    return tokenized[:, :-1], tokenized[:, 1:]


text_ds = text_ds.map(prepare_lm_inputs_labels).prefetch(tf.data.AUTOTUNE)


class Positions(layers.Layer):
    def build(self, shape):
        self.table = self.add_weight(shape=(shape[1], shape[2]), initializer="uniform")

    def call(self, x):
        return x + self.table


def decoder_block(x, index):
    name = f"block{index}"
    y = layers.LayerNormalization(name=f"{name}_norm1")(x)
    y = layers.MultiHeadAttention(HEADS, WIDTH // HEADS, name=f"{name}_attention")(
        y, y, use_causal_mask=True)
    x = layers.Add(name=f"{name}_add1")([x, y])
    y = layers.LayerNormalization(name=f"{name}_norm2")(x)
    y = layers.Dense(4 * WIDTH, activation="gelu", name=f"{name}_expand")(y)
    y = layers.Dense(WIDTH, name=f"{name}_project")(y)
    y = layers.Dropout(0.1, name=f"{name}_dropout")(y)
    return layers.Add(name=f"{name}_add2")([x, y])


def gpt():
    tokens = keras.Input((MAXLEN,), dtype="int32", name="tokens")
    x = layers.Embedding(VOCAB, WIDTH)(tokens)
    x = Positions()(x)
    for index in range(BLOCKS):
        x = decoder_block(x, index)
    x = layers.LayerNormalization()(x)
    logits = layers.Dense(VOCAB, name="logits")(x)
    return keras.Model(tokens, logits, name="small_gpt")


class TextGenerator(keras.callbacks.Callback):
    def __init__(self, max_tokens, start):
        self.max_tokens, self.start = max_tokens, start

    def on_epoch_end(self, epoch, logs=None):
        print("generated text:", " ".join(vocab[t] for t in self.start))


model = gpt()
model.compile("adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(text_ds, verbose=2, epochs=25, callbacks=[TextGenerator(40, [2, 3])])
