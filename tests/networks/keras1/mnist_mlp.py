# The multilayer perceptron everybody began with, Keras 1 and Python 2.
# dialect: keras1
# An input and nine layers in a row, activations as layers of their own.
# layers: 1 + 9 = 10
# edges: 10 - 1 = 9
# parameters: (784+1)*512 + (512+1)*512 + (512+1)*10 = 669706
# expect: layers=10 edges=9 parameters=669706
from __future__ import print_function
import numpy as np
np.random.seed(1337)  # for reproducibility

from keras.datasets import mnist
from keras.models import Sequential
from keras.layers.core import Dense, Dropout, Activation
from keras.optimizers import SGD, Adam, RMSprop
from keras.utils import np_utils

batch_size = 128
nb_classes = 10
nb_epoch = 20

(X_train, y_train), (X_test, y_test) = mnist.load_data()
X_train = X_train.reshape(60000, 784)
X_test = X_test.reshape(10000, 784)
X_train = X_train.astype('float32')
X_test = X_test.astype('float32')
X_train /= 255
X_test /= 255
print(X_train.shape[0], 'train samples')
print(X_test.shape[0], 'test samples')

Y_train = np_utils.to_categorical(y_train, nb_classes)
Y_test = np_utils.to_categorical(y_test, nb_classes)

model = Sequential()
model.add(Dense(512, init='glorot_uniform', input_shape=(784,)))
model.add(Activation('relu'))
model.add(Dropout(0.2))
model.add(Dense(output_dim=512))
model.add(Activation('relu'))
model.add(Dropout(p=0.2))
model.add(Dense(nb_classes))
model.add(Activation('linear'))
model.add(Activation('softmax'))

model.summary()
model.compile(loss='categorical_crossentropy', optimizer=RMSprop(), metrics=['accuracy'])
history = model.fit(X_train, Y_train, batch_size=batch_size, nb_epoch=nb_epoch,
                    verbose=1, show_accuracy=True, validation_data=(X_test, Y_test))
score = model.evaluate(X_test, Y_test, verbose=0)
print('Test score:', score[0])
print('Test accuracy:', score[1])
json_string = model.to_json()
open('mnist_mlp.json', 'w').write(json_string)
model.save_weights('mnist_mlp.h5', overwrite=True)
