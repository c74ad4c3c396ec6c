# Only definitions: a builder that train.py would import, with defaults for all it needs, and a class beside it.
# dialect: keras3
# Called with its defaults: input, embedding, bidirectional GRU, pooling, dropout, dense.
# layers: 6 = 6
# edges: 5 = 5
# parameters: 10000*64 + 2*3*32*(64+32+2) + (64+1)*3 = 659011
# expect: layers=6 edges=5 parameters=659011
"""Model definition; see train.py."""
from dataclasses import dataclass

import keras
from keras import layers


@dataclass
class Config:
    vocabulary: int = 10000
    length: int = 120
    width: int = 64
    units: int = 32
    classes: int = 3


def build_model(config=Config(), dropout=0.3):
    """The network of the paper."""
    tokens = keras.Input((config.length,), dtype="int32")
    x = layers.Embedding(config.vocabulary, config.width)(tokens)
    x = layers.Bidirectional(layers.GRU(config.units, return_sequences=True))(x)
    x = layers.GlobalMaxPooling1D()(x)
    x = layers.Dropout(dropout)(x)
    return keras.Model(tokens, layers.Dense(config.classes, activation="softmax")(x))


def main():
    import train
    train.run(build_model())


if __name__ == "__main__" and False:
    main()
