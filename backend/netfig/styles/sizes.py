"""Sizes become lengths: heights from extents, widths from features (FIGURE.md, section 1).

One Sizer serves a whole figure, so that equal extents have equal heights everywhere in it.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from netfig.model.spec import Scale
from netfig.styles.tensors import View

SMALLEST = 9.0
"""Height in points of a 1×1 grid, of a flat tensor on a grid's edge and of an unknown extent."""

LOWEST = 15.0
"""Height of the smallest grid in a figure that spans many octaves."""

OCTAVE = 18.5
"""The most a doubling of the extent adds to the height."""

SLIM = 9.0
"""Width of a flat tensor's bar, of an input and of what has no features."""


@dataclass(slots=True)
class Range:
    """The values met in a figure, and their place on the chosen scale from 0 to 1."""

    low: float = math.inf
    high: float = 0.0
    how: str = "log2"
    _shares: dict[float, float] = field(default_factory=dict)

    def meet(self, values: Collection[float]) -> None:
        self.low = min(self.low, min(values, default=math.inf))
        self.high = max(self.high, max(values, default=0.0))

    def share(self, value: float) -> float:
        """0 for the smallest value of the figure, 1 for the largest."""
        if self.high <= self.low or self.how == "fixed":
            return 1.0 if self.how != "fixed" else 0.5
        share = self._shares.get(value)
        if share is None:
            a, b, v = (self._map(x) for x in (self.low, self.high, value))
            share = self._shares[value] = min(1.0, max(0.0, (v - a) / (b - a)))
        return share

    def _map(self, value: float) -> float:
        if self.how == "linear":
            return value
        return math.sqrt(value) if self.how == "sqrt" else math.log2(max(value, 1e-9))


@dataclass(slots=True)
class Sizer:
    """Lengths for one figure. `fullness` (0 to 1) is how wide glyphs are drawn to fill the page."""

    scale: Scale
    fullness: float = 1.0
    extents: Range = field(default_factory=Range)
    features: Range = field(default_factory=Range)

    @classmethod
    def over(cls, views: Iterable[View], scale: Scale, fullness: float) -> "Sizer":
        """A sizer for all tensors of a figure."""
        sizer = cls(scale=scale, fullness=fullness)
        sizer.extents.how = scale.height
        sizer.features.how = scale.width
        met = set(views)
        sizer.extents.meet([v.extent for v in met if v.extent is not None and v.extent > 1])
        sizer.features.meet([v.features for v in met if v.shape != "flat" and v.features])
        return sizer

    def height(self, view: View) -> float:
        """Height in points of the edge where this tensor enters or leaves a grid glyph."""
        if view.extent is None or view.extent <= 1:
            return SMALLEST
        tallest = self.scale.tallest
        span = tallest - LOWEST
        if self.extents.how == "log2" and self.extents.high > self.extents.low:
            octaves = math.log2(self.extents.high / self.extents.low)
            span = min(span, OCTAVE * octaves)
        return tallest - span * (1 - self.extents.share(view.extent))

    def bar(self, view: View) -> float:
        """Height of a flat tensor's bar: 12 pt for one unit, 54 pt for 4096 and more."""
        units = view.features or 1
        top = min(54.0, self.scale.tallest)
        return 12.0 + (top - 12.0) * min(1.0, math.log2(max(1, units)) / 12)

    def width(self, view: View, *, group: bool = False) -> float:
        """Width from features, between two bounds that grow with the room there is."""
        if view.shape == "flat" or not view.features:
            return self.slim() if not group else max(self.slim(), 14.0)
        f = self.fullness
        low = 8.0 + 11.0 * f
        high = 11.5 + (self.scale.widest + 4.0 - 11.5) * f
        width = low + (high - low) * self.features.share(view.features)
        return width if not group else max(12.0, width * (0.92 + 0.08 * f) + 2)

    def slim(self) -> float:
        """Width of what has no features to show."""
        return 7.0 + (SLIM - 7.0) * self.fullness
