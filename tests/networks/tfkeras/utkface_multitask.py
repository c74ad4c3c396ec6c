# Age, ethnicity and gender of a face at once: one trunk, three heads, three losses.
# dialect: tfkeras
# Input, four times conv-bn-relu-pool, pooling; three heads of dense, normalisation, dropout, dense.
# layers: 1 + 4*4 + 1 + 3*4 = 30
# edges: 30 - 1 = 29
# parameters: (9*3+1)*32 + 4*32 + (9*32+1)*64 + 4*64 + (9*64+1)*96 + 4*96 + (9*96+1)*128 + 4*128
#   + 3*((128+1)*128 + 4*128) + (128+1)*1 + (128+1)*5 + (128+1)*2 = 238888
# expect: layers=30 edges=29 parameters=238888
import glob
import os

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from PIL import Image
from tensorflow.keras.callbacks import ModelCheckpoint
from tensorflow.keras.layers import (BatchNormalization, Conv2D, Dense, Dropout,
                                     GlobalMaxPool2D, Input, MaxPooling2D, Activation)
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.utils import to_categorical

dataset_dict = {'race_id': {0: 'white', 1: 'black', 2: 'asian', 3: 'indian', 4: 'others'},
                'gender_id': {0: 'male', 1: 'female'}}
IM_WIDTH = IM_HEIGHT = 128


def parse_dataset(dataset_path, ext='jpg'):
    def parse_info_from_file(path):
        try:
            age, gender, race, _ = os.path.splitext(os.path.basename(path))[0].split('_')
            return int(age), dataset_dict['gender_id'][int(gender)], dataset_dict['race_id'][int(race)]
        except Exception:
            return None, None, None
    files = glob.glob(os.path.join(dataset_path, "*.%s" % ext))
    df = pd.DataFrame([parse_info_from_file(f) for f in files])
    df['file'] = files
    df.columns = ['age', 'gender', 'race', 'file']
    return df.dropna()


class MultiOutputModel:
    def trunk(self, inputs):
        x = inputs
        for filters in (32, 64, 96, 128):
            x = Conv2D(filters, (3, 3), padding="same")(x)
            x = BatchNormalization(axis=-1)(x)
            x = Activation("relu")(x)
            x = MaxPooling2D(pool_size=(2, 2))(x)
        return GlobalMaxPool2D()(x)

    def head(self, x, units, activation, name):
        x = Dense(128, activation='relu')(x)
        x = BatchNormalization()(x)
        x = Dropout(0.5)(x)
        return Dense(units, activation=activation, name=name)(x)

    def assemble(self, width, height, num_races):
        inputs = Input(shape=(height, width, 3))
        features = self.trunk(inputs)
        age = self.head(features, 1, 'linear', 'age_output')
        race = self.head(features, num_races, 'softmax', 'race_output')
        gender = self.head(features, 2, 'softmax', 'gender_output')
        return Model(inputs=inputs, outputs=[age, race, gender], name="face_net")


model = MultiOutputModel().assemble(IM_WIDTH, IM_HEIGHT, num_races=5)
init_lr, epochs = 1e-4, 100
model.compile(optimizer=Adam(learning_rate=init_lr, decay=init_lr / epochs),
              loss={'age_output': 'mse', 'race_output': 'categorical_crossentropy',
                    'gender_output': 'binary_crossentropy'},
              loss_weights={'age_output': 4., 'race_output': 1.5, 'gender_output': 0.1},
              metrics={'age_output': 'mae', 'race_output': 'accuracy', 'gender_output': 'accuracy'})
df = parse_dataset('../input/utkface_aligned_cropped/UTKFace')
images = np.array([np.array(Image.open(f).resize((IM_WIDTH, IM_HEIGHT))) / 255. for f in df['file']])
history = model.fit(images, [df['age'], to_categorical(df['race']), to_categorical(df['gender'])],
                    batch_size=32, epochs=epochs, callbacks=[ModelCheckpoint("./model_checkpoint")])
fig = go.Figure()
fig.add_trace(go.Scatter(y=history.history['race_output_accuracy'], name='Train'))
fig.show()
