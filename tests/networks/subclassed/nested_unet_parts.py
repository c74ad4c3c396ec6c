# A U-Net of subclassed steps: Down and Up are layers that hold layers, the skips pass between them as Python values.
# dialect: keras3
# Input; two Downs of conv, conv, pool; bottom conv, conv; two Ups of transposed conv, concatenate, conv, conv; last conv.
# layers: 1 + 2*3 + 2 + 2*4 + 1 = 18
# edges: 18 - 1 + 2 = 19
# parameters: (9*3+1)*16 + (9*16+1)*16 + (9*16+1)*32 + (9*32+1)*32 + (9*32+1)*64 + (9*64+1)*64
#   + (4*64+1)*32 + (9*64+1)*32 + (9*32+1)*32 + (4*32+1)*16 + (9*32+1)*16 + (9*16+1)*16 + (16+1)*2 = 117058
# expect: layers=18 edges=19 parameters=117058
import keras
import numpy as np
from keras import layers, ops


class DoubleConv(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.a = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.b = layers.Conv2D(filters, 3, padding="same", activation="relu")

    def call(self, x):
        return self.b(self.a(x))


class Down(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.convs = DoubleConv(filters)
        self.pool = layers.MaxPooling2D()

    def call(self, x):
        skip = self.convs(x)
        return self.pool(skip), skip


class Up(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.grow = layers.Conv2DTranspose(filters, 2, strides=2)
        self.join = layers.Concatenate()
        self.convs = DoubleConv(filters)

    def call(self, x, skip):
        return self.convs(self.join([self.grow(x), skip]))


class UNet(keras.Model):
    def __init__(self, classes=2):
        super().__init__()
        self.downs = [Down(16), Down(32)]
        self.bottom = DoubleConv(64)
        self.ups = [Up(32), Up(16)]
        self.head = layers.Conv2D(classes, 1, activation="softmax")

    def call(self, image):
        x, skips = image, []
        for down in self.downs:
            x, skip = down(x)
            skips.append(skip)
        x = self.bottom(x)
        for up in self.ups:
            x = up(x, skips.pop())
        return self.head(x)


unet = UNet()
prediction = unet(np.zeros((1, 128, 128, 3), dtype="float32"))
print(ops.shape(prediction))
unet.compile("adam", "sparse_categorical_crossentropy")
unet.save("unet.keras")
