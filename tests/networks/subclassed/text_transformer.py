# A whole encoder as subclassed models and layers: attention, feed-forward and block are classes; sums are plus signs.
# dialect: tfkeras
# Input; embedding, position embedding, plus, dropout; three blocks of attention, dropout, plus, norm, dense, dense, dropout, plus, norm; pooling; dense.
# layers: 1 + 4 + 3*9 + 2 = 34
# Token embedding 1, plus 2, dropout 1; a block: attention 2 (query and value, the key is the value), dropout 1, plus 2, norm 1, dense 1, dense 1,
# dropout 1, plus 2, norm 1; the tail 2. No edge enters the positions.
# edges: 1 + 2 + 1 + 3*12 + 2 = 42
# parameters: 10000*64 + 50*64 + 3*(4*(64*64+64) + 2*2*64 + (64+1)*256 + (256+1)*64) + (64+1)*4 = 793412
# expect: layers=34 edges=42 parameters=793412
import re

import numpy as np
import pandas as pd
import tensorflow as tf
from nltk.corpus import stopwords
from tensorflow.keras import layers

VOCAB, LENGTH, WIDTH, HEADS = 10000, 50, 64, 4
news = pd.read_csv("ag_news/train.csv", names=["label", "title", "body"])
stop = set(stopwords.words("english"))


def clean(text):
    return " ".join(w for w in re.sub("[^a-z ]", "", str(text).lower()).split() if w not in stop)


texts = [clean(t) for t in news["title"]]
labels = news["label"].values - 1
vectorizer = layers.TextVectorization(max_tokens=VOCAB, output_sequence_length=LENGTH)
vectorizer.adapt(texts)


class EncoderBlock(layers.Layer):
    def __init__(self, width, heads, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.attention = layers.MultiHeadAttention(heads, width // heads)
        self.norm1 = layers.LayerNormalization()
        self.norm2 = layers.LayerNormalization()
        self.expand = layers.Dense(4 * width, activation="gelu")
        self.project = layers.Dense(width)
        self.drop1 = layers.Dropout(rate)
        self.drop2 = layers.Dropout(rate)

    def call(self, x, training=None):
        attended = self.drop1(self.attention(x, x), training=training)
        x = self.norm1(x + attended)
        fed = self.drop2(self.project(self.expand(x)), training=training)
        return self.norm2(x + fed)


class Classifier(tf.keras.Model):
    def __init__(self, blocks=3, classes=4):
        super().__init__()
        self.embedding = layers.Embedding(VOCAB, WIDTH)
        self.positions = layers.Embedding(LENGTH, WIDTH)
        self.dropout = layers.Dropout(0.1)
        self.blocks = [EncoderBlock(WIDTH, HEADS) for _ in range(blocks)]
        self.pool = layers.GlobalAveragePooling1D()
        self.head = layers.Dense(classes, activation="softmax")

    def call(self, tokens, training=None):
        x = self.embedding(tokens) + self.positions(tf.range(LENGTH))
        x = self.dropout(x, training=training)
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(self.pool(x))


model = Classifier()
model.build(input_shape=(None, LENGTH))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(vectorizer(np.array(texts)), labels, epochs=3, validation_split=0.1)
model.summary()
