"""Layers of absent packages, names nobody made, builders nobody called: drawn, and told."""

from typing import Any

import pytest
import tools
from sandbox.asking import captured

pytestmark = pytest.mark.skipif(not tools.local_guest(), reason=tools.reason("guest"))


def drawn(code: str, **options: Any) -> dict[str, Any]:
    found = captured(code, **options)
    assert found["models"], found["error"]
    first = found["models"][0]
    assert isinstance(first, dict)
    return first


def classes(model: dict[str, Any]) -> list[str]:
    return [call["class"] for call in model["calls"]]


def said(found: dict[str, Any], code: str) -> str:
    return " ".join(w["message"] for w in found["warnings"] if w["code"] == code)


@pytest.mark.parametrize("keras", ["keras", "tensorflow.keras"])
def test_a_layer_of_an_absent_package_is_a_box_of_its_name(keras: str) -> None:
    code = (
        f"from {keras}.layers import Input, Dense\nfrom {keras}.models import Model\n"
        "from strangelayers import Sparkle\n"
        "a = Input((8,))\nb = Sparkle(5)(a)\nm = Model(a, Dense(3)(b))\n"
    )
    found = captured(code)
    model = found["models"][0]
    assert classes(model) == ["InputLayer", "Sparkle", "Dense"]
    assert [(e[0], e[2]) for e in model["edges"]] == [
        (model["calls"][0]["id"], model["calls"][1]["id"]),
        (model["calls"][1]["id"], model["calls"][2]["id"]),
    ]
    assert model["calls"][1]["module"] == "strangelayers"
    assert model["calls"][1]["custom"]
    assert "inside `Sparkle` is not known" in said(found, "stand-in")


def test_a_box_that_wraps_a_layer_has_its_shape_and_its_weights() -> None:
    model = drawn(
        "import tensorflow as tf\nimport tensorflow_addons as tfa\n"
        "m = tf.keras.Sequential([tf.keras.Input((32, 32, 3)),\n"
        "  tfa.layers.WeightNormalization(tf.keras.layers.Conv2D(6, 5))])\n"
    )
    box = model["calls"][1]
    assert (box["class"], box["wrapped"]["class"]) == ("WeightNormalization", "Conv2D")
    assert box["outputs"][0]["shape"] == [None, 28, 28, 6]
    assert box["parameters"] == (5 * 5 * 3 + 1) * 6


def test_what_a_transformer_gives_can_be_taken_apart() -> None:
    head = (
        "import tensorflow as tf\nfrom transformers import TFBertModel\n"
        "ids = tf.keras.Input((64,), dtype='int32')\n"
        "bert = TFBertModel.from_pretrained('bert-base-uncased')\n"
    )
    for taken, shape in (
        ("bert(ids)[0]", [None, 64, 768]),
        ("bert(ids).pooler_output", [None, 768]),
    ):
        model = drawn(head + f"m = tf.keras.Model(ids, tf.keras.layers.Dense(2)({taken}))\n")
        assert classes(model) == ["InputLayer", "TFBertModel", "Dense"]
        assert model["calls"][2]["inputs"][0]["shape"] == shape


def test_a_box_inside_a_subclassed_model() -> None:
    model = drawn(
        "import tensorflow as tf\nimport tensorflow_hub as hub\n"
        "class Net(tf.keras.Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.inner = hub.Thing('x')\n"
        "        self.out = tf.keras.layers.Dense(2)\n"
        "    def call(self, x):\n"
        "        return self.out(self.inner(x))\n"
        "net = Net()\nnet(tf.zeros((4, 7)))\n"
    )
    assert classes(model) == ["InputLayer", "Thing", "Dense"]


def test_the_ends_of_an_absent_model() -> None:
    model = drawn(
        "from keras_vggface.vggface import VGGFace\nfrom keras.layers import Flatten, Dense\n"
        "from keras.models import Model\n"
        "base = VGGFace(include_top=False, input_shape=(224, 224, 3))\n"
        "x = Flatten()(base.get_layer('pool5').output)\n"
        "m = Model(base.input, Dense(2)(x))\n"
    )
    assert classes(model) == ["InputLayer", "VGGFace", "Flatten", "Dense"]


def test_a_package_that_only_looks_on_makes_no_layer() -> None:
    model = drawn(
        "import keras, wandb\nimport matplotlib.pyplot as plt\n"
        "a = keras.Input((8,))\nplt.plot(a)\nwandb.log(a)\n"
        "m = keras.Model(a, keras.layers.Dense(3)(a))\n"
    )
    assert classes(model) == ["InputLayer", "Dense"]


def test_names_that_nobody_made() -> None:
    code = (
        "model = Sequential()\n"
        "model.add(Conv2D(8, (3, 3), input_shape=input_shape))\n"
        "model.add(Flatten())\nmodel.add(Dense(n_classes))\n"
    )
    found = captured(code)
    model = found["models"][0]
    assert classes(model) == ["InputLayer", "Conv2D", "Flatten", "Dense"]
    assert model["inputs_guessed"]
    assert model["calls"][-1]["outputs"][0]["shape"] == [None, 10]
    assert "`n_classes` is made nowhere" in said(found, "guess")
    assert "`Conv2D` is imported nowhere" in said(found, "stand-in")


def test_a_name_the_program_asks_after_stays_unknown() -> None:
    model = drawn(
        "import keras\ntry:\n    width\nexcept NameError:\n    width = 5\n"
        "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(width)])\n"
    )
    assert model["calls"][1]["outputs"][0]["shape"] == [None, 5]


BUILDERS = {
    "function": (
        "def net(input_shape, num_classes):\n"
        "    i = Input(input_shape)\n    x = LSTM(4)(i)\n"
        "    return Model(i, Dense(num_classes)(x))\n"
    ),
    "static method": (
        "class Net:\n    @staticmethod\n    def build(width, height, depth, classes):\n"
        "        m = Sequential()\n"
        "        m.add(Conv2D(4, 3, input_shape=(height, width, depth)))\n"
        "        m.add(Flatten())\n        m.add(Dense(classes))\n        return m\n"
    ),
    "method": (
        "class Agent:\n    def __init__(self, state_size, action_size):\n"
        "        self.s, self.a = state_size, action_size\n"
        "    def _build_model(self):\n"
        "        m = Sequential()\n        m.add(Dense(24, input_dim=self.s))\n"
        "        m.add(Dense(self.a))\n        return m\n"
    ),
    "block": "def block(x, filters):\n    return BatchNormalization()(Conv2D(filters, 3)(x))\n",
    "configuration": (
        "def make(config):\n"
        "    i = Input((config['img_height'], config.img_width, 3))\n"
        "    x = i\n    for f in config.filters:\n        x = Conv2D(f, 3, padding='same')(x)\n"
        "    return Model(i, x)\n"
    ),
}


@pytest.mark.parametrize("kind", BUILDERS)
def test_builders_that_nobody_called(kind: str) -> None:
    head = "from keras.layers import *\nfrom keras.models import *\n"
    found = captured(head + BUILDERS[kind])
    assert found["models"], found["error"]
    assert found["models"][0]["inputs_guessed"]
    assert len(found["models"][0]["calls"]) >= 3


def test_what_is_called_is_told_with_its_line() -> None:
    found = captured("from keras import *\n\ndef net(units):\n    return Sequential([Input((3,)), "
                     "layers.Dense(units)])\n")  # fmt: skip
    guess = next(w for w in found["warnings"] if w["code"] == "guess")
    assert guess["line"] == 3
    assert "units=64" in guess["message"]


def test_templates_of_hyperas() -> None:
    model = drawn(
        "from hyperas.distributions import choice, uniform\nfrom keras.models import Sequential\n"
        "from keras.layers import Dense, Dropout\nm = Sequential()\n"
        "m.add(Dense({{choice([256, 512])}}, input_shape=(784,)))\n"
        "m.add(Dropout({{uniform(0, 1)}}))\n"
    )
    assert classes(model) == ["InputLayer", "Dense", "Dropout"]
    assert model["calls"][1]["config"]["units"] == 256


def test_a_layer_that_cannot_be_made_is_not_left_out_in_silence() -> None:
    found = captured(
        "import keras\ndef net():\n    m = keras.Sequential([keras.Input((3,))])\n"
        "    m.add(keras.layers.Dense(4))\n    m.add(keras.layers.Dense('four'))\n    return m\n"
    )
    assert any(w["code"] == "error" and w["line"] == 5 for w in found["warnings"])


PAIR = """
import tensorflow as tf
import tensorflow_datasets as tfds
data, info = tfds.load("wmt14_translate/de-en", with_info=True, as_supervised=True)
words = tf.saved_model.load("tokenizer")

def prepare(source, target):
    source = words.de.tokenize(source)[:, :40].to_tensor()
    target = words.en.tokenize(target)[:, :41].to_tensor()
    return (source, target[:, :-1]), target[:, 1:]

pairs = data["train"].batch(8).map(prepare)
for (de, en), labels in pairs.take(1):
    break

class Two(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.left = tf.keras.layers.Embedding(100, 8)
        self.right = tf.keras.layers.Embedding(100, 8)
        self.join = tf.keras.layers.Attention()

    def call(self, inputs):
        left, right = inputs
        assert len(left.shape) == 2
        return self.join([self.left(left), self.right(right)])

sample = tf.keras.layers.Embedding(100, 8)
print(sample(de).shape[1])
model = Two()
print(model((de, en)).shape)
"""


def test_a_model_of_two_inputs_whose_data_is_not_here_is_guessed_with_two() -> None:
    model = captured(PAIR)["models"][0]
    assert [call["class"] for call in model["calls"]] == [
        *["InputLayer", "InputLayer", "Embedding", "Embedding", "Attention"]
    ]
    assert len(model["edges"]) == 4
    assert model["inputs_guessed"]


def test_arguments_of_call_that_are_no_inputs_are_put_in_their_places() -> None:
    model = drawn(
        "import tensorflow as tf\nL = tf.keras.layers\n"
        "class Pair(tf.keras.Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.left, self.right = L.Embedding(50, 8), L.Embedding(60, 8)\n"
        "        self.join, self.drop = L.Attention(), L.Dropout(0.1)\n"
        "    def call(self, source, target, training, left_mask, right_mask):\n"
        "        mixed = self.join([self.left(source), self.right(target)])\n"
        "        return self.drop(mixed, training=training)\n"
        "model = Pair()\n"
    )
    assert classes(model) == [
        *["InputLayer", "InputLayer", "Embedding", "Embedding", "Attention", "Dropout"]
    ]
    assert model["inputs_guessed"]


def test_a_network_of_pictures_with_their_channels_first_is_guessed_so() -> None:
    model = drawn(
        "import tensorflow as tf\nL = tf.keras.layers\n"
        "class Net(tf.keras.Model):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.a = L.Conv2D(4, 3, data_format='channels_first')\n"
        "        self.b = L.MaxPooling2D(2, data_format='channels_first')\n"
        "    def call(self, x):\n"
        "        return self.b(self.a(x))\n"
        "net = Net()\n"
    )
    assert model["calls"][0]["outputs"][0]["shape"] == [None, 3, 224, 224]
    assert model["calls"][2]["outputs"][0]["shape"] == [None, 4, 111, 111]


def test_a_program_finds_folders_above_its_own_and_a_bar_is_a_context() -> None:
    found = captured(
        "import keras\nfrom pathlib import Path\nfrom tqdm import trange\n"
        "root = Path(__file__).resolve().parents[3]\n"
        "m = keras.Sequential([keras.Input((4,))])\n"
        "with trange(2) as bar:\n"
        "    for i in bar:\n"
        "        m.add(keras.layers.Dense(3 + i))\n"
        "        bar.set_description('x')\n"
    )
    assert found["error"] is None
    assert not said(found, "stand-in")
    assert classes(found["models"][0]) == ["InputLayer", "Dense", "Dense"]


def test_a_part_of_keras_that_is_gone_is_told_by_its_whole_name() -> None:
    found = captured(
        "import keras\nfrom keras.wrappers.scikit_learn import KerasClassifier\n"
        "m = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])\n"
    )
    assert found["models"]
    assert "`keras.wrappers.scikit_learn` is not installed" in said(found, "stand-in")
