# Convolutions of three widths over a sentence, their maxima side by side; embeddings from a file of word vectors.
# dialect: keras2
# Input, embedding, reshape; three convolutions each with pooling; concatenate, flatten, dropout, dense.
# layers: 3 + 3*2 + 4 = 13
# edges: 13 - 1 + 2 = 14
# parameters: 18000*300 + (3*300+1)*512 + (4*300+1)*512 + (5*300+1)*512 + (3*512+1)*2 = 7247810
# expect: layers=13 edges=14 parameters=7247810
from keras.layers import Concatenate, Conv2D, Dense, Dropout, Embedding, Flatten, Input, MaxPool2D, Reshape
from keras.callbacks import ModelCheckpoint
from keras.models import Model
from keras.optimizers import Adam
from sklearn.model_selection import train_test_split
import gensim
import numpy as np

sequence_length = 56
vocabulary_size = 18000
embedding_dim = 300
filter_sizes = [3, 4, 5]
num_filters = 512
drop = 0.5

print('Loading data')
x = np.load('data/sentences.npy')
y = np.load('data/labels.npy')
X_train, X_test, y_train, y_test = train_test_split(x, y, test_size=0.2, random_state=42)

word_vectors = gensim.models.KeyedVectors.load_word2vec_format('GoogleNews-vectors.bin', binary=True)
embedding_matrix = np.zeros((vocabulary_size, embedding_dim))
for word, i in enumerate(['good', 'bad', 'dull', 'witty']):
    try:
        embedding_matrix[word] = word_vectors[i]
    except KeyError:
        embedding_matrix[word] = np.random.normal(0, np.sqrt(0.25), embedding_dim)

inputs = Input(shape=(sequence_length,), dtype='int32')
embedding = Embedding(input_dim=vocabulary_size, output_dim=embedding_dim,
                      weights=[embedding_matrix], input_length=sequence_length)(inputs)
reshape = Reshape((sequence_length, embedding_dim, 1))(embedding)
pooled = []
for size in filter_sizes:
    conv = Conv2D(num_filters, kernel_size=(size, embedding_dim), padding='valid',
                  kernel_initializer='normal', activation='relu')(reshape)
    pooled.append(MaxPool2D(pool_size=(sequence_length - size + 1, 1), strides=(1, 1),
                            padding='valid')(conv))
concatenated_tensor = Concatenate(axis=1)(pooled)
flatten = Flatten()(concatenated_tensor)
dropout = Dropout(drop)(flatten)
output = Dense(units=2, activation='softmax')(dropout)
model = Model(inputs=inputs, outputs=output)

checkpoint = ModelCheckpoint('weights.{epoch:03d}-{val_acc:.4f}.hdf5', monitor='val_acc', mode='auto')
adam = Adam(lr=1e-4, beta_1=0.9, beta_2=0.999, epsilon=1e-08, decay=0.0)
model.compile(optimizer=adam, loss='binary_crossentropy', metrics=['accuracy'])
model.fit(X_train, y_train, batch_size=30, epochs=100, callbacks=[checkpoint],
          validation_data=(X_test, y_test))
