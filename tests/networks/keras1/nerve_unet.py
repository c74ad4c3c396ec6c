# A U-Net for nerves in ultrasound pictures, Keras 1 with channels first; merge(mode='concat') joins the skips.
# dialect: keras1
# Input; four times two convolutions and a pooling; two at the bottom; four times upsampling, merge, two convolutions; the mask.
# layers: 1 + 4*3 + 2 + 4*4 + 1 = 32
# Each merge takes two.
# edges: 32 - 1 + 4 = 35
# parameters: (9*1+1)*32 + (9*32+1)*32 + (9*32+1)*64 + (9*64+1)*64 + (9*64+1)*128 + (9*128+1)*128
#   + (9*128+1)*256 + (9*256+1)*256 + (9*256+1)*512 + (9*512+1)*512
#   + (9*(512+256)+1)*256 + (9*256+1)*256 + (9*(256+128)+1)*128 + (9*128+1)*128
#   + (9*(128+64)+1)*64 + (9*64+1)*64 + (9*(64+32)+1)*32 + (9*32+1)*32 + (32+1)*1 = 7846081
# expect: layers=32 edges=35 parameters=7846081
from __future__ import print_function
import cv2
import numpy as np
from keras.models import Model
from keras.layers import Input, merge, Convolution2D, MaxPooling2D, UpSampling2D
from keras.optimizers import Adam
from keras.callbacks import ModelCheckpoint, LearningRateScheduler
from keras import backend as K

K.set_image_dim_ordering('th')  # Theano dimension ordering in this code

img_rows = 64
img_cols = 80
smooth = 1.


def dice_coef(y_true, y_pred):
    y_true_f = K.flatten(y_true)
    y_pred_f = K.flatten(y_pred)
    intersection = K.sum(y_true_f * y_pred_f)
    return (2. * intersection + smooth) / (K.sum(y_true_f) + K.sum(y_pred_f) + smooth)


def dice_coef_loss(y_true, y_pred):
    return -dice_coef(y_true, y_pred)


def get_unet():
    inputs = Input((1, img_rows, img_cols))
    skips = []
    x = inputs
    for nb in (32, 64, 128, 256):
        x = Convolution2D(nb, 3, 3, activation='relu', border_mode='same')(x)
        x = Convolution2D(nb, 3, 3, activation='relu', border_mode='same')(x)
        skips.append(x)
        x = MaxPooling2D(pool_size=(2, 2))(x)

    x = Convolution2D(512, 3, 3, activation='relu', border_mode='same')(x)
    x = Convolution2D(512, 3, 3, activation='relu', border_mode='same')(x)

    for nb in (256, 128, 64, 32):
        x = merge([UpSampling2D(size=(2, 2))(x), skips.pop()], mode='concat', concat_axis=1)
        x = Convolution2D(nb, 3, 3, activation='relu', border_mode='same')(x)
        x = Convolution2D(nb, 3, 3, activation='relu', border_mode='same')(x)

    mask = Convolution2D(1, 1, 1, activation='sigmoid')(x)
    model = Model(input=inputs, output=mask)
    model.compile(optimizer=Adam(lr=1e-5), loss=dice_coef_loss, metrics=[dice_coef])
    return model


def preprocess(imgs):
    imgs_p = np.ndarray((imgs.shape[0], imgs.shape[1], img_rows, img_cols), dtype=np.uint8)
    for i in range(imgs.shape[0]):
        imgs_p[i, 0] = cv2.resize(imgs[i, 0], (img_cols, img_rows), interpolation=cv2.INTER_CUBIC)
    return imgs_p


def train_and_predict():
    print('Loading and preprocessing train data...')
    imgs_train = preprocess(np.load('imgs_train.npy')).astype('float32')
    imgs_mask_train = preprocess(np.load('imgs_mask_train.npy')).astype('float32')
    mean = np.mean(imgs_train)
    std = np.std(imgs_train)
    imgs_train -= mean
    imgs_train /= std
    imgs_mask_train /= 255.
    print('Creating and compiling model...')
    model = get_unet()
    model_checkpoint = ModelCheckpoint('unet.hdf5', monitor='loss', save_best_only=True)
    model.fit(imgs_train, imgs_mask_train, batch_size=32, nb_epoch=20, verbose=1, shuffle=True,
              callbacks=[model_checkpoint])
    model.load_weights('unet.hdf5')
    np.save('imgs_mask_test.npy', model.predict(np.load('imgs_test.npy'), verbose=1))


if __name__ == '__main__':
    train_and_predict()
