"""Which layers are drawn as a band on the glyph they follow.

The table is by class name; a modifier is fused only where nothing is hidden by it: it has one
input, its host feeds nobody else, and both lie in the same innermost group.
"""

from collections.abc import Callable, Sequence

from netfig.model.graph import Layer


def names_in(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


NORMS = names_in(
    "BatchNormalization LayerNormalization GroupNormalization RMSNormalization UnitNormalization"
    " SyncBatchNormalization InstanceNormalization FilterResponseNormalization"
    " SpectralNormalization"
)
ACTIVATIONS = names_in(
    "Activation ReLU LeakyReLU PReLU ELU Softmax ThresholdedReLU Relu Relu6 Sigmoid Tanh Silu"
    " Swish Gelu Selu Elu Softplus Softsign LogSoftmax HardSigmoid HardSilu HardTanh Mish"
    " LeakyRelu Celu Glu LogSigmoid Squareplus Threshold"
)
REGULARISERS = names_in(
    "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout GaussianNoise"
    " AlphaDropout ActivityRegularization StochasticDepth DropPath DropBlock"
)
SCALERS = names_in("Rescaling Normalization LayerScale")
SHAPERS = names_in("Flatten Reshape ExpandDims Squeeze Identity")
PADDINGS = names_in("ZeroPadding1D ZeroPadding2D ZeroPadding3D")
MODIFIERS = NORMS | ACTIVATIONS | REGULARISERS | SCALERS | SHAPERS
MERGES = names_in(
    "Add Subtract Multiply Average Maximum Minimum Concatenate Dot Divide Stack Where Einsum Matmul"
)


def is_modifier(layer: Layer) -> bool:
    """True for a layer that may be a band on what it follows.

    A Reshape or Flatten is one only where it keeps every size but ones: else it is a step a
    reader must see.
    """
    if layer.type not in MODIFIERS or len(layer.inputs) > 1 or len(layer.outputs) > 1:
        return False
    if layer.type in SHAPERS and layer.inputs and layer.outputs:
        sizes = [[n for n in t.shape[1:] if n != 1] for t in (layer.inputs[0], layer.outputs[0])]
        return sizes[0] == sizes[1]
    return True


def follows_merge(layer: Layer) -> bool:
    """True for what belongs to the merge before it: an activation or a regulariser.

    A norm after a merge opens the next block (pre-activation) as often as it closes this one.
    """
    return layer.type in ACTIVATIONS or layer.type in REGULARISERS


def is_padding(layer: Layer) -> bool:
    """True for explicit padding, which is drawn with the window layer it pads for."""
    return layer.type in PADDINGS


def strides(layer: Layer) -> int:
    """The largest stride of a window layer; 1 for others. Pooling strides by its size."""
    if not has_window(layer) or "Global" in layer.type:
        return 1
    value = layer.config.get("strides") or layer.config.get("pool_size") or 1
    sizes = value if isinstance(value, tuple) else (value,)
    return max((n for n in sizes if isinstance(n, int)), default=1)


def has_window(layer: Layer) -> bool:
    """True for a layer that slides a window: a convolution or a pooling."""
    return "Conv" in layer.type or "Pooling" in layer.type


def hosts(
    layers: Sequence[Layer],
    before: Callable[[int], Sequence[int]],
    after: Callable[[int], Sequence[int]],
    joins: Callable[[int, int], bool],
    members: Sequence[int],
) -> dict[int, int]:
    """For each of `members` (positions in data-flow order) the position of its host, or itself.

    `before` and `after` give neighbours among what is shown; `joins(host, modifier)` says whether
    the groups they lie in let them be one glyph.
    """
    host: dict[int, int] = {}
    for i in members:
        host[i] = i
        if not is_modifier(layers[i]):
            continue
        sources = before(i)
        if len(sources) != 1 or sources[0] not in host:
            continue
        source = sources[0]
        if len(after(source)) == 1 and joins(source, i) and not is_padding(layers[source]):
            host[i] = host[source]
    for i in members:
        if not is_padding(layers[i]) or len(before(i)) != 1:
            continue
        targets = after(i)
        if len(targets) != 1 or targets[0] not in host or not joins(targets[0], i):
            continue
        target = targets[0]
        if has_window(layers[target]) and len(before(target)) == 1:
            host[i] = target
    return host


def may_leave(layer: Layer) -> bool:
    """Whether it may be a band on the last glyph of a group it is not in: a norm opens what
    follows too often."""
    return layer.type not in NORMS and not is_padding(layer)
