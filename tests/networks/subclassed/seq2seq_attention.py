# Translation by encoder and decoder classes with additive attention, two models of the same program, called with real arrays.
# dialect: tfkeras
# counts decoder
# Two inputs: the word before and the encoder's states. Embedding, GRU, attention of query and value, concatenation of both, dense.
# layers: 2 + 5 = 7
# edges: 1 + 1 + 2 + 2 + 1 = 7
# parameters: 5000*128 + 3*256*(128+256+2) + 256 + (512+1)*5000 = 3501704
# expect decoder: layers=7 edges=7 parameters=3501704
# counts encoder
# Input, embedding, GRU.
# layers: 3 = 3
# edges: 2 = 2
# parameters: 4000*128 + 3*256*(128+256+2) = 808448
# expect encoder: layers=3 edges=2 parameters=808448
import unicodedata

import numpy as np
import tensorflow as tf

BATCH, SOURCE_LENGTH, TARGET_LENGTH = 64, 16, 11


def unicode_to_ascii(s):
    return ''.join(c for c in unicodedata.normalize('NFD', s) if unicodedata.category(c) != 'Mn')


path_to_zip = tf.keras.utils.get_file('deu-eng.zip', origin='https://example.org/deu-eng.zip', extract=True)
source = np.zeros((1000, SOURCE_LENGTH), dtype='int32')
target = np.zeros((1000, TARGET_LENGTH), dtype='int32')


class Encoder(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, enc_units):
        super(Encoder, self).__init__()
        self.embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
        self.gru = tf.keras.layers.GRU(enc_units, return_sequences=True,
                                       recurrent_initializer='glorot_uniform')

    def call(self, x):
        x = self.embedding(x)
        return self.gru(x)


class Decoder(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, dec_units):
        super(Decoder, self).__init__()
        self.embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
        self.gru = tf.keras.layers.GRU(dec_units, return_sequences=True)
        self.attention = tf.keras.layers.AdditiveAttention()
        self.concat = tf.keras.layers.Concatenate()
        self.fc = tf.keras.layers.Dense(vocab_size)

    def call(self, inputs):
        words, states = inputs
        x = self.gru(self.embedding(words))
        context = self.attention([x, states])
        return self.fc(self.concat([x, context]))


encoder = Encoder(4000, 128, 256)
decoder = Decoder(5000, 128, 256)
sample_states = encoder(source[:BATCH])
print('Encoder output shape: (batch size, sequence length, units)', sample_states.shape)
sample_output = decoder([target[:BATCH], sample_states])
print('Decoder output shape:', sample_output.shape)

optimizer = tf.keras.optimizers.Adam()
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction='none')
checkpoint = tf.train.Checkpoint(optimizer=optimizer, encoder=encoder, decoder=decoder)


@tf.function
def train_step(inp, targ):
    with tf.GradientTape() as tape:
        predictions = decoder([targ[:, :-1], encoder(inp)])
        loss = tf.reduce_mean(loss_object(targ[:, 1:], predictions))
    variables = encoder.trainable_variables + decoder.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


for epoch in range(10):
    for start in range(0, len(source), BATCH):
        loss = train_step(source[start:start + BATCH], target[start:start + BATCH])
    checkpoint.save(file_prefix='./training_checkpoints/ckpt')
