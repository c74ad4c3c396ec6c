# Translation by characters: the training model, and for sampling the encoder and the decoder that share its layers.
# dialect: keras2
# counts model, preselected
# Two inputs, two LSTMs, dense. The encoder's two states go into the decoder with its own input: three tensors.
# layers: 5 = 5
# edges: 1 + 3 + 1 = 5
# parameters: 4*256*(71+256+1) + 4*256*(93+256+1) + (256+1)*93 = 718173
# expect model: layers=5 edges=5 parameters=718173
# counts encoder_model
# layers: 2 = 2
# edges: 1 = 1
# parameters: 4*256*(71+256+1) = 335872
# expect encoder_model: layers=2 edges=1 parameters=335872
# counts decoder_model
# Three inputs, LSTM, dense.
# layers: 5 = 5
# edges: 3 + 1 = 4
# parameters: 4*256*(93+256+1) + (256+1)*93 = 382301
# expect decoder_model: layers=5 edges=4 parameters=382301
from __future__ import print_function

from keras.models import Model
from keras.layers import Input, LSTM, Dense
import numpy as np

batch_size = 64
epochs = 100
latent_dim = 256
num_samples = 10000
data_path = 'fra-eng/fra.txt'

num_encoder_tokens = 71
num_decoder_tokens = 93
max_encoder_seq_length = 16
max_decoder_seq_length = 59

input_texts, target_texts = [], []
with open(data_path, 'r', encoding='utf-8') as f:
    lines = f.read().split('\n')
for line in lines[: min(num_samples, len(lines) - 1)]:
    if line.count('\t') != 1:
        continue
    input_text, target_text = line.split('\t')
    input_texts.append(input_text)
    target_texts.append('\t' + target_text + '\n')
print('Number of samples:', len(input_texts))

encoder_input_data = np.zeros((num_samples, max_encoder_seq_length, num_encoder_tokens), 'float32')
decoder_input_data = np.zeros((num_samples, max_decoder_seq_length, num_decoder_tokens), 'float32')
decoder_target_data = np.zeros_like(decoder_input_data)

encoder_inputs = Input(shape=(None, num_encoder_tokens))
encoder = LSTM(latent_dim, return_state=True)
encoder_outputs, state_h, state_c = encoder(encoder_inputs)
encoder_states = [state_h, state_c]

decoder_inputs = Input(shape=(None, num_decoder_tokens))
decoder_lstm = LSTM(latent_dim, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = Dense(num_decoder_tokens, activation='softmax')
decoder_outputs = decoder_dense(decoder_outputs)

model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer='rmsprop', loss='categorical_crossentropy')
model.fit([encoder_input_data, decoder_input_data], decoder_target_data,
          batch_size=batch_size, epochs=epochs, validation_split=0.2)
model.save('s2s.h5')

encoder_model = Model(encoder_inputs, encoder_states)
decoder_state_input_h = Input(shape=(latent_dim,))
decoder_state_input_c = Input(shape=(latent_dim,))
decoder_states_inputs = [decoder_state_input_h, decoder_state_input_c]
decoder_outputs, state_h, state_c = decoder_lstm(decoder_inputs, initial_state=decoder_states_inputs)
decoder_states = [state_h, state_c]
decoder_outputs = decoder_dense(decoder_outputs)
decoder_model = Model([decoder_inputs] + decoder_states_inputs, [decoder_outputs] + decoder_states)


def decode_sequence(input_seq):
    states_value = encoder_model.predict(input_seq)
    target_seq = np.zeros((1, 1, num_decoder_tokens))
    decoded = ''
    while len(decoded) < max_decoder_seq_length:
        output_tokens, h, c = decoder_model.predict([target_seq] + states_value)
        decoded += str(np.argmax(output_tokens[0, -1, :]))
        states_value = [h, c]
    return decoded


for seq_index in range(3):
    print('Decoded sentence:', decode_sequence(encoder_input_data[seq_index: seq_index + 1]))
