# VGG-16 as it went round in 2015: Keras 1, channels first, a padding layer before every convolution, weights in a file.
# dialect: keras1
# An input, 13 pairs of padding and convolution, 5 poolings, flatten, then dense and dropout twice and the last dense.
# layers: 1 + 13*2 + 5 + 1 + 5 = 38
# edges: 38 - 1 = 37
# parameters: (9*3+1)*64 + (9*64+1)*64 + (9*64+1)*128 + (9*128+1)*128
#   + (9*128+1)*256 + 2*(9*256+1)*256 + (9*256+1)*512 + 5*(9*512+1)*512
#   + (512*7*7+1)*4096 + (4096+1)*4096 + (4096+1)*1000 = 138357544
# expect: layers=38 edges=37 parameters=138357544
from keras.models import Sequential
from keras.layers.core import Flatten, Dense, Dropout
from keras.layers.convolutional import Convolution2D, MaxPooling2D, ZeroPadding2D
from keras.optimizers import SGD
from keras import backend as K
import cv2, numpy as np

K.set_image_dim_ordering('th')


def VGG_16(weights_path=None):
    model = Sequential()
    model.add(ZeroPadding2D((1, 1), input_shape=(3, 224, 224)))
    model.add(Convolution2D(64, 3, 3, activation='relu'))
    model.add(ZeroPadding2D((1, 1)))
    model.add(Convolution2D(64, 3, 3, activation='relu'))
    model.add(MaxPooling2D((2, 2), strides=(2, 2)))

    for nb_filter, repeats in ((128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(repeats):
            model.add(ZeroPadding2D((1, 1)))
            model.add(Convolution2D(nb_filter, 3, 3, activation='relu'))
        model.add(MaxPooling2D((2, 2), strides=(2, 2)))

    model.add(Flatten())
    model.add(Dense(4096, activation='relu'))
    model.add(Dropout(0.5))
    model.add(Dense(4096, activation='relu'))
    model.add(Dropout(0.5))
    model.add(Dense(1000, activation='softmax'))

    if weights_path:
        model.load_weights(weights_path)
    return model


if __name__ == "__main__":
    im = cv2.resize(cv2.imread('cat.jpg'), (224, 224)).astype(np.float32)
    im[:, :, 0] -= 103.939
    im[:, :, 1] -= 116.779
    im[:, :, 2] -= 123.68
    im = im.transpose((2, 0, 1))
    im = np.expand_dims(im, axis=0)

    model = VGG_16('vgg16_weights.h5')
    sgd = SGD(lr=0.1, decay=1e-6, momentum=0.9, nesterov=True)
    model.compile(optimizer=sgd, loss='categorical_crossentropy')
    out = model.predict(im)
    print(np.argmax(out))
