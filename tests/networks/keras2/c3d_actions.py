# C3D: volumes of sixteen frames through 3-D convolutions, in Sequential style.
# dialect: keras2
# Eight convolutions, five poolings, one padding, flatten, dense-dropout-dense-dropout-dense.
# layers: 1 + 8 + 5 + 1 + 1 + 5 = 21
# edges: 21 - 1 = 20
# 16 frames -> 1, 112 -> 7 padded to 8 -> 4: 4*4*512 = 8192.
# parameters: (27*3+1)*64 + (27*64+1)*128 + (27*128+1)*256 + (27*256+1)*256 + (27*256+1)*512 + 3*(27*512+1)*512
#   + (8192+1)*4096 + (4096+1)*4096 + (4096+1)*101 = 78409573
# expect: layers=21 edges=20 parameters=78409573
from keras.layers.convolutional import Conv3D, MaxPooling3D, ZeroPadding3D
from keras.layers.core import Dense, Dropout, Flatten
from keras.models import Sequential
from keras.optimizers import SGD
import matplotlib
matplotlib.use('Agg')
import matplotlib.pyplot as plt
import numpy as np
import os


def get_model():
    model = Sequential()
    model.add(Conv3D(64, (3, 3, 3), activation='relu', padding='same', name='conv1',
                     input_shape=(16, 112, 112, 3)))
    model.add(MaxPooling3D(pool_size=(1, 2, 2), strides=(1, 2, 2), padding='valid', name='pool1'))
    model.add(Conv3D(128, (3, 3, 3), activation='relu', padding='same', name='conv2'))
    model.add(MaxPooling3D(pool_size=(2, 2, 2), strides=(2, 2, 2), name='pool2'))
    for stage, filters in ((3, 256), (4, 512), (5, 512)):
        model.add(Conv3D(filters, (3, 3, 3), activation='relu', padding='same',
                         name='conv%da' % stage))
        model.add(Conv3D(filters, (3, 3, 3), activation='relu', padding='same',
                         name='conv%db' % stage))
        if stage == 5:
            model.add(ZeroPadding3D(padding=((0, 0), (0, 1), (0, 1)), name='zeropad5'))
        model.add(MaxPooling3D(pool_size=(2, 2, 2), strides=(2, 2, 2), name='pool%d' % stage))
    model.add(Flatten())
    model.add(Dense(4096, activation='relu', name='fc6'))
    model.add(Dropout(.5))
    model.add(Dense(4096, activation='relu', name='fc7'))
    model.add(Dropout(.5))
    model.add(Dense(101, activation='softmax', name='fc8'))
    return model


def plot_history(history, result_dir):
    plt.plot(history.history['acc'], marker='.')
    plt.plot(history.history['val_acc'], marker='.')
    plt.title('model accuracy')
    plt.grid()
    plt.savefig(os.path.join(result_dir, 'model_accuracy.png'))
    plt.close()


def batches(listfile, batch_size=16):
    with open(listfile) as f:
        lines = f.readlines()
    while True:
        np.random.shuffle(lines)
        yield np.zeros((batch_size, 16, 112, 112, 3)), np.zeros((batch_size, 101))


model = get_model()
model.summary()
model.compile(loss='categorical_crossentropy', optimizer=SGD(lr=0.005, momentum=0.9, nesterov=True),
              metrics=['accuracy'])
history = model.fit_generator(batches('ucfTrainTestlist/train_file.txt'), steps_per_epoch=600,
                              epochs=16, validation_data=batches('ucfTrainTestlist/test_file.txt'),
                              validation_steps=200)
plot_history(history, 'results/')
