"""What layers are called in a legend."""

import pytest
from figures.building import Net
from netfig.model.graph import Layer
from netfig.styles import wording


def layer(kind: str, *, custom: bool = False, operation: bool = False, **config: object) -> Layer:
    return Layer(
        id="a", layer="a", type=kind, name="a", config=config, custom=custom, operation=operation
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("Conv2D", "Conv"),
        ("Conv1D", "Conv"),
        ("Conv2DTranspose", "Up-convolution"),
        ("DepthwiseConv2D", "Depthwise conv"),
        ("MaxPooling2D", "Max pooling"),
        ("GlobalAveragePooling2D", "Global average pooling"),
        ("BatchNormalization", "BN"),
        ("ZeroPadding2D", "Zero padding"),
        ("MultiHeadAttention", "Multi-head attention"),
        ("LSTM", "LSTM"),
        ("SpatialDropout1D", "Spatial dropout"),
        ("InputLayer", "Input"),
        ("RandomFlip", "Random flip"),
    ],
)
def test_phrases(kind: str, words: str) -> None:
    assert wording.phrase(layer(kind)) == words


def test_the_authors_own_classes_keep_their_names() -> None:
    assert wording.phrase(layer("TransformerBlock2D", custom=True)) == "TransformerBlock2D"


def test_wrappers_name_what_they_wrap() -> None:
    assert wording.phrase(layer("Bidirectional", wrapped="LSTM")) == "Bidirectional LSTM"
    assert wording.phrase(layer("TimeDistributed", wrapped="Dense")) == "Dense per step"


def test_activations_and_operations() -> None:
    assert wording.phrase(layer("Activation", activation="relu")) == "ReLU"
    assert wording.phrase(layer("Activation", activation="linear")) == "linear"
    assert wording.phrase(layer("Relu", operation=True)) == "ReLU"
    assert wording.phrase(layer("leaky_relu", operation=True)) == "Leaky ReLU"
    assert wording.activation(layer("Dense", activation="linear")) == ""
    assert wording.activation(layer("Dense", activation="my_own")) == "my own"
    assert wording.phrase(layer("expand_dims", operation=True)) == "expand dims"


def test_kernels_print_every_axis() -> None:
    assert wording.kernel(layer("Conv2D", kernel_size=(3, 5))) == "3×5"
    assert wording.kernel(layer("Conv2D", kernel_size=3)) == "3×3"
    assert wording.kernel(layer("MaxPooling1D", pool_size=2)) == "2"
    assert wording.kernel(layer("UpSampling3D", size=(2, 2, 2))) == "2×2×2"
    assert wording.kernel(layer("Dense", units=4)) == ""


def test_rank_comes_from_the_grid_where_the_name_has_none() -> None:
    net = Net()
    net.add("in", "InputLayer", (), (8, 8, 1))
    pooled = net.add("p", "Pool", ["in"], (4, 4, 1), pool_size=2)
    assert wording.kernel(net.layers[pooled]) == "2×2"


def test_counts() -> None:
    assert wording.count(25636712) == "25,636,712"
    assert wording.short_count(25636712) == "25.6 M"
    assert wording.short_count(12) == "12"
