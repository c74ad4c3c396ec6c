"""What is already on the page, so that every label finds a free place."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from netfig.model.geometry import Box, Point
from netfig.styles.glyphs.shapes import Spot

CELL = 48.0
"""Side of the squares by which things are found again, in points."""

CLEAR = 0.7
"""White kept between a label and everything else, in points."""

THIN = 0.4
"""Half of what a wire takes up, in points."""

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_Thing = tuple[Sides, Spot | None, str]
"""What lies on the page: its sides, its outline where that is slanted, whose it is."""


class Paper:
    """Glyphs, wires and labels by where they lie; each carries the node it belongs to.

    `width` is the page's, in points; its top is at 0.
    """

    def __init__(self, width: float) -> None:
        self._width = width
        self._cells: dict[tuple[int, int], list[_Thing]] = defaultdict(list)

    def glyph(self, spot: Spot, box: Box, owner: str) -> None:
        """Keep a glyph's outline free of foreign labels."""
        self._keep((box.x, box.y, box.right, box.bottom), spot, owner)

    def wire(self, points: Sequence[Point]) -> None:
        """Keep a wire free of labels."""
        for (ax, ay), (bx, by) in pairwise(points):
            if ax > bx:
                ax, bx = bx, ax
            if ay > by:
                ay, by = by, ay
            self._keep((ax - THIN, ay - THIN, bx + THIN, by + THIN), None, "")

    def text(self, ink: Sides) -> None:
        """Keep a label, told by its `inked` sides, free of other labels."""
        self._keep(ink, None, "")

    def free(self, ink: Sides, owner: str) -> bool:
        """Whether a label would touch nothing, within the page. It may lie on its owner's glyph."""
        left, top, right, bottom = ink
        left, top, right, bottom = left - CLEAR, top - CLEAR, right + CLEAR, bottom + CLEAR
        if left < 0 or top < 0 or right > self._width:
            return False
        cells = self._cells
        for column in range(int(left // CELL), int(right // CELL) + 1):
            for row in range(int(top // CELL), int(bottom // CELL) + 1):
                for (x, y, end, low), spot, whose in cells.get((column, row), ()):
                    if (
                        x < right
                        and left < end
                        and y < bottom
                        and top < low
                        and not (whose and whose == owner)
                        and (spot is None or _on(spot, left, top, right, bottom))
                    ):
                        return False
        return True

    def _keep(self, sides: Sides, spot: Spot | None, owner: str) -> None:
        left, top, right, bottom = sides
        thing = (sides, spot, owner)
        cells = self._cells
        column, row = int(left // CELL), int(top // CELL)
        last, low = int(right // CELL), int(bottom // CELL)
        if column == last and row == low:
            cells[column, row].append(thing)
            return
        for c in range(column, last + 1):
            for r in range(row, low + 1):
                cells[c, r].append(thing)


def inked(x: float, y: float, width: float, size: float, anchor: str) -> Sides:
    """The sides of a line's letters: from a capital's top to just below the baseline."""
    if anchor != "start":
        x -= width if anchor == "end" else width / 2
    return (x, y - 0.74 * size, x + width, y + 0.08 * size)


def _on(spot: Spot, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a box that meets a glyph's box meets its slanted outline."""
    start, end, low, high = (
        (top, bottom, left, right) if spot.vertical else (left, right, top, bottom)
    )
    width = spot.width or 1.0
    edges = [spot.edge(min(1.0, max(0.0, (at - spot.along) / width))) for at in (start, end)]
    return min(top for top, _ in edges) < high and max(bottom for _, bottom in edges) > low
