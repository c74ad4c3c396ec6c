"""Turns that real programs take, each in a few lines: what is drawn of them is what they say."""

from typing import Any

import pytest
from sandbox.asking import captured

SEQUENTIAL = "from keras.models import Sequential\nfrom keras.layers import *\nimport numpy as np\n"


def first(code: str, **options: Any) -> dict[str, Any]:
    """The preselected model of a paste."""
    found = captured(code, **options)
    assert found["models"], found["error"]
    model = found["models"][0]
    assert isinstance(model, dict)
    return model


def entering(model: dict[str, Any]) -> list[int | None]:
    """The shape of a model's first input."""
    shape = model["calls"][0]["outputs"][0]["shape"]
    assert isinstance(shape, list)
    return shape


def kinds(model: dict[str, Any]) -> list[str]:
    return [call["class"] for call in model["calls"]]


@pytest.mark.parametrize(
    ("data", "shape", "guessed"),
    [
        # The columns are named, so their number is known.
        ("X = np.float32(df[['a', 'b', 'c']])", [None, 3], False),
        ("X = df.iloc[:, 0:8].values", [None, 8], False),
        ("X = np.loadtxt('a.csv')[:, :6]", [None, 6], False),
        ("X = pd.read_csv('b.csv', names=['a', 'b', 'c', 'd']).values", [None, 4], False),
        ("X = np.array([df.values[i - 60:i, 0] for i in range(60, 200)])", [None, 60], False),
        ("X = df.values.reshape(-1, 28, 28, 1)", [None, 28, 28, 1], False),
        # How many a file has nobody says.
        ("X = np.array(df.values)", [None, 10], True),
        ("import db\nX = df.values[db.rows()]", [None, 10], True),
        ("X = df.drop('y', axis=1).values", [None, 9], True),
        ("X = df.iloc[:, 1:].values", [None, 9], True),
        ("X = np.array([df.values[i - 5:i] for i in range(5, 50)])", [None, 5, 10], True),
        ("X = df[[c for c in df.columns if c != 'y']].astype('float32').to_numpy()",
         [None, 10], True),
    ],
)  # fmt: skip
def test_tables_have_the_columns_the_program_names(
    data: str, shape: list[int | None], guessed: bool
) -> None:
    model = first(
        f"import pandas as pd\n{SEQUENTIAL}df = pd.read_csv('a.csv')\n{data}\n"
        "m = Sequential([Input(X.shape[1:]), Flatten(), Dense(2)])\nm.fit(X, df['y'])\n"
    )
    assert (entering(model), model["inputs_guessed"]) == (shape, guessed)


def test_the_length_of_what_is_not_here_is_a_guess() -> None:
    model = first(
        f"import pandas as pd\n{SEQUENTIAL}df = pd.read_csv('a.csv')\n"
        "m = Sequential([Dense(2, input_dim=len(df.columns)), Dense(1)])\n"
    )
    assert model["inputs_guessed"]


def test_words_of_texts_that_are_not_here() -> None:
    model = first(
        f"import pandas as pd\nfrom keras.preprocessing.text import Tokenizer\n"
        f"from keras.preprocessing.sequence import pad_sequences\n{SEQUENTIAL}"
        "texts = pd.read_csv('a.csv')['text']\nt = Tokenizer()\nt.fit_on_texts(texts)\n"
        "x = pad_sequences(t.texts_to_sequences(texts), maxlen=50)\n"
        "m = Sequential([Embedding(len(t.word_index), 8, input_length=x.shape[1]), LSTM(4)])\n"
        "m.fit(x, x)\n"
    )
    assert model["parameters"] == 10_000 * 8 + 4 * 4 * (8 + 4 + 1)
    assert entering(model) == [None, 50]


@pytest.mark.parametrize("dialect", ["keras2", "keras3"])
@pytest.mark.parametrize("sum_", ["(x - MEAN) / STD", "MEAN - x", "x * MEAN"])
def test_a_constant_from_elsewhere_changes_no_axis(dialect: str, sum_: str) -> None:
    model = first(
        f"from settings import MEAN, STD\nimport keras\nfrom keras.layers import *\n"
        f"x = i = Input((28, 28, 1))\nx = Lambda(lambda x: {sum_})(x)\n"
        "m = keras.Model(i, Dense(2)(Flatten()(x)))\n",
        dialect=dialect,
    )
    assert model["parameters"] == (28 * 28 + 1) * 2


def test_data_that_does_not_fit_its_array_is_let_be() -> None:
    model = first(
        f"import pandas as pd\n{SEQUENTIAL}v = pd.read_csv('a.csv').values\n"
        "x = np.zeros((500, 30, 6))\nfor i in range(500): x[i] = v[i:i + 30]\n"
        "m = Sequential([LSTM(4), Dense(1)])\nm.fit(x, x[:, 0, 0])\n"
    )
    assert (entering(model), model["inputs_guessed"]) == ([None, 30, 6], False)


def test_a_command_runs_with_the_defaults_of_its_options() -> None:
    model = first(
        f"import click\n{SEQUENTIAL}\n"
        "def build(units, depth):\n"
        "    return Sequential([Input((4,))] + [Dense(units) for _ in range(depth)])\n"
        "@click.command()\n@click.argument('data')\n@click.option('--units', default=24)\n"
        "@click.option('-d', '--depth', default=3, type=int)\n"
        "def main(data, units, depth):\n    model = build(units, depth)\n    model.fit(data)\n"
        "if __name__ == '__main__':\n    main()\n"
    )
    assert kinds(model) == ["InputLayer", "Dense", "Dense", "Dense"]
    assert model["parameters"] == 5 * 24 + 2 * 25 * 24


def test_a_classes_layers_made_in_build_are_seen() -> None:
    model = first(
        "import tensorflow as tf\n"
        "class Block(tf.keras.layers.Layer):\n"
        "    def build(self, shape):\n"
        "        self.a = tf.keras.layers.Dense(shape[-1])\n"
        "    def call(self, x):\n        return x + self.a(x)\n"
        "class Net(tf.keras.Model):\n    def __init__(self):\n        super().__init__()\n"
        "        self.block = Block()\n        self.out = tf.keras.layers.Dense(3)\n"
        "    def call(self, x):\n        return self.out(self.block(x))\n"
        "Net()(tf.zeros((2, 7)))\n"
    )
    assert len(model["calls"]) == 4  # Input, dense, the plus, dense.
    assert len(model["edges"]) == 1 + 2 + 1
    assert model["parameters"] == 8 * 7 + 8 * 3


def test_models_that_no_one_makes_need_not_name_layers() -> None:
    model = first(
        "import keras\nfrom keras import layers\n"
        "class Encoder(layers.Layer):\n    def __init__(self):\n        super().__init__()\n"
        "        self.d = layers.Dense(4)\n    def call(self, x):\n        return self.d(x)\n"
        "class Whole(keras.Model):\n    def __init__(self, width):\n        super().__init__()\n"
        "        self.one = Encoder()\n        self.two = Encoder()\n"
        "    def call(self, x):\n        return self.two(self.one(x))\n"
    )
    assert model["variable"] == "Whole"
    assert kinds(model) == ["InputLayer", "Dense", "Dense"]


def test_an_input_that_does_not_fit_leaves_nothing_behind() -> None:
    # 784 and 10 cannot be added to a width of 2; one can.
    model = first(
        "import keras\nclass Net(keras.Model):\n    def __init__(self):\n"
        "        super().__init__()\n        self.d = keras.layers.Dense(2)\n"
        "    def call(self, x):\n        return self.d(x) * x\nNet()\n"
    )
    assert entering(model) == [None, 1]
    assert model["inputs_guessed"]


def test_what_left_keras_is_a_box_and_not_a_module() -> None:
    model = first(
        f"from keras_contrib.layers import CRF as Old\nfrom keras.contrib.layers.crf import CRF\n"
        f"{SEQUENTIAL}m = Sequential()\nm.add(Embedding(9, 4, input_length=6))\n"
        "m.add(TimeDistributed(Dense(5)))\ncrf = CRF(5)\nm.add(crf)\nm.compile(loss=crf.loss)\n"
    )
    assert kinds(model)[-1] == "CRF"


def test_a_name_a_keras_lacks_is_told_by_its_import() -> None:
    found = captured(
        f"from tensorflow.keras.preprocessing.image import ImageDataGenerator\n{SEQUENTIAL}"
        "g = ImageDataGenerator(rescale=1/255.).flow_from_directory('x', target_size=(32, 32))\n"
        "m = Sequential([Conv2D(4, 3), Flatten(), Dense(2)])\nm.fit(g)\n"
    )
    assert entering(found["models"][0]) == [None, 32, 32, 3]
    assert found["warnings"] == []


def test_a_model_class_of_an_absent_package_is_a_model() -> None:
    model = first(
        "from tensorflow_similarity.models import SimilarityModel\n"
        "from tensorflow.keras.layers import *\ni = Input((8,))\n"
        "m = SimilarityModel(i, Dense(3)(Dense(4)(i)))\nm.load_weights('w.h5')\n"
    )
    assert (model["variable"], kinds(model)) == ("m", ["InputLayer", "Dense", "Dense"])


def test_a_folder_that_must_be_there_is_claimed_on_a_second_try() -> None:
    model = first(
        f"import os, sys\n{SEQUENTIAL}\ntry:\n    if not os.path.isdir('data/train'):\n"
        "        raise FileNotFoundError('no data')\n"
        "    m = Sequential([Input((4,)), Dense(2)])\nexcept Exception as e:\n    sys.exit(1)\n"
    )
    assert kinds(model) == ["InputLayer", "Dense"]


def test_the_main_part_is_read_line_by_line() -> None:
    model = first(
        f"{SEQUENTIAL}\ndef load(path):\n    return open(path).unheard_of()\n"
        "def build(shape, settings):\n"
        "    return Sequential([Input(shape)] + [Dense(4) for _ in range(settings['depth'])])\n"
        "if __name__ == '__main__':\n    settings = dict(depth=5)\n    data = load('x')\n"
        "    m = build((3,), settings)\n    m.fit(data)\n"
    )
    assert len(model["calls"]) == 6


def test_a_long_preparation_is_cut_short() -> None:
    model = first(
        f"{SEQUENTIAL}x = []\nfor i in range(50_000_000): x.append([1.0] * 7)\nx = np.array(x)\n"
        "m = Sequential([Input((x.shape[1],)), Dense(2)])\n",
        deadline=8.0,
    )
    assert entering(model) == [None, 7]


def test_a_reshape_of_a_guess_has_the_sizes_it_names() -> None:
    model = first(
        "import keras\nfrom keras.layers import *\n"
        "def build_model(input_shape, units):\n    i = Input(input_shape)\n"
        "    x = Reshape((512, 16))(i)\n    return keras.Model(i, Dense(units)(x))\n"
    )
    assert model["calls"][1]["outputs"][0]["shape"] == [None, 512, 16]
    assert model["inputs_guessed"]


def test_what_could_not_be_made_beside_what_was_is_told() -> None:
    found = captured(
        "from keras.layers import *\nfrom keras.models import Model\n"
        "def block(x):\n    return Dense(3)(x)\n"
        "def build_net(n_classes):\n    i = Input((4,))\n    return Model(i, block(i).missing)\n"
    )
    assert any("`build_net` could not be made" in w["message"] for w in found["warnings"])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("from tensorflow.keras.models import load_model\nm = load_model('net.h5')\n",
         "paste the code that builds it"),
        ("from mynet import build\nimport keras\nm = build(3)\nm.summary()\n",
         "`mynet`, paste that code above"),
    ],
)  # fmt: skip
def test_a_network_that_stands_elsewhere_is_asked_for(code: str, words: str) -> None:
    assert words in captured(code)["error"]["hint"]


@pytest.mark.parametrize(
    "width", ["int(X.shape[1])", "int(len(X))", "int(round(X.shape[1] / 2))", "len(vocab)"]
)
def test_a_guess_stays_one(width: str) -> None:
    model = first(
        f"import elsewhere\n{SEQUENTIAL}X = elsewhere.load()\n"
        f"m = Sequential([Dense(3, input_dim={width})])\n"
    )
    assert model["inputs_guessed"]


def test_a_shape_that_is_taken_apart_has_as_many_axes() -> None:
    model = first(
        f"import elsewhere\n{SEQUENTIAL}n, frames, rows, cols = elsewhere.load().shape\n"
        "m = Sequential([Input((frames, rows, cols, 1)), TimeDistributed(Conv2D(2, 3))])\n"
    )
    assert len(entering(model)) == 5
    assert model["inputs_guessed"]


def test_a_layer_of_two_arguments_is_given_both() -> None:
    model = first(
        "import tensorflow as tf\n"
        "class Encoder(tf.keras.layers.Layer):\n    def __init__(self, units):\n"
        "        super().__init__()\n        self.a = tf.keras.layers.Dense(units)\n"
        "        self.b = tf.keras.layers.Dense(units)\n"
        "    def call(self, x, hidden):\n        return self.a(x) + self.b(hidden)\n"
    )
    assert kinds(model)[:2] == ["InputLayer", "InputLayer"]
    assert len(model["calls"]) == 5


@pytest.mark.parametrize(
    ("made", "shape"),
    [("Input(img_size)", [None, 224, 224, 3]), ("Input(shape=img_size + (3,))",
                                                 [None, 224, 224, 3])],
)  # fmt: skip
def test_what_is_given_to_an_input_is_a_shape(made: str, shape: list[int | None]) -> None:
    model = first(
        "from keras import Model\nfrom keras.layers import *\n"
        f"def get_model(img_size, n):\n    i = {made}\n    x = Conv2D(4, 3)(i)\n"
        "    return Model(i, Dense(n)(Flatten()(x)))\n"
    )
    assert entering(model) == shape


def test_towers_stand_on_one_ground() -> None:
    model = first(
        "from keras.models import Sequential\nfrom keras.layers import Dense, Merge\n"
        "a = Sequential()\na.add(Dense(2, input_dim=3))\n"
        "b = Sequential()\nb.add(Dense(2, input_dim=3))\n"
        "ground = Sequential()\nground.add(Merge([a, b], mode='concat'))\nground.add(Dense(5))\n"
        "c = Sequential()\nc.add(ground)\nc.add(Dense(6))\n"
        "d = Sequential()\nd.add(ground)\nd.add(Dense(7))\n"
        "model = Sequential()\nmodel.add(Merge([c, d], mode='concat'))\nmodel.add(Dense(1))\n"
    )
    # Two inputs, their layers, the first joint, the ground; two on it, the second joint, the last.
    assert len(model["calls"]) == 2 + 2 + 1 + 1 + 2 + 1 + 1
    assert len(model["edges"]) == 2 + 2 + 1 + 2 + 2 + 1
    assert model["parameters"] == 2 * 8 + 25 + 36 + 42 + 14


def test_old_names_of_tensors_and_of_training() -> None:
    model = first(
        f"import pdb\nimport tensorflow as tf\n{SEQUENTIAL}from keras.models import Model\n"
        "i = Input((8,))\nx = Dense(i._keras_shape[-1])(i)\npdb.set_trace()\n"
        "m = Model(i, x)\nm.compile(optimizer=tf.train.AdamOptimizer(), loss='mse')\n"
        "s = tf.train.import_meta_graph('m.meta')\n"
    )
    assert model["parameters"] == 72


def test_a_picture_whose_size_is_told_elsewhere() -> None:
    model = first(
        "from tensorflow.keras.applications import VGG16\nfrom src import config\n"
        "m = VGG16(input_shape=(*config.SIZE, config.CHANNELS), include_top=False)\n"
    )
    assert model["parameters"] == 14_714_688  # Of pictures in three colours.
    assert entering(model) == [None, 224, 224, 3]


def test_the_first_name_of_plot_model() -> None:
    model = first(
        "from keras.utils.visualize_util import plot\n"
        f"{SEQUENTIAL}def net():\n    m = Sequential()\n    m.add(Dense(4, input_dim=3))\n"
        "    plot(m, to_file='m.png')\n    m.add(Dense(2))\n    return m\nm = net()\n"
    )
    assert len(model["calls"]) == 1 + 2


@pytest.mark.parametrize("keras", ["keras", "tf_keras"])
def test_plain_operations_go_by_the_names_their_authors_know(keras: str) -> None:
    model = captured(
        f"import tensorflow as tf\nimport {keras} as keras\n"
        "class Net(keras.Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.one = keras.layers.Dense(8)\n"
        "        self.two = keras.layers.Dense(8)\n"
        "    def call(self, x):\n"
        "        y = self.one(x)\n"
        "        z = (self.two(y) + y) * 2.0 - y\n"
        "        z = tf.nn.relu(-z / 3.0)\n"
        "        return z @ tf.transpose(z)\n"
        "model = Net()\n"
        "model.build((None, 8))\n"
    )["models"][0]
    assert [call["class"] for call in model["calls"]] == [
        *["InputLayer", "Dense", "Dense", "Add", "Multiply", "Subtract", "Negative", "Divide"],
        *["Relu", "Transpose", "Matmul"],
    ]


@pytest.mark.parametrize(
    ("made", "size"), [("Convolution2D(8, 3, 3, border_mode='full')", 30),
                       ("Conv2D(8, 5, strides=2, padding='full')", 16)],
)  # fmt: skip
def test_a_convolution_whose_output_is_larger_than_its_input(made: str, size: int) -> None:
    model = first(
        "from keras.models import Model\nfrom keras.layers import Conv2D, Convolution2D, Input\n"
        f"i = Input((28, 28, 1))\nm = Model(i, {made}(i))\n"
    )
    assert model["calls"][1]["outputs"][0]["shape"] == [None, size, size, 8]
    assert model["calls"][1]["config"]["padding"] == "full"
    assert len(model["calls"]) == 2


def test_prices_from_afar_are_a_table_with_rows_enough_for_windows() -> None:
    model = first(
        f"{SEQUENTIAL}import yfinance as yf\nfrom sklearn.preprocessing import MinMaxScaler\n"
        "prices = yf.download('A', start='2020-01-01')['Close'].values.reshape(-1, 1)\n"
        "prices = MinMaxScaler().fit_transform(prices)\nx = []\n"
        "for i in range(60, len(prices)):\n    x.append(prices[i-60:i, 0])\n"
        "x = np.array(x)\nx = np.reshape(x, (x.shape[0], x.shape[1], 1))\n"
        "m = Sequential()\nm.add(LSTM(5, input_shape=(x.shape[1], 1)))\n"
    )
    assert entering(model) == [None, 60, 1]


def test_texts_that_are_not_here_have_the_length_they_are_cut_to() -> None:
    model = first(
        "import pandas as pd\nfrom tensorflow.keras.layers import *\n"
        "from tensorflow.keras import Sequential\n"
        "texts = pd.read_csv('a.csv')['text']\n"
        "cut = TextVectorization(max_tokens=50, output_sequence_length=18)\n"
        "cut.adapt(texts.values)\nwords = cut(texts.values)\n"
        "m = Sequential([Input((len(words[0]),)), Embedding(51, 4), LSTM(3)])\n"
    )
    assert entering(model) == [None, 18]
    assert not model["inputs_guessed"]


@pytest.mark.parametrize("keras", ["tensorflow.keras", "keras"])
def test_a_network_whose_base_class_is_in_another_file(keras: str) -> None:
    model = first(
        f"from {keras}.layers import Dense\nfrom common.base import BaseNet\n"
        "class Net(BaseNet):\n"
        "    def __init__(self, config):\n        super(Net, self).__init__(config)\n"
        "        self.one = Dense(8)\n        self.two = Dense(self.config.size or 2)\n"
        "        self.last = Dense(2)\n"
        "    def call(self, x):\n        return self.last(self.one(x))\n"
        "net = Net({})\nnet.build((None, 4))\n"
    )
    assert [call["class"] for call in model["calls"]] == ["InputLayer", "Dense", "Dense"]
    assert model["parameters"] == 40 + 18


def test_the_first_keras_was_told_what_enters_each_layer() -> None:
    made = captured(
        "from keras.models import Sequential\nfrom keras.layers.core import Dense, Flatten\n"
        "from keras.layers.convolutional import Convolution2D, MaxPooling2D\n"
        "from keras.layers.recurrent import LSTM\n"
        "a = Sequential()\na.add(LSTM(16, 8, return_sequences=True, truncate_gradient=5))\n"
        "a.add(LSTM(8, 4))\na.add(Dense(4, 2, init='uniform'))\n"
        "b = Sequential()\nb.add(Convolution2D(6, 1, 3, 3, border_mode='full'))\n"
        "b.add(Convolution2D(6, 6, 3, 3))\nb.add(MaxPooling2D(poolsize=(2, 2)))\n"
        "b.add(Flatten())\nb.add(Dense(6 * 16 * 16, 5))\n"
    )
    models = {model["variable"]: model for model in made["models"]}
    assert entering(models["a"]) == [None, None, 16]
    assert models["a"]["parameters"] == 4 * (16 + 8 + 1) * 8 + 4 * (8 + 4 + 1) * 4 + 10
    assert not models["a"]["inputs_guessed"]
    # The rows and columns are guessed, the channel is told; the output of the first is larger.
    assert entering(models["b"]) == [None, 1, 32, 32]
    assert models["b"]["calls"][1]["outputs"][0]["shape"] == [None, 6, 34, 34]
    assert models["b"]["parameters"] == 60 + 330 + (6 * 16 * 16 + 1) * 5
    assert models["b"]["inputs_guessed"]


HELD = """
import keras
from keras import layers

def head():
    return keras.Sequential([layers.Dense(16), layers.Dense(4)])

class Classifier(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.body = layers.Dense(units)
        self.head = head()
    def call(self, x):
        {refusal}
        return self.head(self.body(x))
"""


def test_what_holds_a_part_is_made_after_the_part() -> None:
    found = captured(HELD.format(refusal="pass"))
    assert found["models"][0]["class"] == "Classifier"
    assert [c["class"] for c in found["models"][0]["calls"]] == ["InputLayer", *["Dense"] * 3]


def test_what_holds_a_part_and_cannot_be_read_is_told() -> None:
    found = captured(HELD.format(refusal="raise ValueError('not so')"))
    assert any("Classifier" in w["message"] and "not so" in w["message"] for w in found["warnings"])
