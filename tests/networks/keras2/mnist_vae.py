# A variational autoencoder with a Lambda for the sample: encoder, decoder and the whole, drawn from one script.
# dialect: keras2
# The whole: input, the encoder's four calls (dense, mean, variance, sample), the decoder's two.
# counts vae, preselected
# layers: 1 + 4 + 2 = 7
# The mean and the variance both come from the hidden layer and both go to the sample.
# edges: 1 + 1 + 1 + 2 + 1 + 1 = 7
# parameters: (784+1)*512 + 2*(512+1)*2 + (2+1)*512 + (512+1)*784 = 807700
# expect vae: layers=7 edges=7 parameters=807700
# counts encoder
# layers: 5 = 5
# edges: 1 + 1 + 1 + 2 = 5
# parameters: (784+1)*512 + 2*(512+1)*2 = 403972
# expect encoder: layers=5 edges=5 parameters=403972
# counts decoder
# layers: 3 = 3
# edges: 2 = 2
# parameters: (2+1)*512 + (512+1)*784 = 403728
# expect decoder: layers=3 edges=2 parameters=403728
import argparse
import os

import matplotlib.pyplot as plt
import numpy as np
from keras import backend as K
from keras.datasets import mnist
from keras.layers import Dense, Input, Lambda
from keras.losses import binary_crossentropy, mse
from keras.models import Model
from keras.utils import plot_model


def sampling(args):
    z_mean, z_log_var = args
    batch = K.shape(z_mean)[0]
    dim = K.int_shape(z_mean)[1]
    epsilon = K.random_normal(shape=(batch, dim))
    return z_mean + K.exp(0.5 * z_log_var) * epsilon


def plot_results(models, images, batch_size=128, model_name="vae_mnist"):
    encoder, decoder = models
    x_test, y_test = images
    os.makedirs(model_name, exist_ok=True)
    z_mean, _, _ = encoder.predict(x_test, batch_size=batch_size)
    plt.figure(figsize=(12, 10))
    plt.scatter(z_mean[:, 0], z_mean[:, 1], c=y_test)
    plt.colorbar()
    plt.savefig(os.path.join(model_name, "vae_mean.png"))
    plt.show()


(x_train, y_train), (x_test, y_test) = mnist.load_data()
image_size = x_train.shape[1]
original_dim = image_size * image_size
x_train = np.reshape(x_train, [-1, original_dim]).astype("float32") / 255
x_test = np.reshape(x_test, [-1, original_dim]).astype("float32") / 255

intermediate_dim = 512
latent_dim = 2

inputs = Input(shape=(original_dim,), name="encoder_input")
x = Dense(intermediate_dim, activation="relu")(inputs)
z_mean = Dense(latent_dim, name="z_mean")(x)
z_log_var = Dense(latent_dim, name="z_log_var")(x)
z = Lambda(sampling, output_shape=(latent_dim,), name="z")([z_mean, z_log_var])
encoder = Model(inputs, [z_mean, z_log_var, z], name="encoder")
encoder.summary()
plot_model(encoder, to_file="vae_mlp_encoder.png", show_shapes=True)

latent_inputs = Input(shape=(latent_dim,), name="z_sampling")
x = Dense(intermediate_dim, activation="relu")(latent_inputs)
outputs = Dense(original_dim, activation="sigmoid")(x)
decoder = Model(latent_inputs, outputs, name="decoder")
decoder.summary()

outputs = decoder(encoder(inputs)[2])
vae = Model(inputs, outputs, name="vae")

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("-w", "--weights", help="load h5 model trained weights")
    parser.add_argument("-m", "--mse", help="use mse loss", action="store_true")
    args = parser.parse_args()
    loss = mse(inputs, outputs) if args.mse else binary_crossentropy(inputs, outputs)
    loss *= original_dim
    kl_loss = -0.5 * K.sum(1 + z_log_var - K.square(z_mean) - K.exp(z_log_var), axis=-1)
    vae.add_loss(K.mean(loss + kl_loss))
    vae.compile(optimizer="adam")
    if args.weights:
        vae.load_weights(args.weights)
    else:
        vae.fit(x_train, epochs=50, batch_size=128, validation_data=(x_test, None))
        vae.save_weights("vae_mlp_mnist.h5")
    plot_results((encoder, decoder), (x_test, y_test))
