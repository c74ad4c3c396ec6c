# A residual network whose blocks are models of their own; the additions are plain plus signs in their calls.
# dialect: keras3
# Image, stem convolution, normalisation and relu; three blocks of conv-bn-relu-conv-bn, plus, relu, two of them with a projection; pooling; dense.
# layers: 1 + 3 + 3*7 + 2 + 2 = 29
# edges: 29 - 1 + 3 = 31
# parameters: 9*3*32 + 4*32
#   + 2*(9*32*32 + 4*32)
#   + 9*32*64 + 4*64 + 9*64*64 + 4*64 + 32*64
#   + 9*64*128 + 4*128 + 9*128*128 + 4*128 + 64*128
#   + (128+1)*100 = 320836
# expect: layers=29 edges=31 parameters=320836
import keras
from keras import layers


class ResidualBlock(keras.Model):
    def __init__(self, filters, stride=1, **kwargs):
        super().__init__(**kwargs)
        self.conv1 = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)
        self.bn1 = layers.BatchNormalization()
        self.relu1 = layers.ReLU()
        self.conv2 = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.bn2 = layers.BatchNormalization()
        self.relu2 = layers.ReLU()
        self.shortcut = None
        if stride != 1:
            self.shortcut = layers.Conv2D(filters, 1, strides=stride, use_bias=False)

    def call(self, x, training=None):
        y = self.relu1(self.bn1(self.conv1(x), training=training))
        y = self.bn2(self.conv2(y), training=training)
        if self.shortcut is not None:
            x = self.shortcut(x)
        return self.relu2(x + y)


class SmallResNet(keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.conv = layers.Conv2D(32, 3, padding="same", use_bias=False)
        self.bn = layers.BatchNormalization()
        self.relu = layers.ReLU()
        self.blocks = [ResidualBlock(32), ResidualBlock(64, 2), ResidualBlock(128, 2)]
        self.pool = layers.GlobalAveragePooling2D()
        self.head = layers.Dense(classes, activation="softmax")

    def call(self, x, training=None):
        x = self.relu(self.bn(self.conv(x), training=training))
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(self.pool(x))


(x_train, y_train), _ = keras.datasets.cifar100.load_data()
x_train = x_train.astype("float32") / 255
model = SmallResNet(100)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=128, epochs=10)
model.summary()
model.save_weights("small_resnet.weights.h5")
