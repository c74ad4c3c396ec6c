"""U-Net: segmentation with skip connections"""

import keras
from keras import layers


def double_conv(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)


def down(x, filters):
    skip = double_conv(x, filters)
    return layers.MaxPooling2D(2)(skip), skip


def up(x, skip, filters):
    x = layers.Conv2DTranspose(filters, 2, strides=2, padding="same")(x)
    x = layers.Concatenate()([skip, x])
    return double_conv(x, filters)


def unet(shape=(256, 256, 1), widths=(64, 128, 256, 512), bottom=1024):
    image = keras.Input(shape, name="image")
    x, skips = image, []
    for filters in widths:
        x, skip = down(x, filters)
        skips.append(skip)
    x = double_conv(x, bottom)
    for filters, skip in zip(reversed(widths), reversed(skips)):
        x = up(x, skip, filters)
    mask = layers.Conv2D(1, 1, activation="sigmoid", name="mask")(x)
    return keras.Model(image, mask, name="unet")


model = unet()
