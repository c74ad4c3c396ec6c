# A vision transformer: patches by a layer of its own, an encoder layer that holds a dense and an embedding, pre-norm blocks.
# dialect: keras3
# Input, patches; in the encoder the projection, the position embedding and their sum; six blocks of norm, attention, add, norm, dense,
# dropout, dense, dropout, add; norm, flatten, dropout, dense, dropout, dense, dropout, dense.
# layers: 1 + 1 + 3 + 6*9 + 8 = 67
# Patches 1, projection 1, sum 2; a block: norm 1, attention 2, add 2, norm 1, four more 4, add 2; the tail 8.
# The positions do not depend on the picture: no edge enters their embedding.
# edges: 1 + 1 + 2 + 6*12 + 8 = 84
# 72 / 6 = 12 patches a side, 144 of 6*6*3 = 108 numbers.
# parameters: (108+1)*64 + 144*64
#   + 6*(4*64*4*64 + 3*4*64 + 64 + 2*2*64 + (64+1)*128 + (128+1)*64)
#   + 2*64 + (144*64+1)*2048 + (2048+1)*1024 + (1024+1)*100 = 21592612
# expect: layers=67 edges=84 parameters=21592612
import keras
import numpy as np
from keras import layers, ops

num_classes = 100
input_shape = (72, 72, 3)
(x_train, y_train), (x_test, y_test) = keras.datasets.cifar100.load_data()
print(f"x_train shape: {x_train.shape} - y_train shape: {y_train.shape}")
x_train = np.repeat(np.repeat(x_train[:256], 3, axis=1), 3, axis=2)[:, :72, :72]

patch_size = 6
num_patches = (72 // patch_size) ** 2
projection_dim = 64
num_heads = 4
mlp_head_units = [2048, 1024]


class Patches(layers.Layer):
    def __init__(self, patch_size):
        super().__init__()
        self.patch_size = patch_size

    def call(self, images):
        batch, height, width, channels = ops.shape(images)
        patches = ops.image.extract_patches(images, size=self.patch_size)
        return ops.reshape(patches, (batch, (height // self.patch_size) * (width // self.patch_size),
                                     self.patch_size * self.patch_size * channels))

    def get_config(self):
        return {**super().get_config(), "patch_size": self.patch_size}


class PatchEncoder(layers.Layer):
    def __init__(self, num_patches, projection_dim):
        super().__init__()
        self.num_patches = num_patches
        self.projection = layers.Dense(units=projection_dim)
        self.position_embedding = layers.Embedding(num_patches, projection_dim)

    def call(self, patch):
        positions = ops.expand_dims(ops.arange(start=0, stop=self.num_patches, step=1), axis=0)
        return self.projection(patch) + self.position_embedding(positions)


def encoder_block(x):
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.MultiHeadAttention(num_heads=num_heads, key_dim=projection_dim, dropout=0.1)(y, y)
    x = layers.Add()([y, x])
    y = layers.LayerNormalization(epsilon=1e-6)(x)
    y = layers.Dense(128, activation=keras.activations.gelu)(y)
    y = layers.Dropout(0.1)(y)
    y = layers.Dense(projection_dim, activation=keras.activations.gelu)(y)
    y = layers.Dropout(0.1)(y)
    return layers.Add()([y, x])


def create_vit_classifier():
    inputs = keras.Input(shape=input_shape)
    patches = Patches(patch_size)(inputs)
    x = PatchEncoder(num_patches, projection_dim)(patches)
    for _ in range(6):
        x = encoder_block(x)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    x = layers.Flatten()(x)
    x = layers.Dropout(0.5)(x)
    for units in mlp_head_units:
        x = layers.Dense(units, activation=keras.activations.gelu)(x)
        x = layers.Dropout(0.5)(x)
    return keras.Model(inputs=inputs, outputs=layers.Dense(num_classes)(x))


def run_experiment(model):
    model.compile(optimizer=keras.optimizers.AdamW(learning_rate=0.001, weight_decay=0.0001),
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")])
    checkpoint = keras.callbacks.ModelCheckpoint("/tmp/checkpoint.weights.h5", save_best_only=True)
    history = model.fit(x=x_train, y=y_train[:256], batch_size=256, epochs=10, callbacks=[checkpoint])
    model.load_weights("/tmp/checkpoint.weights.h5")
    _, accuracy = model.evaluate(x_train, y_train[:256])
    print(f"Test accuracy: {round(accuracy * 100, 2)}%")
    return history


vit_classifier = create_vit_classifier()
history = run_experiment(vit_classifier)
