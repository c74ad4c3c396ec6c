"""Sizes that formulas multiply. Batch 1: the first axis of every tensor counts for nothing."""

from math import prod

from netfig.model.graph import Layer, Setting, Tensor


class OpenSize(Exception):
    """A size that the formula needs is left open by the program."""


def closed(size: int | None) -> int:
    """The size. Raises OpenSize where it is open."""
    if size is None:
        raise OpenSize
    return size


def volume(sizes: tuple[int | None, ...]) -> int:
    """The product of sizes, 1 for none. Raises OpenSize."""
    return prod(closed(size) for size in sizes)


def elements(tensor: Tensor) -> int:
    """Numbers in one sample of the tensor. Raises OpenSize."""
    return volume(tensor.shape[1:])


def channel_axis(tensor: Tensor) -> int:
    """Where the channels lie: the axis of that name, else the last."""
    return tensor.axes.index("channels") if "channels" in tensor.axes else len(tensor.shape) - 1


def integer(layer: Layer, key: str, default: int | None = None) -> int:
    """A whole number among the settings. Raises KeyError where there is none and no default."""
    found = layer.config.get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    if default is None:
        raise KeyError(key)
    return default


def integers(value: Setting, rank: int) -> tuple[int, ...]:
    """A setting that is one number for all axes or one for each. Raises KeyError otherwise."""
    several = value if isinstance(value, tuple) else (value,) * rank
    found = tuple(size for size in several if isinstance(size, int))
    if len(found) != len(several):
        raise KeyError("not whole numbers")
    return found
