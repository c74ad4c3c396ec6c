# tf.keras in a TF1 program: sessions, placeholders for the loop, the model built by tf.keras and trained by hand.
# dialect: tfkeras
# layers: 1 + 7 = 8
# edges: 8 - 1 = 7
# 28 -> 14 -> 7
# parameters: (25*1+1)*32 + (25*32+1)*64 + (7*7*64+1)*1024 + (1024+1)*10 = 3274634
# expect: layers=8 edges=7 parameters=3274634
import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
flags = tf.app.flags
flags.DEFINE_integer("batch_size", 128, "Number of examples in a batch.")
FLAGS = flags.FLAGS

(x_train, y_train), _ = tf.keras.datasets.mnist.load_data()
x_train = x_train.reshape([-1, 28, 28, 1]).astype(np.float32) / 255.0


def build_cnn():
    model = tf.keras.models.Sequential()
    model.add(tf.keras.layers.Conv2D(32, 5, padding="same", activation="relu",
                                     input_shape=(28, 28, 1)))
    model.add(tf.keras.layers.MaxPooling2D(2, 2))
    model.add(tf.keras.layers.Conv2D(64, 5, padding="same", activation=tf.nn.relu))
    model.add(tf.keras.layers.MaxPooling2D(2, 2))
    model.add(tf.keras.layers.Flatten())
    model.add(tf.keras.layers.Dense(1024, activation="relu"))
    model.add(tf.keras.layers.Dense(10, activation="softmax"))
    return model


model = build_cnn()
model.compile(optimizer=tf.train.AdamOptimizer(1e-4), loss="sparse_categorical_crossentropy")
with tf.Session() as sess:
    tf.keras.backend.set_session(sess)
    sess.run(tf.global_variables_initializer())
    for step in range(1000):
        picks = np.random.choice(len(x_train), 128)
        loss = model.train_on_batch(x_train[picks], y_train[picks])
        if step % 100 == 0:
            print("step %d, loss %g" % (step, loss))
    saver = tf.train.Saver()
    saver.save(sess, "./model.ckpt")
