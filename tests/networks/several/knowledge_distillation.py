# Distillation: a large teacher, a small student, a Distiller that holds both and overrides its training.
# dialect: keras3
# counts distiller
# The distiller's call goes through the student; the teacher's weights are its own too.
# layers: 1 + 6 = 7
# edges: 6 = 6
# parameters: (9*1+1)*256 + (9*256+1)*512 + (7*7*512+1)*10 + (9*1+1)*16 + (9*16+1)*32 + (7*7*32+1)*10 = 1454100
# expect distiller: layers=7 edges=6 parameters=1454100
# counts teacher
# Input, conv, leaky, pool, conv, flatten, dense. 28 -> 14 -> 14 -> 7.
# layers: 1 + 6 = 7
# edges: 6 = 6
# parameters: (9*1+1)*256 + (9*256+1)*512 + (7*7*512+1)*10 = 1433610
# expect teacher: layers=7 edges=6 parameters=1433610
# counts student
# layers: 1 + 6 = 7
# edges: 6 = 6
# parameters: (9*1+1)*16 + (9*16+1)*32 + (7*7*32+1)*10 = 20490
# expect student: layers=7 edges=6 parameters=20490
import os

import keras
import numpy as np
from keras import layers, ops


class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.teacher = teacher
        self.student = student

    def compile(self, optimizer, metrics, student_loss_fn, distillation_loss_fn, alpha=0.1,
                temperature=3):
        super().compile(optimizer=optimizer, metrics=metrics)
        self.student_loss_fn = student_loss_fn
        self.distillation_loss_fn = distillation_loss_fn
        self.alpha = alpha
        self.temperature = temperature

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, allow_empty=False):
        teacher_pred = self.teacher(x, training=False)
        student_loss = self.student_loss_fn(y, y_pred)
        distillation_loss = self.distillation_loss_fn(
            ops.softmax(teacher_pred / self.temperature, axis=1),
            ops.softmax(y_pred / self.temperature, axis=1)) * (self.temperature**2)
        return self.alpha * student_loss + (1 - self.alpha) * distillation_loss

    def call(self, x):
        return self.student(x)


def build(first, second, name):
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(first, (3, 3), strides=(2, 2), padding="same"),
        layers.LeakyReLU(negative_slope=0.2),
        layers.MaxPooling2D(pool_size=(2, 2), strides=(1, 1), padding="same"),
        layers.Conv2D(second, (3, 3), strides=(2, 2), padding="same"),
        layers.Flatten(),
        layers.Dense(10),
    ], name=name)


teacher = build(256, 512, "teacher")
student = build(16, 32, "student")
student_scratch = keras.models.clone_model(student)

batch_size = 64
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
x_train = np.reshape(x_train.astype("float32") / 255.0, (-1, 28, 28, 1))
x_test = np.reshape(x_test.astype("float32") / 255.0, (-1, 28, 28, 1))

teacher.compile(optimizer=keras.optimizers.Adam(), metrics=["sparse_categorical_accuracy"],
                loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
if os.path.exists("teacher.weights.h5"):
    teacher.load_weights("teacher.weights.h5")
teacher.fit(x_train, y_train, epochs=5)
distiller = Distiller(student=student, teacher=teacher)
distiller.compile(optimizer=keras.optimizers.Adam(), metrics=["sparse_categorical_accuracy"],
                  student_loss_fn=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  distillation_loss_fn=keras.losses.KLDivergence(), alpha=0.1, temperature=10)
distiller.fit(x_train, y_train, epochs=3)
print(distiller.evaluate(x_test, y_test))
