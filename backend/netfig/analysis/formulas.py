"""Multiply-accumulates of one sample through one layer call, by type: the formulas, each stated.

A formula raises OpenSize where a size is open, KeyError, IndexError or ValueError where the layer
is not as it should be. Biases, additions, comparisons, normalisation and activations count none.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from netfig.analysis.sizes import channel_axis, elements, integer, integers, volume
from netfig.model.graph import Layer, Tensor

Formula = Callable[[Layer], int]


def _places(tensor: Tensor, at: int) -> int:
    """Positions of the tensor: all axes but the batch and the channels at `at`."""
    return volume(tensor.shape[1:]) // max(volume(tensor.shape[at : at + 1]), 1)


def _ends(layer: Layer) -> tuple[Tensor, Tensor, int]:
    """The input, the output, and where their channels lie."""
    end = layer.outputs[0]
    return layer.inputs[0], end, channel_axis(end)


def _kernel(layer: Layer, end: Tensor) -> int:
    return volume(integers(layer.config["kernel_size"], len(end.shape) - 2))


def convolution(layer: Layer) -> int:
    """kernel x output positions x input channels x output channels / groups."""
    start, end, at = _ends(layer)
    channels = volume((start.shape[at],))
    return _kernel(layer, end) * elements(end) * channels // integer(layer, "groups", 1)


def transposed(layer: Layer) -> int:
    """kernel x input positions x input channels x output channels: what padding cuts off counts."""
    start, end, at = _ends(layer)
    return _kernel(layer, end) * elements(start) * volume((end.shape[at],))


def depthwise(layer: Layer) -> int:
    """kernel x output positions x output channels, which are input channels x multiplier."""
    _, end, _ = _ends(layer)
    return _kernel(layer, end) * elements(end)


def separable(layer: Layer) -> int:
    """The depthwise step, then a convolution of 1: positions x intermediate x output channels."""
    start, end, at = _ends(layer)
    between = volume((start.shape[at],)) * integer(layer, "depth_multiplier", 1)
    places = _places(end, at)
    return places * between * (_kernel(layer, end) + volume((end.shape[at],)))


def dense(layer: Layer) -> int:
    """Numbers of the output x size of the input's last axis, at any rank."""
    return elements(layer.outputs[0]) * volume(layer.inputs[0].shape[-1:])


def einsum_dense(layer: Layer) -> int:
    """The product of every axis that the equation names, once; the batch aside."""
    equation = str(layer.config["equation"]).replace(" ", "")
    terms, result = equation.split("->")
    first, _kernel_axes = terms.split(",")
    sizes: dict[str, int | None] = {}
    for letters, shape in ((first, layer.inputs[0].shape), (result, layer.outputs[0].shape)):
        before, dots, after = letters.partition("...")
        named = dict(zip(before, shape, strict=dots == ""))
        middle = shape[len(before) : len(shape) - len(after)] if dots else ()
        named |= dict(zip(after, shape[len(shape) - len(after) :], strict=True))
        found = {f"...{i}": size for i, size in enumerate(reversed(middle))} | named
        sizes |= {letter: size for letter, size in found.items() if sizes.get(letter) is None}
    return volume(tuple(size for letter, size in sizes.items() if letter not in _batch(first)))


def _batch(letters: str) -> tuple[str, ...]:
    return (letters[0],) if not letters.startswith(".") else ()


def recurrent(gates: int) -> Formula:
    """gates x steps x units x (input channels + units), each way."""

    def formula(layer: Layer) -> int:
        units = integer(layer, "units")
        steps, channels = layer.inputs[0].shape[1], layer.inputs[0].shape[2]
        return gates * volume((steps, units)) * (volume((channels,)) + units)

    return formula


def convolution_lstm(layer: Layer) -> int:
    """4 x steps x kernel x output positions x filters x (input channels + filters)."""
    start, end = layer.inputs[0], layer.outputs[0]
    filters = integer(layer, "filters")
    rank = len(start.shape) - 3
    first = layer.config.get("data_format") == "channels_first"
    channels = start.shape[2] if first else start.shape[-1]
    spatial = end.shape[-rank:] if first else end.shape[-rank - 1 : -1]
    kernel = volume(integers(layer.config["kernel_size"], rank))
    steps = volume(start.shape[1:2])
    return 4 * steps * kernel * volume(spatial) * filters * (volume((channels,)) + filters)


def multi_head(layer: Layer) -> int:
    """Projections of query, key, value and result, and heads x (scores + weighted values)."""
    query = layer.inputs[0]
    value = layer.inputs[1] if len(layer.inputs) > 1 else query
    key = layer.inputs[2] if len(layer.inputs) > 2 else value
    heads, size = integer(layer, "num_heads"), integer(layer, "key_dim")
    depth = integer(layer, "value_dim", size)
    rank = len(query.shape)
    axes = integers(layer.config.get("attention_axes") or tuple(range(1, rank - 1)), 1)
    across = [axis % rank for axis in axes]
    apart = volume(tuple(query.shape[i] for i in range(1, rank - 1) if i not in across))
    rows = volume(tuple(query.shape[i] for i in across))
    columns = volume(tuple(value.shape[i] for i in across))
    width = volume(layer.outputs[0].shape[-1:])
    return (
        apart
        * heads
        * (
            rows * volume(query.shape[-1:]) * size
            + columns * volume(key.shape[-1:]) * size
            + columns * volume(value.shape[-1:]) * depth
            + rows * columns * (size + depth)
            + rows * depth * width
        )
    )


def grouped_query(layer: Layer) -> int:
    """As multi_head, with keys and values of fewer heads."""
    query = layer.inputs[0]
    value = layer.inputs[1] if len(layer.inputs) > 1 else query
    key = layer.inputs[2] if len(layer.inputs) > 2 else value
    size = integer(layer, "head_dim")
    heads, shared = integer(layer, "num_query_heads"), integer(layer, "num_key_value_heads")
    rows, columns = volume(query.shape[1:2]), volume(value.shape[1:2])
    width = volume(layer.outputs[0].shape[-1:])
    return size * (
        heads * rows * (volume(query.shape[-1:]) + 2 * columns + width)
        + shared * columns * (volume(key.shape[-1:]) + volume(value.shape[-1:]))
    )


def attention(layer: Layer) -> int:
    """Rows x columns x (depth of the keys + depth of the values), without projections."""
    query, value = layer.inputs[0], layer.inputs[1]
    rows, columns = volume(query.shape[1:-1]), volume(value.shape[1:2])
    return rows * columns * (volume(query.shape[-1:]) + volume(value.shape[-1:]))


def dot(layer: Layer) -> int:
    """Numbers of the output x size of the axis that is summed over."""
    axes = layer.config["axes"]
    axis = axes[0] if isinstance(axes, tuple) else axes
    if not isinstance(axis, int):
        raise KeyError("axes")
    return elements(layer.outputs[0]) * volume((layer.inputs[0].shape[axis],))


def matmul(layer: Layer) -> int:
    """Numbers of the output x size of the first factor's last axis; both factors are tensors."""
    if len(layer.inputs) != 2:
        raise KeyError("a factor is not in the graph")
    return dense(layer)


_EACH: Mapping[Formula, str] = {
    convolution: "Conv1D Conv2D Conv3D LocallyConnected1D LocallyConnected2D",
    transposed: "Conv1DTranspose Conv2DTranspose Conv3DTranspose",
    depthwise: "DepthwiseConv1D DepthwiseConv2D",
    separable: "SeparableConv1D SeparableConv2D",
    dense: "Dense",
    einsum_dense: "EinsumDense",
    recurrent(1): "SimpleRNN",
    recurrent(3): "GRU CuDNNGRU",
    recurrent(4): "LSTM CuDNNLSTM",
    convolution_lstm: "ConvLSTM1D ConvLSTM2D ConvLSTM3D",
    multi_head: "MultiHeadAttention",
    grouped_query: "GroupedQueryAttention GroupQueryAttention",
    attention: "Attention AdditiveAttention",
    dot: "Dot",
    matmul: "Matmul",
}

FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {name: formula for formula, names in _EACH.items() for name in names.split()}
)
"""Type -> its formula."""
