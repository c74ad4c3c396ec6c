"""Where everything lies: the result of layout, before any colour or text."""

from collections.abc import Mapping
from dataclasses import dataclass

from netfig.model.geometry import Box, Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """The measured size of a node before it is placed, in points, for a path that runs right.

    `start` and `end` are the heights of the glyph's left and right edge (they differ in a
    trapezoid), `width` its length along the path. `above`, `below`, `ahead`, `behind` is the room
    its labels need beyond the glyph on each side. `shape` is how it is drawn (see styles).
    """

    width: float
    start: float
    end: float
    shape: str = "box"
    above: float = 0.0
    below: float = 0.0
    ahead: float = 0.0
    behind: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An edge's way: points of a right-angled line, first at its source, last at its target."""

    source: str
    target: str
    points: tuple[Point, ...]
    continues: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The outline of an open group."""

    group: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Boxes of nodes, routes of links (same order as the graph's links), frames and bounds.

    `axes` holds, per node, the coordinate across the flow of the middle of its entry edge and of
    its exit edge: they differ where a glyph steps down or up a level of a U-shape. `vertical` says
    that the flow runs down; then widths and heights of extents change places.
    """

    boxes: Mapping[str, Box]
    axes: Mapping[str, tuple[float, float]]
    routes: tuple[Route, ...]
    frames: tuple[Frame, ...]
    bounds: Box
    rows: int = 1
    vertical: bool = False
