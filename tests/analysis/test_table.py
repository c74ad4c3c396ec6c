"""The table of networks: totals measured elsewhere, formulas worked out by hand."""

import csv
import io
from functools import cache

import pytest
from figures.captures import capture
from netfig.analysis import Row, Table, csv_text, table
from netfig.importers.capture import read
from netfig.model.graph import Layer, LayerGraph
from sandbox.asking import captured

pytestmark = pytest.mark.needs("guest")

# Multiply-accumulates of convolutions and dense layers, numbers of all outputs but the input's:
# both counted once with Keras itself.
KNOWN = {
    "VGG16": (15_470_264_320, 15_112_168),
    "ResNet50": (3_857_973_248, 36_969_684),
    "InceptionV3": (5_713_216_096, 32_286_184),
    "MobileNetV2": (300_774_272, 21_665_432),
    "DenseNet121": (2_834_161_664, 49_776_084),
}

CODE = """
import keras
from keras import layers, ops

class Odd(layers.Layer):
    def call(self, x):
        return x * 2

image = keras.Input((12, 10, 6), name="image")
x = layers.Conv2D(8, (3, 5), strides=2, padding="same", groups=2, name="grouped")(image)
x = layers.Conv2DTranspose(4, 3, strides=2, padding="same", name="transposed")(x)
x = layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same", name="depthwise")(x)
x = layers.SeparableConv2D(5, 3, padding="same", depth_multiplier=3, name="separable")(x)
x = layers.BatchNormalization(name="norm")(x)
x = layers.Dense(7, name="dense")(x)
x = layers.EinsumDense("bhwc,cd->bhwd", (12, 10, 11), name="einsum")(x)
x = Odd(name="odd")(x)
tied = layers.Dense(11, name="tied")
x = tied(tied(x))
model = keras.Model(image, x)
"""
STEPS = """
import keras
from keras import layers, ops

words = keras.Input((9, 16), name="words")
x = layers.LSTM(20, return_sequences=True, name="lstm")(words)
x = layers.Bidirectional(layers.GRU(12, return_sequences=True), name="both")(x)
x = layers.SimpleRNN(10, return_sequences=True, name="simple")(x)
x = layers.TimeDistributed(layers.Dense(14), name="each")(x)
x = layers.Conv1D(32, 4, padding="causal", name="causal")(x)
x = layers.MultiHeadAttention(4, 6, value_dim=5, name="heads")(x, x)
x = layers.GroupQueryAttention(4, 8, 2, name="grouped")(x, x)
y = layers.Attention(name="plain")([x, words_too := layers.Dense(32, name="wide")(words)])
z = ops.matmul(y, ops.transpose(x, (0, 2, 1)))
model = keras.Model(words, z)
"""
OPEN = """
import keras
from keras import layers
image = keras.Input((None, None, 3), name="image")
model = keras.Model(image, layers.Dense(10, name="dense")(
    layers.GlobalAveragePooling2D()(layers.Conv2D(8, 3, name="conv")(image))))
"""


@cache
def _table(code: str) -> Table:
    (found,) = read(captured(code)).models
    return table(found.graph)


def _rows(code: str) -> dict[str, Row]:
    return {row.id: row for row in _table(code).rows}


@pytest.mark.parametrize("name", KNOWN)
def test_known_networks_cost_what_is_known(name: str) -> None:
    found = table(capture(f"applications/{name}").models[0].graph)
    macs, numbers = KNOWN[name]
    assert (found.macs, found.uncounted) == (macs, 0)
    assert (found.memory, found.unsized) == (4 * numbers, 0)
    assert len(found.rows) == len(capture(f"applications/{name}").models[0].graph.layers)


@pytest.mark.parametrize(
    ("layer", "macs"),
    [
        ("grouped", 15 * 6 * 5 * 6 * 8 // 2),
        ("transposed", 9 * 6 * 5 * 8 * 4),
        ("depthwise", 9 * 12 * 10 * 8),
        ("separable", 12 * 10 * (9 * 24 + 24 * 5)),
        ("norm", 0),
        ("dense", 120 * 5 * 7),
        ("einsum", 120 * 7 * 11),
        ("tied", 120 * 11 * 11),
        ("tied#2", 120 * 11 * 11),
    ],
)
def test_layers_on_pictures(layer: str, macs: int) -> None:
    assert _rows(CODE)[layer].macs == macs


@pytest.mark.parametrize(
    ("layer", "macs"),
    [
        ("lstm", 4 * 9 * 20 * (16 + 20)),
        ("both", 2 * 3 * 9 * 12 * (20 + 12)),
        ("simple", 9 * 10 * (24 + 10)),
        ("each", 9 * 10 * 14),
        ("causal", 9 * 4 * 14 * 32),
        ("heads", 4 * (9 * 32 * (6 + 6 + 5) + 9 * 9 * (6 + 5) + 9 * 5 * 32)),
        ("grouped", 9 * 32 * 4 * (8 + 2 + 2) + 2 * 9 * 9 * 8 * 4 + 9 * 8 * 4 * 32),
        ("plain", 2 * 9 * 9 * 32),
    ],
)
def test_layers_on_sequences(layer: str, macs: int) -> None:
    assert _rows(STEPS)[layer].macs == macs


def test_a_product_of_tensors_counts() -> None:
    (product,) = (row for row in _table(STEPS).rows if row.type == "Matmul")
    assert product.macs == 9 * 9 * 32


def test_what_has_no_formula_is_said_and_left_out() -> None:
    found = _table(CODE)
    odd = _rows(CODE)["odd"]
    assert (odd.macs, odd.note) == (None, "no formula")
    assert found.uncounted == 1
    assert found.macs == sum(row.macs for row in found.rows if row.macs is not None)


def test_open_sizes_are_said() -> None:
    rows, found = _rows(OPEN), _table(OPEN)
    assert (rows["conv"].macs, rows["conv"].note, rows["conv"].memory) == (None, "open size", None)
    assert rows["dense"].macs == 80
    assert (found.uncounted, found.unsized) == (1, 1)


def test_shared_weights_are_counted_once() -> None:
    rows = _rows(CODE)
    assert (rows["tied"].shared, rows["tied#2"].shared) == (False, True)
    assert rows["tied"].parameters == rows["tied#2"].parameters == 132
    own = sum(row.parameters for row in rows.values() if not row.shared)
    assert _table(CODE).parameters == own


def test_csv_reads_back_and_starts_no_formula() -> None:
    graph = LayerGraph(
        name="x",
        layers=(Layer(id="=1+1", layer="a", type="@SUM", name='-a",b', custom=True),),
        edges=(),
        parameters=0,
        trainable=0,
    )
    (row,) = csv.DictReader(io.StringIO(csv_text(table(graph))))
    assert (row["id"], row["type"], row["name"]) == ("'=1+1", "'@SUM", "'-a\",b")
    rows = list(csv.DictReader(io.StringIO(csv_text(_table(CODE)))))
    assert [row["id"] for row in rows] == [row.id for row in _table(CODE).rows]
    grouped = next(row for row in rows if row["id"] == "grouped")
    assert (grouped["output shape"], grouped["output bytes"]) == ("6x5x8", "960")
