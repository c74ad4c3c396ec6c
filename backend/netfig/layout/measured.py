"""What measuring makes of the structure: parts with their sizes, and the spacing between them."""

from dataclasses import dataclass, field

from netfig.layout.parts import Part
from netfig.model.geometry import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Lengths in points: `gap` of a wire between two glyphs, `lane` between parallel wires,
    `branch` between branches that hold glyphs."""

    gap: float = 12.0
    lane: float = 7.0
    branch: float = 8.0

    @property
    def split(self) -> float:
        """How far behind a glyph its wire forks."""
        return min(self.gap / 2, 5.0)


@dataclass(slots=True)
class Block:
    """A measured part. `inner` holds its parts as (block, along, across of its axis).

    A tangle has `boxes`, where its single nodes begin and what their middle's level is, `routes`
    by link, and `lanes`, the ways of what is carried past its target.
    """

    part: Part
    length: float
    top: float
    bottom: float
    inner: list[tuple["Block", float, float]] = field(default_factory=list)
    dip: tuple[int, int, float] | None = None
    lane: float | None = None
    routes: dict[tuple[str | None, str | None], tuple[Point, ...]] = field(default_factory=dict)
    boxes: dict[str, tuple[float, float]] = field(default_factory=dict)
    lanes: dict[str, tuple[Point, ...]] = field(default_factory=dict)
