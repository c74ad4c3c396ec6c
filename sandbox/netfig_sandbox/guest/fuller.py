"""Keras 0 and 1's padding "full": a convolution whose output is larger than its input.

No Keras has it today, so the layer pads before its own valid convolution, and stays one layer. It
must not know the paste.
"""

from typing import Any

import tensorflow as tf

FULL = "full"
_CONVOLUTIONS = {"Conv1D", "Conv2D", "Conv3D"}


def wants(layer: Any, kwargs: dict[str, Any]) -> bool:
    """Whether a layer about to be made asks for the padding, for which it is told "valid"."""
    if kwargs.get("padding") != FULL:
        return False
    known = type(layer).__name__ in _CONVOLUTIONS
    kwargs["padding"] = "valid" if known else "same"
    return known


def make(layer: Any) -> None:
    """Gives a convolution that was made "valid" the padding "full"."""
    cls: Any = type(layer)

    def plain(method: str, given: Any, *args: Any, **kwargs: Any) -> Any:
        layer.padding = "valid"
        try:
            return getattr(cls, method)(layer, given, *args, **kwargs)
        finally:
            layer.padding = FULL

    def call(inputs: Any, *args: Any, **kwargs: Any) -> Any:
        margins = [[m, m] for m in _margins(layer, len(inputs.shape))]
        return plain("call", tf.pad(inputs, margins), *args, **kwargs)

    def compute_output_shape(input_shape: Any) -> Any:
        sizes = tuple(input_shape)
        margins = _margins(layer, len(sizes))
        wider = (None if s is None else s + 2 * m for s, m in zip(sizes, margins, strict=True))
        return plain("compute_output_shape", tuple(wider))

    layer.padding = FULL
    object.__setattr__(layer, "call", call)
    object.__setattr__(layer, "compute_output_shape", compute_output_shape)


def _margins(layer: Any, rank: int) -> list[int]:
    """What is added at each end of each axis."""
    spread = zip(layer.kernel_size, layer.dilation_rate, strict=True)
    sizes = [(kernel - 1) * dilation for kernel, dilation in spread]
    before = rank - len(sizes) - (0 if layer.data_format == "channels_first" else 1)
    return [0] * before + sizes + [0] * (rank - before - len(sizes))
