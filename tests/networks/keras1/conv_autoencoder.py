# A convolutional autoencoder of Keras 1 and, as a second model, the encoder that is its first half.
# dialect: keras1
# counts autoencoder, preselected
# Input, three convolutions with poolings, four convolutions with three upsamplings between: 28 14 7 4 | 8 16 14 28.
# layers: 1 + 6 + 7 = 14
# edges: 14 - 1 = 13
# parameters: (9*1+1)*16 + (9*16+1)*8 + (9*8+1)*8 + (9*8+1)*8 + (9*8+1)*8 + (9*8+1)*16 + (9*16+1)*1 = 4385
# expect autoencoder: layers=14 edges=13 parameters=4385
# counts encoder
# layers: 1 + 6 = 7
# edges: 7 - 1 = 6
# parameters: (9*1+1)*16 + (9*16+1)*8 + (9*8+1)*8 = 1904
# expect encoder: layers=7 edges=6 parameters=1904
from keras.layers import Input, Convolution2D, MaxPooling2D, UpSampling2D
from keras.models import Model
from keras.datasets import mnist
from keras.callbacks import TensorBoard
import matplotlib.pyplot as plt
import numpy as np

input_img = Input(shape=(28, 28, 1))

x = Convolution2D(16, 3, 3, activation='relu', border_mode='same')(input_img)
x = MaxPooling2D((2, 2), border_mode='same')(x)
x = Convolution2D(8, 3, 3, activation='relu', border_mode='same')(x)
x = MaxPooling2D((2, 2), border_mode='same')(x)
x = Convolution2D(8, 3, 3, activation='relu', border_mode='same')(x)
encoded = MaxPooling2D((2, 2), border_mode='same')(x)

x = Convolution2D(8, 3, 3, activation='relu', border_mode='same')(encoded)
x = UpSampling2D((2, 2))(x)
x = Convolution2D(8, 3, 3, activation='relu', border_mode='same')(x)
x = UpSampling2D((2, 2))(x)
x = Convolution2D(16, 3, 3, activation='relu')(x)
x = UpSampling2D((2, 2))(x)
decoded = Convolution2D(1, 3, 3, activation='sigmoid', border_mode='same')(x)

autoencoder = Model(input=input_img, output=decoded)
autoencoder.compile(optimizer='adadelta', loss='binary_crossentropy')
encoder = Model(input=input_img, output=encoded)

(x_train, _), (x_test, _) = mnist.load_data()
x_train = np.reshape(x_train.astype('float32') / 255., (len(x_train), 28, 28, 1))
x_test = np.reshape(x_test.astype('float32') / 255., (len(x_test), 28, 28, 1))

autoencoder.fit(x_train, x_train, nb_epoch=50, batch_size=128, shuffle=True,
                validation_data=(x_test, x_test),
                callbacks=[TensorBoard(log_dir='/tmp/autoencoder')])
decoded_imgs = autoencoder.predict(x_test)
n = 10
plt.figure(figsize=(20, 4))
for i in range(n):
    ax = plt.subplot(2, n, i + 1)
    plt.imshow(x_test[i].reshape(28, 28))
    plt.gray()
    ax.get_xaxis().set_visible(False)
    ax = plt.subplot(2, n, i + 1 + n)
    plt.imshow(decoded_imgs[i].reshape(28, 28))
plt.show()
