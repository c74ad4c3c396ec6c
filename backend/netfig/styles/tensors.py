"""What a tensor looks like on paper: an extent (height), features (width), and its text."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from netfig.model.graph import Tensor

Shape = Literal["grid", "sequence", "flat"]
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class View:
    """`extent` is the side of a grid or the steps of a sequence, None where unknown or flat.

    `features` is the number of channels or units, None where unknown. `text` prints the extent
    with every axis ("224²", "80×60", "128"), "" for flat tensors, "?" for an open size.
    """

    shape: Shape
    extent: float | None
    features: int | None
    text: str

    @property
    def open(self) -> bool:
        """Whether a size that would be drawn is unknown."""
        return self.shape != "flat" and self.extent is None


def view(tensor: Tensor | None) -> View:
    """How a tensor is drawn; None (a layer without tensors) is an unknown flat one."""
    return _seen(tensor.axes, tensor.shape) if tensor else View("flat", None, None, "")


@lru_cache(maxsize=4096)
def _seen(axes: tuple[str, ...], shape: tuple[int | None, ...]) -> View:
    sizes = dict(zip(axes, shape, strict=True))
    features = sizes.get("channels")
    spatial = tuple(sizes[axis] for axis in ("depth", "height", "width") if axis in sizes)
    if spatial:
        return View("grid", _side(spatial), features, _text(spatial))
    if "time" in sizes:
        time = sizes["time"]
        return View("sequence", _number(time), features, "?" if time is None else str(time))
    rest = [
        size for axis, size in zip(axes, shape, strict=True) if axis not in ("batch", "channels")
    ]
    if rest:
        return View("sequence", _side(tuple(rest)), features, _text(tuple(rest)))
    return View("flat", None, features, "")


def _number(size: int | None) -> float | None:
    return None if size is None else float(size)


def _side(sizes: tuple[int | None, ...]) -> float | None:
    """The side of the square or cube of the same content."""
    known = [float(s) for s in sizes if s is not None]
    if len(known) != len(sizes):
        return None
    return float(math.prod(known) ** (1 / len(known)))


def _text(sizes: tuple[int | None, ...]) -> str:
    if all(s is None for s in sizes):
        return "?"
    if len(sizes) > 1 and len(set(sizes)) == 1:
        return f"{sizes[0]}{str(len(sizes)).translate(_SUPERSCRIPT)}"
    return "×".join("?" if s is None else str(s) for s in sizes)
