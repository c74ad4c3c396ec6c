# A capsule network with layers of its own making: capsules with routing, the mask, the length.
# dialect: keras2
# counts train_model, preselected
# Image and label inputs; convolution, primary convolution, reshape, squash, capsules, length, mask; the decoder's four layers.
# layers: 2 + 7 + 4 = 13
# The mask takes the capsules and the label.
# edges: 5 + 1 + 2 + 4 = 12
# 28 -> 20 -> 6; 6*6*32 = 1152 primary capsules of 8 numbers.
# parameters: (81*1+1)*256 + (81*256+1)*256 + 10*1152*16*8 + (160+1)*512 + (512+1)*1024 + (1024+1)*784 = 8215568
# expect train_model: layers=13 edges=12 parameters=8215568
# counts eval_model
# Without the label, so the mask takes one.
# layers: 1 + 7 + 4 = 12
# edges: 5 + 1 + 1 + 4 = 11
# parameters: (81*1+1)*256 + (81*256+1)*256 + 10*1152*16*8 + (160+1)*512 + (512+1)*1024 + (1024+1)*784 = 8215568
# expect eval_model: layers=12 edges=11 parameters=8215568
import argparse
import os

import keras.backend as K
import numpy as np
import tensorflow as tf
from keras import callbacks, initializers, layers, models, optimizers
from keras.datasets import mnist
from keras.utils import to_categorical


def squash(vectors, axis=-1):
    s_squared_norm = K.sum(K.square(vectors), axis, keepdims=True)
    scale = s_squared_norm / (1 + s_squared_norm) / K.sqrt(s_squared_norm + K.epsilon())
    return scale * vectors


class Length(layers.Layer):
    def call(self, inputs, **kwargs):
        return K.sqrt(K.sum(K.square(inputs), -1) + K.epsilon())

    def compute_output_shape(self, input_shape):
        return input_shape[:-1]


class Mask(layers.Layer):
    def call(self, inputs, **kwargs):
        if isinstance(inputs, (list, tuple)):
            inputs, mask = inputs
        else:
            x = K.sqrt(K.sum(K.square(inputs), -1))
            mask = tf.one_hot(tf.argmax(x, 1), 10)
        return K.batch_flatten(inputs * K.expand_dims(mask, -1))


class CapsuleLayer(layers.Layer):
    def __init__(self, num_capsule, dim_capsule, routings=3, **kwargs):
        super(CapsuleLayer, self).__init__(**kwargs)
        self.num_capsule = num_capsule
        self.dim_capsule = dim_capsule
        self.routings = routings
        self.kernel_initializer = initializers.get('glorot_uniform')

    def build(self, input_shape):
        self.input_num_capsule = input_shape[1]
        self.input_dim_capsule = input_shape[2]
        self.W = self.add_weight(shape=[self.num_capsule, self.input_num_capsule,
                                        self.dim_capsule, self.input_dim_capsule],
                                 initializer=self.kernel_initializer, name='W')
        self.built = True

    def call(self, inputs, training=None):
        inputs_hat = tf.einsum('jidk,bik->bjid', self.W, inputs)
        b = tf.zeros_like(inputs_hat[..., 0])
        for i in range(self.routings):
            c = tf.nn.softmax(b, axis=1)
            outputs = squash(tf.einsum('bji,bjid->bjd', c, inputs_hat))
            if i < self.routings - 1:
                b += tf.einsum('bjd,bjid->bji', outputs, inputs_hat)
        return outputs


def CapsNet(input_shape, n_class, routings):
    x = layers.Input(shape=input_shape)
    conv1 = layers.Conv2D(filters=256, kernel_size=9, strides=1, padding='valid',
                          activation='relu', name='conv1')(x)
    primary = layers.Conv2D(filters=8 * 32, kernel_size=9, strides=2, name='primarycap_conv2d')(conv1)
    primary = layers.Reshape(target_shape=[-1, 8], name='primarycap_reshape')(primary)
    primary = layers.Lambda(squash, name='primarycap_squash')(primary)
    digitcaps = CapsuleLayer(num_capsule=n_class, dim_capsule=16, routings=routings,
                             name='digitcaps')(primary)
    out_caps = Length(name='capsnet')(digitcaps)

    y = layers.Input(shape=(n_class,))
    masked_by_y = Mask()([digitcaps, y])
    masked = Mask()(digitcaps)
    decoder = models.Sequential(name='decoder')
    decoder.add(layers.Dense(512, activation='relu', input_dim=16 * n_class))
    decoder.add(layers.Dense(1024, activation='relu'))
    decoder.add(layers.Dense(np.prod(input_shape), activation='sigmoid'))
    decoder.add(layers.Reshape(target_shape=input_shape, name='out_recon'))
    train_model = models.Model([x, y], [out_caps, decoder(masked_by_y)])
    eval_model = models.Model(x, [out_caps, decoder(masked)])
    return train_model, eval_model


def margin_loss(y_true, y_pred):
    L = y_true * K.square(K.maximum(0., 0.9 - y_pred)) + \
        0.5 * (1 - y_true) * K.square(K.maximum(0., y_pred - 0.1))
    return K.mean(K.sum(L, 1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Capsule Network on MNIST.")
    parser.add_argument('--epochs', default=50, type=int)
    parser.add_argument('--batch_size', default=100, type=int)
    parser.add_argument('-r', '--routings', default=3, type=int)
    parser.add_argument('--save_dir', default='./result')
    args = parser.parse_args()
    if not os.path.exists(args.save_dir):
        os.makedirs(args.save_dir)
    (x_train, y_train), (x_test, y_test) = mnist.load_data()
    x_train = x_train.reshape(-1, 28, 28, 1).astype('float32') / 255.
    y_train = to_categorical(y_train.astype('float32'))
    train_model, eval_model = CapsNet(input_shape=x_train.shape[1:],
                                      n_class=10,
                                      routings=args.routings)
    train_model.compile(optimizer=optimizers.Adam(lr=0.001), loss=[margin_loss, 'mse'],
                        loss_weights=[1., 0.392], metrics={'capsnet': 'accuracy'})
    train_model.fit([x_train, y_train], [y_train, x_train], batch_size=args.batch_size,
                    epochs=args.epochs, callbacks=[callbacks.CSVLogger(args.save_dir + '/log.csv')])
    train_model.save_weights(args.save_dir + '/trained_model.h5')
