"""Nested models applied to other sizes than Keras keeps of them show the sizes that pass."""

import pytest
import tools
from sandbox.asking import captured

pytestmark = pytest.mark.skipif(not tools.local_guest(), reason=tools.reason("guest"))

SHARED = """
from {keras} import Input, Model, layers
x = Input((None, None, 32))
y = layers.Conv2D(8, 3)(x)
pool = Model(x, layers.GlobalMaxPooling2D()(layers.Add()([y, y])), name="pool")
image = Input((64, 64, 32))
half = layers.MaxPooling2D(name="half")(image)
model = Model(image, [pool(image), pool(half)])
"""


def shapes(code: str) -> dict[str, tuple[list[object], list[object]]]:
    """Of every call in a nested model: the shapes that enter it, and that leave it."""
    calls = captured(code)["models"][0]["calls"]
    return {
        call["id"]: (
            [tensor["shape"] for tensor in call["inputs"]],
            [tensor["shape"] for tensor in call["outputs"]],
        )
        for call in calls
        if call["path"]
    }


@pytest.mark.parametrize("keras", ["keras", "tf_keras"])
def test_each_application_has_its_own_sizes(keras: str) -> None:
    found = list(shapes(SHARED.format(keras=keras)).values())
    assert found[0] == ([[None, 64, 64, 32]], [[None, 62, 62, 8]])
    assert found[1] == ([[None, 62, 62, 8]] * 2, [[None, 62, 62, 8]])
    assert found[2] == ([[None, 62, 62, 8]], [[None, 8]])
    assert found[3] == ([[None, 32, 32, 32]], [[None, 30, 30, 8]])
    assert found[4] == ([[None, 30, 30, 8]] * 2, [[None, 30, 30, 8]])
    assert found[5] == ([[None, 30, 30, 8]], [[None, 8]])


def test_a_head_shared_by_levels_shows_each_levels_size() -> None:
    found = shapes(
        "import keras\nfrom keras import layers\n"
        "head = keras.Sequential([layers.Conv2D(4, 3, padding='same')], name='head')\n"
        "image = keras.Input((32, 32, 3))\n"
        "model = keras.Model(image, [head(image), head(layers.AveragePooling2D(2)(image))])\n"
    )
    assert [leaving for _, leaving in found.values()] == [[[None, 32, 32, 4]], [[None, 16, 16, 4]]]


def test_what_stays_open_outside_keeps_the_size_known_inside() -> None:
    found = shapes(
        "import keras\nfrom keras import layers\n"
        "x = keras.Input((16, 16, 3))\n"
        "inner = keras.Model(x, layers.Conv2D(4, 3)(x), name='inner')\n"
        "image = keras.Input((None, None, 3))\n"
        "model = keras.Model(image, inner(image))\n"
    )
    assert list(found.values()) == [([[None, 16, 16, 3]], [[None, 14, 14, 4]])]


def test_a_layer_that_does_not_tell_its_size_keeps_what_keras_says() -> None:
    found = shapes(
        "import keras\nfrom keras import layers\n"
        "class Odd(layers.Layer):\n"
        "    def call(self, x):\n"
        "        return x\n"
        "    def compute_output_spec(self, x):\n"
        "        self.asked = getattr(self, 'asked', 0) + 1\n"
        "        if self.asked > 2:\n"
        "            raise RuntimeError('not again')\n"
        "        return x\n"
        "x = keras.Input((None, None, 3))\n"
        "inner = keras.Model(x, layers.Conv2D(4, 3)(Odd()(x)), name='inner')\n"
        "image = keras.Input((16, 16, 3))\n"
        "model = keras.Model(image, inner(image))\n"
    )
    assert [leaving for _, leaving in found.values()] == [
        [[None, None, None, 3]],
        [[None, None, None, 4]],
    ]
