"""Shapes of Keras 2's layers, reckoned without a graph, are those that Keras finds in one."""

import pytest
from sandbox.asking import captured

PICTURE = [None, 17, 19, 8]
CASES = [
    # 17 in windows of 3: 15 places, every second 8; padded 9 of 17; 19: 17, 9; 10.
    ("Conv2D(4, 3)", PICTURE, [None, 15, 17, 4]),
    ("Conv2D(4, 3, strides=2)", PICTURE, [None, 8, 9, 4]),
    ("Conv2D(4, 3, strides=2, padding='same')", PICTURE, [None, 9, 10, 4]),
    ("Conv2D(4, 3, dilation_rate=2)", PICTURE, [None, 13, 15, 4]),
    ("DepthwiseConv2D(3, strides=2, padding='same')", PICTURE, [None, 9, 10, 8]),
    ("SeparableConv2D(4, 3)", PICTURE, [None, 15, 17, 4]),
    ("Conv2DTranspose(4, 3, strides=2, padding='same')", PICTURE, [None, 34, 38, 4]),
    ("Conv2DTranspose(4, 3, strides=2)", PICTURE, [None, 35, 39, 4]),
    ("MaxPooling2D(2)", PICTURE, [None, 8, 9, 8]),
    ("AveragePooling2D(2, padding='same')", PICTURE, [None, 9, 10, 8]),
    ("GlobalAveragePooling2D()", PICTURE, [None, 8]),
    ("GlobalMaxPooling2D(keepdims=True)", PICTURE, [None, 1, 1, 8]),
    ("Flatten()", PICTURE, [None, 17 * 19 * 8]),
    ("ZeroPadding2D(((1, 2), (3, 0)))", PICTURE, [None, 20, 22, 8]),
    ("Cropping2D(((1, 2), (3, 0)))", PICTURE, [None, 14, 16, 8]),
    ("UpSampling2D((2, 3))", PICTURE, [None, 34, 57, 8]),
    ("BatchNormalization()", PICTURE, PICTURE),
    ("GroupNormalization(4)", PICTURE, PICTURE),
    ("Dense(5)", PICTURE, [None, 17, 19, 5]),
    ("Permute((3, 1, 2))", PICTURE, [None, 8, 17, 19]),
    ("Conv2D(4, 3, strides=2)", [None, None, None, 3], [None, None, None, 4]),
    ("Conv1D(4, 3, padding='causal', strides=2)", [None, 50, 6], [None, 25, 4]),
    ("MaxPooling1D(3)", [None, 50, 6], [None, 16, 6]),
    ("RepeatVector(5)", [None, 7], [None, 5, 7]),
    ("Conv3D(4, 3, strides=2, padding='same')", [None, 9, 9, 9, 2], [None, 5, 5, 5, 4]),
]


@pytest.mark.parametrize(("layer", "entering", "leaving"), CASES)
def test_one_input(layer: str, entering: list[int | None], leaving: list[int | None]) -> None:
    found = captured(
        "import tf_keras as keras\nfrom tf_keras.layers import *\n"
        f"i = Input(batch_shape={entering})\nkeras.Model(i, {layer}(i))\n",
        dialect="keras2",
    )
    call = found["models"][0]["calls"][1]
    assert call["outputs"][0] == {**call["outputs"][0], "shape": leaving, "dtype": "float32"}


@pytest.mark.parametrize(
    ("layer", "shapes", "leaving"),
    [
        ("Add()", ((8, 8, 4), (8, 8, 4)), [None, 8, 8, 4]),
        ("Multiply()", ((8, 8, 4), (1, 1, 4)), [None, 8, 8, 4]),
        ("Multiply()", ((8, 8, 1), (8, 8, 4)), [None, 8, 8, 4]),
        ("Concatenate()", ((8, 8, 4), (8, 8, 5)), [None, 8, 8, 9]),
        ("Concatenate(axis=1)", ((3, 8, 4), (8, 8, 4)), [None, 11, 8, 4]),
        ("Add()", ((None, 8, 4), (8, 8, 4)), [None, 8, 8, 4]),
    ],
)
def test_several_inputs(
    layer: str, shapes: tuple[tuple[int | None, ...], ...], leaving: list[int | None]
) -> None:
    found = captured(
        "import tf_keras as keras\nfrom tf_keras.layers import *\n"
        f"i = [Input(s) for s in {shapes}]\nkeras.Model(i, {layer}(i))\n",
        dialect="keras2",
    )
    assert found["models"][0]["calls"][-1]["outputs"][0]["shape"] == leaving


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("Conv2D(4, 9)", "zero or negative"),
        ("MaxPooling2D(20)", "20"),
        ("Conv2D(4, 3, strides=0)", "strides"),
    ],
)
def test_what_cannot_be_is_still_refused(layer: str, words: str) -> None:
    found = captured(
        "import tf_keras as keras\nfrom tf_keras.layers import *\n"
        f"i = Input((5, 5, 3))\nkeras.Model(i, {layer}(i))\n",
        dialect="keras2",
    )
    assert words in found["error"]["message"]
