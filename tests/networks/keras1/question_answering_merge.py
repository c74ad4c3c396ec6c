# Answers to questions about pictures: two Sequentials joined by the Merge layer that Keras 2 dropped.
# dialect: keras1
# Two inputs, a reshape, two LSTMs, the merge, twice dense-activation-dropout, dense, activation.
# layers: 2 + 1 + 2 + 1 + 2*3 + 2 = 14
# Every call one tensor but the inputs none and the merge two.
# edges: 14 - 2 + 1 = 13
# parameters: 4*512*(300+512+1) + 4*512*(512+512+1) + (4096+512+1)*1024 + (1024+1)*1024 + (1024+1)*1000 = 10558440
# expect: layers=14 edges=13 parameters=10558440
import argparse
import sys

import joblib
import numpy as np
import scipy.io
import spacy
from keras.models import Sequential
from keras.layers.core import Dense, Activation, Dropout, Merge, Reshape
from keras.layers.recurrent import LSTM
from keras.utils import generic_utils

parser = argparse.ArgumentParser()
parser.add_argument('-num_hidden_units_mlp', type=int, default=1024)
parser.add_argument('-num_hidden_units_lstm', type=int, default=512)
parser.add_argument('-num_hidden_layers_mlp', type=int, default=2)
parser.add_argument('-dropout', type=float, default=0.5)
parser.add_argument('-num_epochs', type=int, default=100)
args = parser.parse_args()

word_vec_dim = 300
img_dim = 4096
max_len = 30
nb_classes = 1000

image_model = Sequential()
image_model.add(Reshape(input_shape=(img_dim,), dims=(img_dim,)))

language_model = Sequential()
language_model.add(LSTM(output_dim=args.num_hidden_units_lstm, return_sequences=True,
                        input_shape=(max_len, word_vec_dim)))
language_model.add(LSTM(args.num_hidden_units_lstm, return_sequences=False))

model = Sequential()
model.add(Merge([language_model, image_model], mode='concat', concat_axis=1))
for i in range(args.num_hidden_layers_mlp):
    model.add(Dense(args.num_hidden_units_mlp, init='uniform'))
    model.add(Activation('tanh'))
    model.add(Dropout(args.dropout))
model.add(Dense(nb_classes))
model.add(Activation('softmax'))
model.compile(loss='categorical_crossentropy', optimizer='rmsprop')
print('Compilation done')

features_struct = scipy.io.loadmat('../features/vgg_feats.mat')
VGGfeatures = features_struct['feats']
print('loaded vgg features')
nlp = spacy.load('en')
questions = open('../data/questions_train.txt', 'r').read().splitlines()
for k in range(args.num_epochs):
    progbar = generic_utils.Progbar(len(questions))
    for question in questions:
        X_q = np.zeros((1, max_len, word_vec_dim))
        for j, token in enumerate(nlp(question)):
            X_q[0, j, :] = token.vector
        loss = model.train_on_batch([X_q, VGGfeatures[:, 0]], np.zeros((1, nb_classes)))
        progbar.add(1, values=[("train loss", loss)])
    model.save_weights('lstm_epoch_{:03d}.hdf5'.format(k))
