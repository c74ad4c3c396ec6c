"""The positions of arguments in the first Keras, where every layer was told what enters it too.

`Dense(in, out)`, `LSTM(in, out)`, `Convolution2D(filters, in, rows, columns)`: no later Keras takes
whole numbers in those places, so that nothing else is meant by them. It must not know the paste.
"""

from typing import Any

from netfig_sandbox.guest.engines import KERAS2, KERAS3
from netfig_sandbox.guest.inert import Guess

_FLAT = {"Dense"}
_SEQUENCES = {"LSTM", "GRU", "SimpleRNN"}
_SIDE = 32
"""Rows and columns that stand for a picture's, which programs of that time do not tell."""


def positions(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """Arguments by position as the second Keras has them; what else they told goes to `kwargs`."""
    name = type(layer).__name__
    if name in _FLAT | _SEQUENCES and _whole(args, 2):
        entering, units, *rest = args
        if entering > 0:
            shape = (None, entering) if name in _SEQUENCES else (entering,)
            kwargs.setdefault("input_shape", shape)
        if rest:
            kwargs.setdefault("kernel_initializer", rest[0])
        return (units,)
    if name == "Conv2D" and _whole(args, 4):
        filters, entering, rows, columns, *rest = args
        if rest:
            kwargs.setdefault("kernel_initializer", rest[0])
        engine = KERAS2 if isinstance(layer, KERAS2.layer) else KERAS3
        config = engine.module.backend if engine is KERAS2 else engine.module.config
        config.set_image_data_format("channels_first")
        kwargs.setdefault("input_shape", (entering, Guess(_SIDE), Guess(_SIDE)))
        return (filters, (rows, columns))
    return args


def _whole(args: tuple[Any, ...], count: int) -> bool:
    return len(args) >= count and all(isinstance(a, int) for a in args[:count])
