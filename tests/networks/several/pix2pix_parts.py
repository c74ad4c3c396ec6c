# Image to image: a generator and a discriminator from functions, made of small Sequentials; no model contains the other.
# dialect: tfkeras
# Generator: input; five down Sequentials (conv, leaky; normalisation in all but the first), four up Sequentials (transposed convolution,
# normalisation, relu; dropout in the first) each followed by a concatenation; the last transposed convolution.
# counts generator, preselected
# layers: 1 + (2 + 4*3) + (4 + 3*3) + 4 + 1 = 33
# Each concatenation takes two.
# edges: 33 - 1 + 4 = 36
# parameters: 16*3*64 + 16*64*128 + 4*128 + 16*128*256 + 4*256 + 16*256*512 + 4*512 + 16*512*512 + 4*512
#   + 16*512*512 + 4*512 + 16*1024*256 + 4*256 + 16*512*128 + 4*128 + 16*256*64 + 4*64
#   + 16*128*3 + 3 = 16664835
# expect generator: layers=33 edges=36 parameters=16664835
# Discriminator: two inputs, concatenation, three downs, padding, convolution, normalisation, leaky, padding, convolution.
# counts discriminator
# layers: 2 + 1 + (2 + 3 + 3) + 6 = 17
# edges: 17 - 2 + 1 = 16
# parameters: 16*6*64 + 16*64*128 + 4*128 + 16*128*256 + 4*256 + 16*256*512 + 4*512 + 16*512 + 1 = 2770433
# expect discriminator: layers=17 edges=16 parameters=2770433
import datetime
import os
import pathlib
import time

import tensorflow as tf
from IPython import display
from matplotlib import pyplot as plt

OUTPUT_CHANNELS = 3
LAMBDA = 100
PATH = pathlib.Path(tf.keras.utils.get_file(
    fname="facades.tar.gz", origin="https://example.org/facades.tar.gz", extract=True)).parent


def load(image_file):
    image = tf.io.decode_jpeg(tf.io.read_file(image_file))
    w = tf.shape(image)[1] // 2
    return tf.cast(image[:, w:, :], tf.float32), tf.cast(image[:, :w, :], tf.float32)


train_dataset = tf.data.Dataset.list_files(str(PATH / 'train/*.jpg'))
train_dataset = train_dataset.map(load, num_parallel_calls=tf.data.AUTOTUNE).shuffle(400).batch(1)


def downsample(filters, size, apply_batchnorm=True):
    initializer = tf.random_normal_initializer(0., 0.02)
    result = tf.keras.Sequential()
    result.add(tf.keras.layers.Conv2D(filters, size, strides=2, padding='same',
                                      kernel_initializer=initializer, use_bias=False))
    if apply_batchnorm:
        result.add(tf.keras.layers.BatchNormalization())
    result.add(tf.keras.layers.LeakyReLU())
    return result


def upsample(filters, size, apply_dropout=False):
    initializer = tf.random_normal_initializer(0., 0.02)
    result = tf.keras.Sequential()
    result.add(tf.keras.layers.Conv2DTranspose(filters, size, strides=2, padding='same',
                                               kernel_initializer=initializer, use_bias=False))
    result.add(tf.keras.layers.BatchNormalization())
    if apply_dropout:
        result.add(tf.keras.layers.Dropout(0.5))
    result.add(tf.keras.layers.ReLU())
    return result


def Generator():
    inputs = tf.keras.layers.Input(shape=[128, 128, 3])
    down_stack = [downsample(64, 4, apply_batchnorm=False), downsample(128, 4), downsample(256, 4),
                  downsample(512, 4), downsample(512, 4)]
    up_stack = [upsample(512, 4, apply_dropout=True), upsample(256, 4), upsample(128, 4),
                upsample(64, 4)]
    last = tf.keras.layers.Conv2DTranspose(OUTPUT_CHANNELS, 4, strides=2, padding='same',
                                           activation='tanh')
    x = inputs
    skips = []
    for down in down_stack:
        x = down(x)
        skips.append(x)
    for up, skip in zip(up_stack, reversed(skips[:-1])):
        x = up(x)
        x = tf.keras.layers.Concatenate()([x, skip])
    return tf.keras.Model(inputs=inputs, outputs=last(x))


def Discriminator():
    inp = tf.keras.layers.Input(shape=[128, 128, 3], name='input_image')
    tar = tf.keras.layers.Input(shape=[128, 128, 3], name='target_image')
    x = tf.keras.layers.concatenate([inp, tar])
    x = downsample(256, 4)(downsample(128, 4)(downsample(64, 4, False)(x)))
    x = tf.keras.layers.ZeroPadding2D()(x)
    x = tf.keras.layers.Conv2D(512, 4, strides=1, use_bias=False)(x)
    x = tf.keras.layers.BatchNormalization()(x)
    x = tf.keras.layers.LeakyReLU()(x)
    x = tf.keras.layers.ZeroPadding2D()(x)
    last = tf.keras.layers.Conv2D(1, 4, strides=1)(x)
    return tf.keras.Model(inputs=[inp, tar], outputs=last)


generator = Generator()
discriminator = Discriminator()
tf.keras.utils.plot_model(generator, show_shapes=True, dpi=64)
loss_object = tf.keras.losses.BinaryCrossentropy(from_logits=True)
generator_optimizer = tf.keras.optimizers.Adam(2e-4, beta_1=0.5)
discriminator_optimizer = tf.keras.optimizers.Adam(2e-4, beta_1=0.5)
checkpoint = tf.train.Checkpoint(generator=generator, discriminator=discriminator)
log_dir = "logs/fit/" + datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
summary_writer = tf.summary.create_file_writer(log_dir)


@tf.function
def train_step(input_image, target, step):
    with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
        gen_output = generator(input_image, training=True)
        disc_real = discriminator([input_image, target], training=True)
        disc_fake = discriminator([input_image, gen_output], training=True)
        gan_loss = loss_object(tf.ones_like(disc_fake), disc_fake)
        gen_loss = gan_loss + LAMBDA * tf.reduce_mean(tf.abs(target - gen_output))
        disc_loss = loss_object(tf.ones_like(disc_real), disc_real) + loss_object(
            tf.zeros_like(disc_fake), disc_fake)
    gen_grads = gen_tape.gradient(gen_loss, generator.trainable_variables)
    disc_grads = disc_tape.gradient(disc_loss, discriminator.trainable_variables)
    generator_optimizer.apply_gradients(zip(gen_grads, generator.trainable_variables))
    discriminator_optimizer.apply_gradients(zip(disc_grads, discriminator.trainable_variables))


for step, (input_image, target) in train_dataset.repeat().take(40000).enumerate():
    if step % 1000 == 0:
        display.clear_output(wait=True)
        print(f"Step: {step // 1000}k")
    train_step(input_image, target, step)
    if (step + 1) % 5000 == 0:
        checkpoint.save(file_prefix=os.path.join('./training_checkpoints', 'ckpt'))
