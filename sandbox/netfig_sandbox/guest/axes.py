"""Names for the axes of tensors: batch, depth, height, width, time, channels, "axis".

Forwards: a call names its output from what it is and from the names of its inputs. Backwards: an
unnamed input takes the names its consumer expects. What is left is named by its rank.
"""

from typing import Any

Axes = tuple[str, ...]

SPATIAL = {1: ("time",), 2: ("height", "width"), 3: ("depth", "height", "width")}
BY_RANK: dict[int, Axes] = {
    0: (),
    1: ("batch",),
    2: ("batch", "channels"),
    3: ("batch", "time", "channels"),
    4: ("batch", "height", "width", "channels"),
    5: ("batch", "depth", "height", "width", "channels"),
}

_SPATIAL_CLASSES = (
    "Conv", "SeparableConv", "DepthwiseConv", "MaxPool", "AveragePool", "MaxPooling",
    "AveragePooling", "ZeroPadding", "Cropping", "UpSampling", "SpatialDropout",
    "LocallyConnected", "AdaptiveAveragePooling", "AdaptiveMaxPooling",
)  # fmt: skip
_RECURRENT = {"LSTM", "GRU", "SimpleRNN", "RNN", "CuDNNLSTM", "CuDNNGRU", "Bidirectional"}
_IMAGE = {
    "RandomFlip", "RandomRotation", "RandomZoom", "RandomCrop", "RandomContrast", "Resizing",
    "CenterCrop", "RandomTranslation", "RandomBrightness", "RandomHeight", "RandomWidth",
}  # fmt: skip
_EMBEDDING = {"Embedding", "TokenAndPositionEmbedding", "ReversibleEmbedding"}
_FLAT = {"Flatten"}
_UNKNOWN = {"Reshape", "Lambda", "TorchModuleWrapper", "TFSMLayer", "GetItem", "SlicingOpLambda"}


def _dims(name: str) -> int:
    """2 for Conv2D, Conv2DTranspose, GlobalMaxPooling2D; 0 where the name says nothing."""
    for dims in (1, 2, 3):
        if f"{dims}D" in name:
            return dims
    return 0


def _spatial(dims: int, config: dict[str, Any]) -> Axes:
    if config.get("data_format") == "channels_first":
        return ("batch", "channels", *SPATIAL[dims])
    return ("batch", *SPATIAL[dims], "channels")


def expected(name: str, config: dict[str, Any], rank: int) -> Axes | None:
    """The axes a call of class `name` expects of its inputs of that rank, None if it has no say."""
    dims = _dims(name)
    axes: Axes | None = None
    if name.startswith("ConvLSTM"):
        axes = ("batch", "time", *SPATIAL[dims or 2], "channels")
        if config.get("data_format") == "channels_first":
            axes = ("batch", "time", "channels", *SPATIAL[dims or 2])
    elif dims and (name.startswith(_SPATIAL_CLASSES) or name.startswith("Global")):
        axes = _spatial(dims, config)
    elif name in _IMAGE and rank == 4:
        axes = _spatial(2, config)
    elif name in _RECURRENT or name in {"Attention", "AdditiveAttention", "MultiHeadAttention"}:
        axes = ("batch", "time", "channels")
    elif name in _EMBEDDING and rank == 2:
        axes = ("batch", "time")
    elif name in _FLAT and rank == 3:
        axes = ("batch", "height", "width")
    elif name in {"TextVectorization", "StringLookup", "Hashing", "IntegerLookup"}:
        axes = ("batch", "time") if rank == 2 else None
    return axes if axes is not None and len(axes) == rank else None


def produced(
    name: str,
    config: dict[str, Any],
    wrapped: dict[str, Any] | None,
    inputs: list[tuple[tuple[int | None, ...], Axes | None]],
    shape: tuple[int | None, ...],
) -> Axes | None:
    """The axes of an output, from the call's class and its inputs; None where nothing is known."""
    rank = len(shape)
    if name == "TimeDistributed" and wrapped and inputs and inputs[0][1] is not None:
        inner_in = [(s[:1] + s[2:], a[:1] + a[2:] if a else None) for s, a in inputs]
        inner = produced(
            str(wrapped["class"]), wrapped["config"], None, inner_in, shape[:1] + shape[2:]
        )
        inner = inner or BY_RANK.get(rank - 1)
        return ("batch", "time", *inner[1:]) if inner else None
    first_shape, first = inputs[0] if inputs else ((), None)
    dims = _dims(name)
    if name.startswith("ConvLSTM"):
        whole = expected(name, config, (dims or 2) + 3)
        if whole is None or rank == len(whole):
            return whole
        return tuple(a for a in whole if a != "time") if rank == len(whole) - 1 else None
    if name.startswith("Global") and dims:
        if rank == 2:
            return ("batch", "channels")
        whole = _spatial(dims, config)
        return whole if rank == len(whole) else None
    if dims and name.startswith(_SPATIAL_CLASSES):
        whole = _spatial(dims, config)
        return whole if rank == len(whole) else None
    if name in _RECURRENT:
        return BY_RANK[3] if rank == 3 else BY_RANK[2] if rank == 2 else None
    if name in _EMBEDDING:
        before = first if first is not None else BY_RANK[2][:1] + ("time",) * (rank - 2)
        return (*before, "channels") if len(before) == rank - 1 else None
    if name in _FLAT or (name in {"Dense", "CategoryEncoding", "Discretization"} and rank == 2):
        return BY_RANK[2] if rank == 2 else None
    if name in {"Dense", "EinsumDense"}:
        return (*first[:-1], "channels") if first and len(first) == rank else None
    if name == "RepeatVector":
        return BY_RANK[3]
    if name == "Permute" and first and len(config.get("dims") or ()) == rank - 1:
        return (first[0], *(first[d] for d in config["dims"]))
    if name in _UNKNOWN:
        if first is not None and tuple(first_shape) == tuple(shape):
            return first
        return None
    # What only changes values keeps the axes of the input that has its rank.
    for input_shape, axes in inputs:
        if axes is not None and len(input_shape) == rank:
            return axes
    return None


def fallback(rank: int) -> Axes:
    """Axes by rank alone: the last resort."""
    known = BY_RANK.get(rank)
    return known if known is not None else ("batch",) + ("axis",) * (rank - 1)
