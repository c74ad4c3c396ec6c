# Segmentation with atrous spatial pyramid pooling; activations are plain tf.nn.relu and the upsampling is a layer.
# dialect: tfkeras
# A unit is convolution, normalisation and the plain relu: 3 calls.
# Input, three units down, then the pyramid: pooling, unit, upsampling; four units; concatenation; unit. Upsampling, convolution.
# layers: 1 + 3*3 + (1 + 3 + 1) + 4*3 + 1 + 3 + 2 = 33
# The concatenation takes five.
# edges: 33 - 1 + 4 = 36
# parameters: 9*3*32 + 4*32 + 9*32*64 + 4*64 + 9*64*128 + 4*128
#   + (128+1)*64 + 4*64
#   + 128*64 + 4*64 + 3*(9*128*64 + 4*64)
#   + 5*64*64 + 4*64 + (64+1)*21 = 354933
# expect: layers=33 edges=36 parameters=354933
import os
from glob import glob

import cv2
import numpy as np
import tensorflow as tf
from scipy.io import loadmat
from tensorflow import keras
from tensorflow.keras import layers

IMAGE_SIZE = 256
NUM_CLASSES = 21
DATA_DIR = "./instance-level_human_parsing/Training"
train_images = sorted(glob(os.path.join(DATA_DIR, "Images/*")))[:1000]
train_masks = sorted(glob(os.path.join(DATA_DIR, "Category_ids/*")))[:1000]


def read_image(image_path, mask=False):
    image = tf.io.read_file(image_path)
    image = tf.image.decode_png(image, channels=1 if mask else 3)
    image.set_shape([None, None, 1 if mask else 3])
    return tf.image.resize(images=image, size=[IMAGE_SIZE, IMAGE_SIZE])


def load_data(image_list, mask_list):
    return read_image(image_list), read_image(mask_list, mask=True)


train_dataset = tf.data.Dataset.from_tensor_slices((train_images, train_masks))
train_dataset = train_dataset.map(load_data).batch(4, drop_remainder=True)


def convolution_block(block_input, num_filters=64, kernel_size=3, dilation_rate=1, strides=1,
                      use_bias=False):
    x = layers.Conv2D(num_filters, kernel_size=kernel_size, dilation_rate=dilation_rate,
                      strides=strides, padding="same", use_bias=use_bias,
                      kernel_initializer=keras.initializers.HeNormal())(block_input)
    x = layers.BatchNormalization()(x)
    return tf.nn.relu(x)


def spatial_pyramid_pooling(dspp_input):
    dims = dspp_input.shape
    x = layers.AveragePooling2D(pool_size=(dims[-3], dims[-2]))(dspp_input)
    x = convolution_block(x, kernel_size=1, use_bias=True)
    out_pool = layers.UpSampling2D(size=(dims[-3] // x.shape[1], dims[-2] // x.shape[2]),
                                   interpolation="bilinear")(x)
    out_1 = convolution_block(dspp_input, kernel_size=1, dilation_rate=1)
    out_6 = convolution_block(dspp_input, kernel_size=3, dilation_rate=6)
    out_12 = convolution_block(dspp_input, kernel_size=3, dilation_rate=12)
    out_18 = convolution_block(dspp_input, kernel_size=3, dilation_rate=18)
    x = layers.Concatenate(axis=-1)([out_pool, out_1, out_6, out_12, out_18])
    return convolution_block(x, kernel_size=1)


def segmenter(image_size, num_classes):
    model_input = keras.Input(shape=(image_size, image_size, 3))
    x = model_input
    for filters in (32, 64, 128):
        x = convolution_block(x, filters, strides=2)
    x = spatial_pyramid_pooling(x)
    x = layers.UpSampling2D(size=(8, 8), interpolation="bilinear")(x)
    model_output = layers.Conv2D(num_classes, kernel_size=(1, 1), padding="same")(x)
    return keras.Model(inputs=model_input, outputs=model_output)


model = segmenter(image_size=IMAGE_SIZE, num_classes=NUM_CLASSES)
model.summary()
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001), loss=loss, metrics=["accuracy"])
history = model.fit(train_dataset, epochs=25)
colormap = loadmat("./instance-level_human_parsing/human_colormap.mat")["colormap"] * 100
cv2.imwrite("colours.png", colormap.astype(np.uint8))
