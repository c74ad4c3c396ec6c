# A script that tries three networks under the same name one after the other; the function with defaults is never called.
# dialect: keras3
# The last one bound to `model` is the largest: input, two convolutions, two poolings, flatten, two dense.
# layers: 1 + 7 = 8
# edges: 7 = 7
# 32 -> 30 -> 15 -> 13 -> 6
# parameters: (9*3+1)*32 + (9*32+1)*64 + (6*6*64+1)*64 + (64+1)*10 = 167562
# expect: layers=8 edges=7 parameters=167562
from keras import Sequential
from keras.datasets import cifar10
from keras.layers import Conv2D, Dense, Flatten, Input, MaxPooling2D
from keras.utils import to_categorical

(train_images, train_labels), (test_images, test_labels) = cifar10.load_data()
train_images, test_images = train_images / 255.0, test_images / 255.0
results = {}

# idea 1: no hidden layer at all
model = Sequential([Input((32, 32, 3)), Flatten(), Dense(10, activation="softmax")])
model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
model.fit(train_images, to_categorical(train_labels), epochs=2)
results["softmax"] = model.evaluate(test_images, to_categorical(test_labels))[1]

# idea 2: one hidden layer
model = Sequential([Input((32, 32, 3)), Flatten(), Dense(16, activation="relu"),
                    Dense(10, activation="softmax")])
model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
model.fit(train_images, to_categorical(train_labels), epochs=2)
results["hidden"] = model.evaluate(test_images, to_categorical(test_labels))[1]


def deeper(width=128):
    return Sequential([Input((32, 32, 3)), Conv2D(width, 3), Flatten(), Dense(10)])


# idea 3: convolutions
model = Sequential()
model.add(Conv2D(32, (3, 3), activation="relu", input_shape=(32, 32, 3)))
model.add(MaxPooling2D((2, 2)))
model.add(Conv2D(64, (3, 3), activation="relu"))
model.add(MaxPooling2D((2, 2)))
model.add(Flatten())
model.add(Dense(64, activation="relu"))
model.add(Dense(10, activation="softmax"))
model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
model.fit(train_images, to_categorical(train_labels), epochs=10)
results["convolutions"] = model.evaluate(test_images, to_categorical(test_labels))[1]
for name, accuracy in sorted(results.items(), key=lambda r: -r[1]):
    print(f"{name:14} {accuracy:.3f}")
assert results["convolutions"] > 0.6, "something is wrong"
