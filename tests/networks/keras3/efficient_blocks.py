# Inverted bottlenecks with squeeze and excitation, as EfficientNet has them, from a table of stages.
# dialect: keras3
# Stem conv-bn-swish. A block that expands: conv-bn-act, depthwise-bn-act, squeeze-excite (pool, reshape, conv, conv, multiply), conv-bn: 13 calls,
# and dropout with add (2) where input and output agree. The first block does not expand: 10 calls.
# Stages: 16 x1 (no expansion), 24 x2 (second has add), 40 x2 (second has add). Head conv-bn-swish, pool, dropout, dense.
# layers: 1 + 3 + 10 + (13 + 15) + (13 + 15) + 3 + 3 = 76
# Five multiplications and two additions take two.
# edges: 76 - 1 + 5 + 2 = 82
# The excitation's middle is a quarter of the block's input: 8, 4, 6, 6, 10.
# parameters: 9*3*32 + 4*32
#   + 9*32 + 4*32 + (32+1)*8 + (8+1)*32 + 32*16 + 4*16
#   + 16*96 + 4*96 + 9*96 + 4*96 + (96+1)*4 + (4+1)*96 + 96*24 + 4*24
#   + 24*144 + 4*144 + 9*144 + 4*144 + (144+1)*6 + (6+1)*144 + 144*24 + 4*24
#   + 24*144 + 4*144 + 25*144 + 4*144 + (144+1)*6 + (6+1)*144 + 144*40 + 4*40
#   + 40*240 + 4*240 + 25*240 + 4*240 + (240+1)*10 + (10+1)*240 + 240*40 + 4*40
#   + 40*256 + 4*256 + (256+1)*120 = 110746
# expect: layers=76 edges=82 parameters=110746
import keras
import tensorflow_datasets as tfds
from keras import layers

BLOCKS = [
    {"repeats": 1, "kernel": 3, "filters": 16, "expand": 1, "strides": 1},
    {"repeats": 2, "kernel": 3, "filters": 24, "expand": 6, "strides": 2},
    {"repeats": 2, "kernel": 5, "filters": 40, "expand": 6, "strides": 2},
]


def conv_bn_act(x, filters, kernel, strides=1, name=""):
    x = layers.Conv2D(filters, kernel, strides, padding="same", use_bias=False, name=name + "conv")(x)
    x = layers.BatchNormalization(name=name + "bn")(x)
    return layers.Activation("swish", name=name + "activation")(x)


def squeeze_excite(x, squeezed, name):
    channels = x.shape[-1]
    se = layers.GlobalAveragePooling2D(name=name + "se_squeeze")(x)
    se = layers.Reshape((1, 1, channels), name=name + "se_reshape")(se)
    se = layers.Conv2D(squeezed, 1, activation="swish", name=name + "se_reduce")(se)
    se = layers.Conv2D(channels, 1, activation="sigmoid", name=name + "se_expand")(se)
    return layers.multiply([x, se], name=name + "se_excite")


def mbconv(inputs, kernel, filters, expand, strides, name):
    width = inputs.shape[-1]
    x = inputs
    if expand != 1:
        x = conv_bn_act(x, width * expand, 1, name=name + "expand_")
    x = layers.DepthwiseConv2D(kernel, strides, padding="same", use_bias=False, name=name + "dwconv")(x)
    x = layers.BatchNormalization(name=name + "bn")(x)
    x = layers.Activation("swish", name=name + "activation")(x)
    x = squeeze_excite(x, max(1, width // 4), name)
    x = layers.Conv2D(filters, 1, use_bias=False, name=name + "project_conv")(x)
    x = layers.BatchNormalization(name=name + "project_bn")(x)
    if strides == 1 and width == filters:
        x = layers.Dropout(0.2, noise_shape=(None, 1, 1, 1), name=name + "drop")(x)
        x = layers.add([x, inputs], name=name + "add")
    return x


def efficient(classes):
    image = keras.Input((128, 128, 3))
    x = conv_bn_act(image, 32, 3, 2, name="stem_")
    for i, stage in enumerate(BLOCKS):
        for j in range(stage["repeats"]):
            x = mbconv(x, stage["kernel"], stage["filters"], stage["expand"],
                       stage["strides"] if j == 0 else 1, name=f"block{i + 1}{chr(j + 97)}_")
    x = conv_bn_act(x, 256, 1, name="top_")
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    x = layers.Dropout(0.2, name="top_dropout")(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax")(x), name="efficient")


(ds_train, ds_test), ds_info = tfds.load("stanford_dogs", split=["train", "test"], with_info=True,
                                         as_supervised=True)
model = efficient(120)
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(ds_train.batch(64), epochs=40, validation_data=ds_test.batch(64))
