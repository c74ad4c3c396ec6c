"""Transformer encoder: self-attention for text"""

import keras
from keras import layers

LENGTH, VOCABULARY, WIDTH, HEADS = 128, 20_000, 256, 8


@keras.saving.register_keras_serializable()
class PositionEmbedding(layers.Layer):
    """Adds to each token the learned vector of its position."""

    def build(self, shape):
        self.positions = self.add_weight(
            shape=shape[1:], initializer="random_normal", name="positions"
        )

    def call(self, tokens):
        return tokens + self.positions


def self_attention(x):
    y = layers.MultiHeadAttention(HEADS, WIDTH // HEADS, dropout=0.1)(x, x)
    return layers.LayerNormalization()(layers.Add()([x, y]))


def feed_forward(x):
    y = layers.Dense(4 * WIDTH, activation="gelu")(x)
    y = layers.Dense(WIDTH)(y)
    y = layers.Dropout(0.1)(y)
    return layers.LayerNormalization()(layers.Add()([x, y]))


def encoder_block(x):
    return feed_forward(self_attention(x))


words = keras.Input((LENGTH,), dtype="int32", name="words")
x = layers.Embedding(VOCABULARY, WIDTH)(words)
x = PositionEmbedding()(x)
for _ in range(6):
    x = encoder_block(x)

x = layers.GlobalAveragePooling1D()(x)
x = layers.Dropout(0.1)(x)
model = keras.Model(words, layers.Dense(2, activation="softmax")(x), name="encoder")
