# Faces by triplet loss: one embedding network on anchor, positive and negative, the three results side by side.
# dialect: keras2
# counts triplet_model, preselected
# The embedding network is a Sequential of seven layers, called three times.
# layers: 3 + 3*7 + 1 = 25
# edges: 3*7 + 3 = 24
# Two poolings: 64 -> 16.
# parameters: (9*3+1)*32 + (9*32+1)*64 + (16*16*64+1)*128 = 2116672
# expect triplet_model: layers=25 edges=24 parameters=2116672
# counts embedding_model
# layers: 1 + 7 = 8
# edges: 7 = 7
# parameters: (9*3+1)*32 + (9*32+1)*64 + (16*16*64+1)*128 = 2116672
# expect embedding_model: layers=8 edges=7 parameters=2116672
import os
import numpy as np
from keras import backend as K
from keras.layers import Conv2D, Dense, Flatten, Input, Lambda, MaxPooling2D, concatenate
from keras.models import Model, Sequential
from keras.optimizers import Adam
from keras.preprocessing.image import img_to_array, load_img
from tqdm import tqdm

EMBEDDING = 128
ALPHA = 0.2


def create_embedding_network(shape):
    net = Sequential(name='embedding')
    net.add(Conv2D(32, (3, 3), activation='relu', padding='same', input_shape=shape))
    net.add(MaxPooling2D())
    net.add(Conv2D(64, (3, 3), activation='relu', padding='same'))
    net.add(MaxPooling2D())
    net.add(Flatten())
    net.add(Dense(EMBEDDING))
    net.add(Lambda(lambda t: K.l2_normalize(t, axis=1)))
    return net


def triplet_loss(y_true, y_pred):
    anchor, positive, negative = (y_pred[:, i * EMBEDDING:(i + 1) * EMBEDDING] for i in range(3))
    pos_dist = K.sum(K.square(anchor - positive), axis=1)
    neg_dist = K.sum(K.square(anchor - negative), axis=1)
    return K.maximum(pos_dist - neg_dist + ALPHA, 0.0)


def triplet_generator(folder, batch_size=32):
    people = sorted(os.listdir(folder))
    while True:
        batch = np.zeros((3, batch_size, 64, 64, 3))
        for i in range(batch_size):
            same, other = np.random.choice(people, 2, replace=False)
            for j, person in enumerate((same, same, other)):
                picture = np.random.choice(os.listdir(os.path.join(folder, person)))
                img = load_img(os.path.join(folder, person, picture), target_size=(64, 64))
                batch[j, i] = img_to_array(img) / 255.
        yield list(batch), np.zeros((batch_size, 3 * EMBEDDING))


shape = (64, 64, 3)
embedding_model = create_embedding_network(shape)
anchor = Input(shape, name='anchor')
positive = Input(shape, name='positive')
negative = Input(shape, name='negative')
embedded = [embedding_model(t) for t in (anchor, positive, negative)]
triplet_model = Model(inputs=[anchor, positive, negative], outputs=concatenate(embedded, axis=-1))
triplet_model.compile(optimizer=Adam(1e-4), loss=triplet_loss)
triplet_model.summary()
triplet_model.fit_generator(triplet_generator('faces/train'), steps_per_epoch=100, epochs=20)
embedding_model.save_weights('embedding.h5')
for person in tqdm(os.listdir('faces/test')):
    print(person)
