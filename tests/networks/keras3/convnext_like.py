# Modern convolutions: depthwise 7x7, layer norm, inverted bottleneck with GELU, layer scale of its own and stochastic depth left out.
# dialect: keras3
# Stem of convolution and norm; stages of 2, 2, 2 blocks (depthwise, norm, dense, gelu, dense, scale, add: 7 calls); norm and convolution
# before the second and third; pooling, norm, dense.
# layers: 1 + 2 + 6*7 + 2*2 + 3 = 52
# edges: 52 - 1 + 6 = 57
# A block on c channels: depthwise 49c + c, norm 2c, dense c to 4c, dense 4c to c, scale c.
# parameters: (16*3+1)*64 + 2*64
#   + 2*(50*64 + 2*64 + (64+1)*256 + (256+1)*64 + 64)
#   + 2*64 + (4*64+1)*128 + 2*(50*128 + 2*128 + (128+1)*512 + (512+1)*128 + 128)
#   + 2*128 + (4*128+1)*256 + 2*(50*256 + 2*256 + (256+1)*1024 + (1024+1)*256 + 256)
#   + 2*256 + (256+1)*10 = 1599178
# expect: layers=52 edges=57 parameters=1599178
import keras
from keras import layers


@keras.saving.register_keras_serializable(package="convnext")
class LayerScale(layers.Layer):
    def __init__(self, init_value=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.init_value = init_value

    def build(self, input_shape):
        self.gamma = self.add_weight(shape=(input_shape[-1],), name="gamma",
                                     initializer=keras.initializers.Constant(self.init_value))

    def call(self, x):
        return x * self.gamma


def convnext_block(x, width):
    y = layers.DepthwiseConv2D(7, padding="same")(x)
    y = layers.LayerNormalization(epsilon=1e-6)(y)
    y = layers.Dense(4 * width)(y)
    y = layers.Activation("gelu")(y)
    y = layers.Dense(width)(y)
    y = LayerScale()(y)
    return layers.Add()([x, y])


def downsample(x, width):
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    return layers.Conv2D(width, 2, strides=2)(x)


def build(widths=(64, 128, 256), depths=(2, 2, 2), classes=10):
    image = keras.Input((96, 96, 3))
    x = layers.Conv2D(widths[0], 4, strides=4)(image)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    for stage, (width, depth) in enumerate(zip(widths, depths)):
        if stage:
            x = downsample(x, width)
        for _ in range(depth):
            x = convnext_block(x, width)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.LayerNormalization(epsilon=1e-6)(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax")(x), name="convnext_small")


train = keras.utils.image_dataset_from_directory("data/train", image_size=(96, 96), batch_size=64)
model = build(classes=10)
model.compile(keras.optimizers.AdamW(4e-3, weight_decay=0.05), "sparse_categorical_crossentropy")
model.fit(train, epochs=30, callbacks=[keras.callbacks.BackupAndRestore("backup")])
