"""What a layer is called in a legend, and how its settings are written."""

import re
from functools import lru_cache

from netfig.model.graph import Layer, Setting

_PHRASES = {
    "InputLayer": "Input",
    "Conv": "Conv",
    "Convolution": "Conv",
    "ConvTranspose": "Up-convolution",
    "DepthwiseConv": "Depthwise conv",
    "SeparableConv": "Separable conv",
    "BatchNormalization": "BN",
    "LayerNormalization": "LN",
    "GroupNormalization": "GN",
    "RMSNormalization": "RMS norm",
    "UnitNormalization": "Unit norm",
    "SpectralNormalization": "Spectral norm",
    "ReLU": "ReLU",
    "LeakyReLU": "Leaky ReLU",
    "PReLU": "PReLU",
    "ELU": "ELU",
    "Softmax": "Softmax",
    "UpSampling": "Upsampling",
    "MultiHeadAttention": "Multi-head attention",
    "GroupQueryAttention": "Grouped-query attention",
    "GroupedQueryAttention": "Grouped-query attention",
    "LSTM": "LSTM",
    "GRU": "GRU",
    "SimpleRNN": "RNN",
    "RNN": "RNN",
    "ConvLSTM": "ConvLSTM",
    "MaxPooling": "Max pooling",
    "MaxPool": "Max pooling",
    "AveragePooling": "Average pooling",
    "AvgPool": "Average pooling",
    "TFSMLayer": "SavedModel",
}
_ACTIVATIONS = {
    "relu": "ReLU",
    "relu6": "ReLU6",
    "leaky_relu": "Leaky ReLU",
    "elu": "ELU",
    "selu": "SELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "swish": "Swish",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "hard_sigmoid": "hard sigmoid",
    "hard_swish": "hard swish",
    "hard_silu": "hard SiLU",
    "softmax": "softmax",
    "softplus": "softplus",
    "softsign": "softsign",
    "exponential": "exp",
    "mish": "Mish",
}


def phrase(layer: Layer) -> str:
    """The name of a layer's type for readers: "Max pooling" for MaxPooling2D.

    Classes of the paste keep their own name, spelled as the author wrote it.
    """
    if layer.custom:
        return layer.type
    if layer.operation:
        plain = layer.type.replace("_", " ")
        return _ACTIVATIONS.get(plain.lower().replace(" ", "_"), plain)
    if layer.type == "Activation":
        linear = layer.config.get("activation") == "linear"
        return activation(layer) or ("linear" if linear else "Activation")
    wrapped = layer.config.get("wrapped")
    if layer.type == "Bidirectional" and isinstance(wrapped, str):
        return f"Bidirectional {_spell(wrapped)}"
    if layer.type == "TimeDistributed" and isinstance(wrapped, str):
        return f"{_spell(wrapped)} per step"
    return _spell(layer.type)


@lru_cache(maxsize=1024)
def _spell(name: str) -> str:
    plain = re.sub(r"[123]D(?=Transpose|$)", "", name)
    if plain in _PHRASES:
        return _PHRASES[plain]
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", plain) or [plain]
    first, *rest = words
    return " ".join([first, *(w if w.isupper() else w.lower() for w in rest)])


def activation(layer: Layer) -> str:
    """The activation set on a layer, "" for none or linear."""
    value = layer.config.get("activation")
    if not isinstance(value, str) or value in ("linear", ""):
        return ""
    return _ACTIVATIONS.get(value, value.replace("_", " "))


def kernel(layer: Layer) -> str:
    """The window a layer looks through, "3×3", or "" where it has none."""
    for setting in ("kernel_size", "pool_size", "size"):
        value = layer.config.get(setting)
        if value is not None and not isinstance(value, (str, bool)):
            return _window(value, rank(layer))
    return ""


def rank(layer: Layer) -> int:
    """How many axes its window has: the digit in Conv2D, else of its output's grid, else 1."""
    found = re.search(r"([123])D", layer.type)
    return int(found[1]) if found else max(1, len(layer.outputs[0].spatial) if layer.outputs else 1)


def _window(value: Setting, axes: int) -> str:
    if isinstance(value, tuple):
        return "×".join(str(v) for v in value)
    return "×".join([str(value)] * axes)


def count(number: int) -> str:
    """A count with thin grouping: 25,636,712."""
    return f"{number:,}"


def short_count(number: int) -> str:
    """A count for a tight place: 25.6 M."""
    for limit, unit in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if number >= limit:
            return f"{number / limit:.3g} {unit}"
    return str(number)
