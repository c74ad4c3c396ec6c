# Wide and deep learning on census rows: crossed columns as a wide input, three embeddings, numbers.
# dialect: keras2
# Five inputs, three embeddings with their flattening, concatenation, two dense, concatenation, dense.
# layers: 5 + 3*2 + 1 + 2 + 1 + 1 = 16
# edges: 3*2 + 4 + 2 + 2 + 1 = 15
# 3*8 embedded numbers and 5 plain ones go deep.
# parameters: (9+16+7)*8 + (24+5+1)*100 + (100+1)*50 + (30+50+1)*1 = 8387
# expect: layers=16 edges=15 parameters=8387
import numpy as np
import pandas as pd
from keras.layers import Concatenate, Dense, Embedding, Flatten, Input, concatenate
from keras.models import Model
from keras.optimizers import Adam
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures, StandardScaler

COLUMNS = ["age", "workclass", "fnlwgt", "education", "education_num", "marital_status",
           "capital_gain", "capital_loss", "hours_per_week", "income_bracket"]
CATEGORICAL = {"workclass": 9, "education": 16, "marital_status": 7}
CONTINUOUS = ["age", "education_num", "capital_gain", "capital_loss", "hours_per_week"]

df_train = pd.read_csv("adult.data", names=COLUMNS)
df_test = pd.read_csv("adult.test", skiprows=1, names=COLUMNS)
train_size = len(df_train)
df = pd.concat([df_train, df_test])
df["income_label"] = df["income_bracket"].apply(lambda x: ">50K" in x).astype(int)
y = df["income_label"].values
for c in CATEGORICAL:
    df[c] = pd.factorize(df[c])[0]
X_num = StandardScaler().fit_transform(df[CONTINUOUS])
X_wide = PolynomialFeatures(degree=2, interaction_only=True).fit_transform(df[list(CATEGORICAL)])

wide = Input(shape=(30,), name="wide")
inputs, deep = [], []
for name, size in CATEGORICAL.items():
    column = Input(shape=(1,), dtype="int64", name=name)
    inputs.append(column)
    embedded = Embedding(size, 8, input_length=1, name="embed_" + name)(column)
    deep.append(Flatten()(embedded))
numbers = Input(shape=(len(CONTINUOUS),), name="continuous")
deep.append(numbers)
x = concatenate(deep)
x = Dense(100, activation="relu")(x)
x = Dense(50, activation="relu")(x)
x = Concatenate()([wide, x])
out = Dense(1, activation="sigmoid", name="wide_deep")(x)

wide_deep = Model(inputs=[wide] + inputs + [numbers], outputs=out)
wide_deep.compile(optimizer=Adam(lr=0.01), loss="binary_crossentropy", metrics=["accuracy"])
X = [X_wide[:train_size]] + [df[c].values[:train_size] for c in CATEGORICAL] + [X_num[:train_size]]
wide_deep.fit(X, y[:train_size], epochs=10, batch_size=64)
print("wide and deep model accuracy:", wide_deep.evaluate(X, y[:train_size])[1])
