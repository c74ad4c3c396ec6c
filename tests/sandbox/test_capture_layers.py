"""Every public class of keras.layers can be captured: each is built in a small paste of its own."""

import pytest
import tools
from sandbox.asking import ask, captured

pytestmark = pytest.mark.skipif(not tools.local_guest(), reason=tools.reason("guest"))

SEQUENCE, IMAGE, VOLUME, FLAT = "(10, 4)", "(16, 16, 3)", "(8, 8, 8, 2)", "(6,)"
ARGUMENTS = {
    "Dense": "4", "Embedding": "20, 8", "Reshape": "(3, 2)", "RepeatVector": "3",
    "Permute": "(2, 1)",
    "LSTM": "4", "GRU": "4", "SimpleRNN": "4", "Lambda": "lambda x: x * 2", "Activation": "'relu'",
    "EinsumDense": "'ab,bc->ac', output_shape=4", "Resizing": "8, 8", "CenterCrop": "8, 8",
    "RandomCrop": "8, 8", "Rescaling": "0.5", "RandomZoom": "0.1", "RandomRotation": "0.1",
    "RandomTranslation": "0.1, 0.1", "RandomShear": "0.1, 0.1", "RandomContrast": "0.1",
    "RandomBrightness": "0.1", "RandomSaturation": "0.1", "RandomHue": "0.1", "Hashing": "8",
    "CategoryEncoding": "8", "Discretization": "bin_boundaries=[0.0, 1.0]",
    "IntegerLookup": "vocabulary=[1, 2, 3]", "StringLookup": "vocabulary=['a', 'b']",
    "TextVectorization": "vocabulary=['a', 'b']", "GroupNormalization": "1",
    "Normalization": "mean=0.0, variance=1.0", "GaussianDropout": "0.1", "GaussianNoise": "0.1",
    "AlphaDropout": "0.1", "Dropout": "0.1", "RandomErasing": "", "HashedCrossing": "8",
    "TimeDistributed": "layers.Dense(3)", "Bidirectional": "layers.LSTM(4)",
    "SpectralNormalization": "layers.Dense(3)", "RNN": "layers.LSTMCell(4)",
    "MultiHeadAttention": "2, 4", "GroupQueryAttention": "4, 2, 1", "ConvLSTM1D": "4, 3",
    "ConvLSTM2D": "4, 3", "ConvLSTM3D": "4, 3", "MelSpectrogram": "", "STFTSpectrogram": "",
    "Pipeline": "[layers.Rescaling(0.5)]", "MaxNumBoundingBoxes": "4", "Dot": "axes=1",
    "AdaptiveAveragePooling1D": "2", "AdaptiveMaxPooling1D": "2", "ReversibleEmbedding": "20, 8",
    "RandomColorDegeneration": "0.5", "AugMix": "", "MaxPool1D": "", "RMSNormalization": "",
    "RandomGaussianBlur": "0.5", "RandomSharpness": "0.5", "RandomPosterization": "4",
    "RandomElasticTransform": "", "RandomInvert": "0.5", "RandomGrayscale": "0.5",
}  # fmt: skip
MERGES = {"Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract", "Dot"}
NOT_APPLIED = {
    "Layer", "Wrapper", "InputLayer", "Input", "InputSpec", "LSTMCell", "GRUCell", "SimpleRNNCell",
    "StackedRNNCells", "TorchModuleWrapper", "FlaxLayer", "JaxLayer", "TFSMLayer",
    "AbstractRNNCell", "MaxNumBoundingBoxes",
}  # fmt: skip
"""Bases, cells (which only an RNN applies), boxes and wrappers of other frameworks."""
INPUTS = {
    "Embedding": "(10,), dtype='int32'", "ReversibleEmbedding": "(10,), dtype='int32'",
    "StringLookup": "(1,), dtype='string'", "TextVectorization": "(1,), dtype='string'",
    "IntegerLookup": "(1,), dtype='int64'", "Hashing": "(1,), dtype='int64'",
    "CategoryEncoding": "(1,), dtype='int64'", "ConvLSTM1D": "(5, 8, 2)",
    "ConvLSTM2D": "(5, 8, 8, 2)", "ConvLSTM3D": "(5, 8, 8, 8, 2)", "MelSpectrogram": "(4096,)",
    "STFTSpectrogram": "(4096, 1)", "EinsumDense": FLAT, "Masking": SEQUENCE, "Attention": SEQUENCE,
}  # fmt: skip
TWICE = {"MultiHeadAttention", "Attention", "AdditiveAttention"}
BY_KIND = (
    ("Depthwise", "3"), ("Separable", "4, 3"), ("SpatialDropout", "0.1"), ("Adaptive", "2"),
    ("Global", ""), ("ConvLSTM", "4, 3"), ("Conv", "4, 3"), ("Average", "2"), ("Avg", "2"),
)  # fmt: skip


def _arguments(name: str) -> str:
    if name in ARGUMENTS:
        return ARGUMENTS[name]
    if name in MERGES:
        return ""
    return next((given for start, given in BY_KIND if name.startswith(start)), "")


def _input(name: str) -> str:
    if name in INPUTS:
        return INPUTS[name]
    if "3D" in name:
        return VOLUME
    if "2D" in name or name.startswith(("Random", "Center", "Resizing", "Cut", "Mix", "Aug", "Rand",
                                        "Auto", "Equal", "Solar", "Equal")):  # fmt: skip
        return IMAGE
    if "1D" in name or name in (
        "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "TimeDistributed", "AdditiveAttention",
        "MultiHeadAttention", "GroupQueryAttention", "Permute", "UnitNormalization",
    ):  # fmt: skip
        return SEQUENCE
    return FLAT


@pytest.mark.slow
def test_each_is_captured() -> None:
    names = ask(list="layers")
    assert len(names) >= 163
    for name in names:
        if name not in NOT_APPLIED:
            _captured(name)


def _captured(name: str) -> None:
    if name in MERGES:
        call = f"layers.{name}({_arguments(name)})([x, x])"
    elif name in TWICE:
        given = "[x, x]" if name != "MultiHeadAttention" else "x, x"
        call = f"layers.{name}({_arguments(name)})({given})"
    elif name == "GroupQueryAttention":
        call = f"layers.{name}({ARGUMENTS[name]})(x, x)"
    elif name == "HashedCrossing":
        call = "layers.HashedCrossing(8)((x, x))"
    else:
        call = f"layers.{name}({_arguments(name)})(x)"
    size = "(1,), dtype='int64'" if name == "HashedCrossing" else _input(name)
    code = f"import keras\nfrom keras import layers\nx = keras.Input({size})\ny = {call}\n"
    found = captured(code + "model = keras.Model(x, y)\n", dialect="keras3")
    assert found["error"] is None, (name, found["error"])
    model = found["models"][0]
    drawn = [c for c in model["calls"] if c["class"] != "InputLayer"]
    assert len(drawn) == 1, name
    twice = name in MERGES | TWICE | {"GroupQueryAttention", "HashedCrossing"}
    assert len(model["edges"]) == (2 if twice else 1), name
    assert drawn[0]["line"] == 4
