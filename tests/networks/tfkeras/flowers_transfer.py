# Transfer learning: MobileNetV2 of keras.applications inside a new head, with augmentation as a nested Sequential; opened, all of it counts.
# dialect: tfkeras
# MobileNetV2 without top: 154 layers, 153 without its own input. It has 163 edges and 2,257,984 parameters (ten additions: 154 - 1 + 10 = 163).
# Around it: input, two augmentation layers, preprocessing (a division and a subtraction), global pooling, dropout, dense.
# layers: 1 + 2 + 2 + 153 + 3 = 161
# edges: 161 - 1 + 10 = 170
# parameters: 2257984 + (1280+1)*5 = 2264389
# expect: layers=161 edges=170 parameters=2264389
import matplotlib.pyplot as plt
import tensorflow as tf
import tensorflow_datasets as tfds
from tensorflow.keras import layers

IMG_SIZE = 160
BATCH_SIZE = 32
(train_ds, val_ds), metadata = tfds.load(
    "tf_flowers", split=["train[:80%]", "train[80%:]"], with_info=True, as_supervised=True)
num_classes = metadata.features["label"].num_classes
get_label_name = metadata.features["label"].int2str


def resize(image, label):
    return tf.image.resize(image, (IMG_SIZE, IMG_SIZE)), label


train_ds = train_ds.map(resize).cache().shuffle(1000).batch(BATCH_SIZE).prefetch(tf.data.AUTOTUNE)
val_ds = val_ds.map(resize).batch(BATCH_SIZE)
for image, label in train_ds.take(1):
    plt.imshow(image[0].numpy().astype("uint8"))
    plt.title(get_label_name(int(label[0])))

data_augmentation = tf.keras.Sequential([
    layers.RandomFlip("horizontal"),
    layers.RandomRotation(0.2),
])

base_model = tf.keras.applications.MobileNetV2(
    input_shape=(IMG_SIZE, IMG_SIZE, 3), include_top=False, weights="imagenet")
base_model.trainable = False

inputs = tf.keras.Input(shape=(IMG_SIZE, IMG_SIZE, 3))
x = data_augmentation(inputs)
x = tf.keras.applications.mobilenet_v2.preprocess_input(x)
x = base_model(x, training=False)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dropout(0.2)(x)
outputs = layers.Dense(5, activation="softmax")(x)
model = tf.keras.Model(inputs, outputs)

model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=1e-4),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
loss0, accuracy0 = model.evaluate(val_ds)
print("initial loss: {:.2f}".format(loss0))
history = model.fit(train_ds, epochs=10, validation_data=val_ds)

base_model.trainable = True
for layer in base_model.layers[:100]:
    layer.trainable = False
model.compile(optimizer=tf.keras.optimizers.RMSprop(1e-5), loss="sparse_categorical_crossentropy",
              metrics=["accuracy"])
model.fit(train_ds, epochs=20, initial_epoch=history.epoch[-1], validation_data=val_ds)
model.save("flowers.keras")
