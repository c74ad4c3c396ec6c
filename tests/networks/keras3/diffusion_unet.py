# The noise predictor of a diffusion model: a U-Net with residual blocks and an embedding of the noise's level, in keras.ops.
# dialect: keras3
# Two inputs; the level's embedding as a Lambda and its nearest-neighbour upsampling; a 1x1 convolution of the picture; concatenation.
# Down: three steps of two residual blocks and a pooling. Bottom: two residual blocks. Up: three steps of upsampling and two times
# concatenation and residual block. A last convolution.
# A residual block is norm, conv, conv, add: 4 calls, and a 1x1 convolution where the width changes: in the first of each step down
# (64 = 32 + 32 to 32, 32 to 64, 64 to 96), in the first at the bottom, in both of every step up.
# layers: 2 + 2 + 1 + 1 + (3*(2*4 + 1) + 3) + (2*4 + 1) + 3*(1 + 2*(1 + 5)) + 1 = 85
# One tensor each; the first concatenation two, every addition two (6 + 2 + 6), each of the six concatenations up two.
# edges: 85 - 2 + 1 + 14 + 6 = 104
# Norm without scale and shift keeps mean and variance alone: 2c. Blocks down: 64->32, 32->32, 32->64, 64->64, 64->96, 96->96; bottom 96->128, 128->128;
# up to 96 from 128+96 and 96+96, to 64 from 96+64 and 64+64, to 32 from 64+32 and 32+32.
# parameters: (3+1)*32
#   + 2*64 + (64+1)*32 + (9*64+1)*32 + (9*32+1)*32
#   + 2*32 + (9*32+1)*32 + (9*32+1)*32
#   + 2*32 + (32+1)*64 + (9*32+1)*64 + (9*64+1)*64
#   + 2*64 + (9*64+1)*64 + (9*64+1)*64
#   + 2*64 + (64+1)*96 + (9*64+1)*96 + (9*96+1)*96
#   + 2*96 + (9*96+1)*96 + (9*96+1)*96
#   + 2*96 + (96+1)*128 + (9*96+1)*128 + (9*128+1)*128
#   + 2*128 + (9*128+1)*128 + (9*128+1)*128
#   + 2*224 + (224+1)*96 + (9*224+1)*96 + (9*96+1)*96
#   + 2*192 + (192+1)*96 + (9*192+1)*96 + (9*96+1)*96
#   + 2*160 + (160+1)*64 + (9*160+1)*64 + (9*64+1)*64
#   + 2*128 + (128+1)*64 + (9*128+1)*64 + (9*64+1)*64
#   + 2*96 + (96+1)*32 + (9*96+1)*32 + (9*32+1)*32
#   + 2*64 + (64+1)*32 + (9*64+1)*32 + (9*32+1)*32
#   + (32+1)*3 = 1953507
# expect: layers=85 edges=104 parameters=1953507
import math

import keras
import matplotlib.pyplot as plt
import tensorflow_datasets as tfds
from keras import layers, ops

image_size = 64
widths = [32, 64, 96, 128]
block_depth = 2
embedding_dims = 32


def preprocess_image(record):
    image = ops.image.resize(record["image"], size=[image_size, image_size], antialias=True)
    return ops.clip(image / 255.0, 0.0, 1.0)


train_dataset = tfds.load("oxford_flowers102", split="train[:80%]", shuffle_files=True)
train_dataset = train_dataset.map(preprocess_image).cache().repeat(5).batch(64, drop_remainder=True)


def sinusoidal_embedding(x):
    frequencies = ops.exp(ops.linspace(ops.log(1.0), ops.log(1000.0), embedding_dims // 2))
    angular_speeds = ops.cast(2.0 * math.pi * frequencies, "float32")
    return ops.concatenate([ops.sin(angular_speeds * x), ops.cos(angular_speeds * x)], axis=3)


def ResidualBlock(width):
    def apply(x):
        residual = x if x.shape[3] == width else layers.Conv2D(width, kernel_size=1)(x)
        x = layers.BatchNormalization(center=False, scale=False)(x)
        x = layers.Conv2D(width, kernel_size=3, padding="same", activation="swish")(x)
        x = layers.Conv2D(width, kernel_size=3, padding="same")(x)
        return layers.Add()([x, residual])
    return apply


def DownBlock(width):
    def apply(x):
        x, skips = x
        for _ in range(block_depth):
            x = ResidualBlock(width)(x)
            skips.append(x)
        return layers.AveragePooling2D(pool_size=2)(x)
    return apply


def UpBlock(width):
    def apply(x):
        x, skips = x
        x = layers.UpSampling2D(size=2, interpolation="bilinear")(x)
        for _ in range(block_depth):
            x = layers.Concatenate()([x, skips.pop()])
            x = ResidualBlock(width)(x)
        return x
    return apply


def get_network():
    noisy_images = keras.Input(shape=(image_size, image_size, 3), name="noisy_images")
    noise_variances = keras.Input(shape=(1, 1, 1), name="noise_variances")
    e = layers.Lambda(sinusoidal_embedding, output_shape=(1, 1, 32))(noise_variances)
    e = layers.UpSampling2D(size=image_size, interpolation="nearest")(e)
    x = layers.Conv2D(widths[0], kernel_size=1)(noisy_images)
    x = layers.Concatenate()([x, e])
    skips = []
    for width in widths[:-1]:
        x = DownBlock(width)([x, skips])
    for _ in range(block_depth):
        x = ResidualBlock(widths[-1])(x)
    for width in reversed(widths[:-1]):
        x = UpBlock(width)([x, skips])
    x = layers.Conv2D(3, kernel_size=1, kernel_initializer="zeros")(x)
    return keras.Model([noisy_images, noise_variances], x, name="residual_unet")


class DiffusionModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.normalizer = layers.Normalization()
        self.network = get_network()
        self.ema_network = keras.models.clone_model(self.network)

    def denoise(self, noisy_images, noise_rates, signal_rates, training):
        network = self.network if training else self.ema_network
        pred_noises = network([noisy_images, noise_rates ** 2], training=training)
        return pred_noises, (noisy_images - noise_rates * pred_noises) / signal_rates

    def plot_images(self, epoch=None, logs=None, num_rows=3):
        plt.figure(figsize=(12, num_rows * 2.0))
        plt.tight_layout()
        plt.show()


model = DiffusionModel()
model.network.summary()
model.compile(optimizer=keras.optimizers.AdamW(1e-3), loss=keras.losses.mean_absolute_error)
model.normalizer.adapt(train_dataset)
model.fit(train_dataset, epochs=50,
          callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=model.plot_images)])
