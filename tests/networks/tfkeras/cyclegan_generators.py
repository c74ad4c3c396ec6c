# CycleGAN: two generators of nine residual blocks over a reflection padding layer of its own, two discriminators.
# dialect: tfkeras
# counts G
# Input; padding, conv, norm, relu; two downs of three; nine blocks of pad-conv-norm-relu-pad-conv-norm-add; two ups of three; padding, conv, tanh.
# layers: 1 + 4 + 2*3 + 9*8 + 2*3 + 3 = 92
# edges: 92 - 1 + 9 = 100
# GroupNormalization with one group a channel, scale and shift: 2 numbers a channel. No convolution but the last has a bias.
# parameters: 49*3*64 + 2*64 + 9*64*128 + 2*128 + 9*128*256 + 2*256
#   + 9*2*(9*256*256 + 2*256)
#   + 9*256*128 + 2*128 + 9*128*64 + 2*64 + (49*64+1)*3 = 11383427
# expect G: layers=92 edges=100 parameters=11383427
# counts DX
# Input, conv-leaky, three of conv-norm-leaky, conv.
# layers: 1 + 2 + 3*3 + 1 = 13
# edges: 12 = 12
# parameters: (16*3+1)*64 + 16*64*128 + 2*128 + 16*128*256 + 2*256 + 16*256*512 + 2*512 + (16*512+1)*1 = 2765633
# expect DX: layers=13 edges=12 parameters=2765633
import os

import tensorflow as tf
import tensorflow_datasets as tfds
from tensorflow import keras
from tensorflow.keras import layers

autotune = tf.data.AUTOTUNE
dataset, _ = tfds.load("cycle_gan/horse2zebra", with_info=True, as_supervised=True)
train_horses, train_zebras = dataset["trainA"], dataset["trainB"]
input_img_size = (256, 256, 3)


def normalize_img(img, label):
    img = tf.image.resize(tf.cast(img, tf.float32), [286, 286])
    return tf.image.random_crop(img, size=[*input_img_size]) / 127.5 - 1.0


train_horses = train_horses.map(normalize_img, num_parallel_calls=autotune).batch(1)
train_zebras = train_zebras.map(normalize_img, num_parallel_calls=autotune).batch(1)


class ReflectionPadding2D(layers.Layer):
    """Pads by reflection, so that borders stay quiet."""

    def __init__(self, padding=(1, 1), **kwargs):
        self.padding = tuple(padding)
        super().__init__(**kwargs)

    def call(self, input_tensor, mask=None):
        w, h = self.padding
        return tf.pad(input_tensor, [[0, 0], [h, h], [w, w], [0, 0]], mode="REFLECT")


def norm():
    return layers.GroupNormalization(groups=-1)


def residual_block(x):
    dim = x.shape[-1]
    y = x
    for i in range(2):
        y = ReflectionPadding2D()(y)
        y = layers.Conv2D(dim, (3, 3), padding="valid", use_bias=False)(y)
        y = norm()(y)
        if i == 0:
            y = layers.Activation("relu")(y)
    return layers.add([x, y])


def get_generator(filters=64, blocks=9, name=None):
    img_input = layers.Input(shape=input_img_size)
    x = ReflectionPadding2D(padding=(3, 3))(img_input)
    x = layers.Conv2D(filters, (7, 7), use_bias=False)(x)
    x = layers.Activation("relu")(norm()(x))
    for _ in range(2):
        filters *= 2
        x = layers.Conv2D(filters, (3, 3), strides=(2, 2), padding="same", use_bias=False)(x)
        x = layers.Activation("relu")(norm()(x))
    for _ in range(blocks):
        x = residual_block(x)
    for _ in range(2):
        filters //= 2
        x = layers.Conv2DTranspose(filters, (3, 3), strides=(2, 2), padding="same",
                                   use_bias=False)(x)
        x = layers.Activation("relu")(norm()(x))
    x = ReflectionPadding2D(padding=(3, 3))(x)
    x = layers.Conv2D(3, (7, 7), padding="valid")(x)
    x = layers.Activation("tanh")(x)
    return keras.models.Model(img_input, x, name=name)


def get_discriminator(filters=64, name=None):
    img_input = layers.Input(shape=input_img_size)
    x = layers.Conv2D(filters, (4, 4), strides=(2, 2), padding="same")(img_input)
    x = layers.LeakyReLU(0.2)(x)
    for i in range(3):
        filters *= 2
        x = layers.Conv2D(filters, (4, 4), strides=(2, 2) if i < 2 else (1, 1), padding="same",
                          use_bias=False)(x)
        x = layers.LeakyReLU(0.2)(norm()(x))
    x = layers.Conv2D(1, (4, 4), strides=(1, 1), padding="same")(x)
    return keras.models.Model(inputs=img_input, outputs=x, name=name)


G = get_generator(name="generator_G")
F = get_generator(name="generator_F")
DX = get_discriminator(name="discriminator_X")
DY = get_discriminator(name="discriminator_Y")


class CycleGan(keras.Model):
    def __init__(self, generator_G, generator_F, discriminator_X, discriminator_Y):
        super().__init__()
        self.gen_G, self.gen_F = generator_G, generator_F
        self.disc_X, self.disc_Y = discriminator_X, discriminator_Y

    def compile(self, gen_optimizer, disc_optimizer):
        super().compile()
        self.gen_optimizer, self.disc_optimizer = gen_optimizer, disc_optimizer

    def train_step(self, batch_data):
        real_x, real_y = batch_data
        with tf.GradientTape() as tape:
            cycled = self.gen_F(self.gen_G(real_x, training=True), training=True)
            loss = tf.reduce_mean(tf.abs(real_x - cycled))
        grads = tape.gradient(loss, self.gen_G.trainable_variables)
        self.gen_optimizer.apply_gradients(zip(grads, self.gen_G.trainable_variables))
        return {"G_loss": loss}


cycle_gan_model = CycleGan(G, F, DX, DY)
cycle_gan_model.compile(keras.optimizers.Adam(2e-4), keras.optimizers.Adam(2e-4))
cycle_gan_model.fit(tf.data.Dataset.zip((train_horses, train_zebras)), epochs=1)
cycle_gan_model.save_weights(os.path.join("checkpoints", "cyclegan.weights.h5"))
