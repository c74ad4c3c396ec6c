# Three inception modules of Keras 1, their branches joined by merge.
# dialect: keras1
# A module is two 1x1-then-wide branches (four calls), one 1x1, pooling with its 1x1, and the merge: 8 calls.
# Input, convolution, pooling, two modules, pooling, one module, global pooling, dense.
# layers: 1 + 2 + 2*8 + 1 + 8 + 2 = 30
# Each merge takes four tensors, three more than one.
# edges: 30 - 1 + 3*3 = 38
# A module on c channels: all four 1x1 convolutions see c.
# parameters: (49*3+1)*64
#   + (64+1)*(64+96+16+32) + (9*96+1)*128 + (25*16+1)*32
#   + (256+1)*(128+128+32+64) + (9*128+1)*192 + (25*32+1)*96
#   + (480+1)*(192+96+16+64) + (9*96+1)*208 + (25*16+1)*48
#   + (512+1)*10 = 916586
# expect: layers=30 edges=38 parameters=916586
from keras.layers import (Input, Dense, Convolution2D, MaxPooling2D, GlobalAveragePooling2D, merge)
from keras.models import Model
from keras.preprocessing.image import ImageDataGenerator
from keras.utils.visualize_util import plot


def conv(x, nb_filter, size, subsample=(1, 1)):
    return Convolution2D(nb_filter, size, size, border_mode='same', activation='relu',
                         subsample=subsample, dim_ordering='tf', init='he_uniform')(x)


def inception(x, one, three_reduce, three, five_reduce, five, pool):
    branch1 = conv(x, one, 1)
    branch3 = conv(conv(x, three_reduce, 1), three, 3)
    branch5 = conv(conv(x, five_reduce, 1), five, 5)
    branch_pool = MaxPooling2D((3, 3), strides=(1, 1), border_mode='same', dim_ordering='tf')(x)
    branch_pool = conv(branch_pool, pool, 1)
    return merge([branch1, branch3, branch5, branch_pool], mode='concat', concat_axis=3)


img = Input(shape=(96, 96, 3))
x = conv(img, 64, 7, subsample=(2, 2))
x = MaxPooling2D((3, 3), strides=(2, 2), border_mode='same', dim_ordering='tf')(x)
x = inception(x, 64, 96, 128, 16, 32, 32)
x = inception(x, 128, 128, 192, 32, 96, 64)
x = MaxPooling2D((3, 3), strides=(2, 2), border_mode='same', dim_ordering='tf')(x)
x = inception(x, 192, 96, 208, 16, 48, 64)
x = GlobalAveragePooling2D(dim_ordering='tf')(x)
preds = Dense(10, activation='softmax')(x)
model = Model(input=img, output=preds)
plot(model, to_file='inception.png', show_shapes=True)

model.compile(optimizer='rmsprop', loss='categorical_crossentropy', metrics=['accuracy'])
train = ImageDataGenerator(rescale=1. / 255, horizontal_flip=True).flow_from_directory(
    'data/train', target_size=(96, 96), batch_size=32)
valid = ImageDataGenerator(rescale=1. / 255).flow_from_directory(
    'data/validation', target_size=(96, 96), batch_size=32)
model.fit_generator(train, samples_per_epoch=2000, nb_epoch=50,
                    validation_data=valid, nb_val_samples=800)
