"""What is already on the page, so that every label finds a free place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from netfig.model.geometry import Box, Point
from netfig.model.scene import Text
from netfig.styles.glyphs.shapes import Spot

CELL = 48.0
"""Side of the squares by which things are found again, in points."""

CLEAR = 0.7
"""White kept between a label and everything else, in points."""


class Paper:
    """Glyphs, wires and labels by where they lie; each carries the node it belongs to.

    `width` is the page's, in points; its top is at 0.
    """

    def __init__(self, width: float) -> None:
        self._width = width
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._things: list[tuple[Box, Spot | None, str]] = []

    def glyph(self, spot: Spot, box: Box, owner: str) -> None:
        """Keep a glyph's outline free of foreign labels."""
        self._keep(box, spot, owner)

    def wire(self, points: Iterable[Point]) -> None:
        """Keep a wire free of labels."""
        way = list(points)
        for (ax, ay), (bx, by) in pairwise(way):
            thin = Box(x=min(ax, bx), y=min(ay, by), width=abs(ax - bx), height=abs(ay - by))
            self._keep(thin.grown(0.4), None, "")

    def text(self, text: Text) -> None:
        """Keep a label free of other labels."""
        self._keep(inked(text), None, "")

    def free(self, text: Text, owner: str) -> bool:
        """Whether a label would touch nothing, within the page. It may lie on its owner's glyph."""
        box = inked(text).grown(CLEAR)
        if box.x < 0 or box.y < 0 or box.right > self._width:
            return False
        for index in {i for cell in _cells(box) for i in self._cells.get(cell, ())}:
            thing, spot, whose = self._things[index]
            if whose and whose == owner:
                continue
            if box.overlaps(thing) and (spot is None or _on(spot, box)):
                return False
        return True

    def _keep(self, box: Box, spot: Spot | None, owner: str) -> None:
        for cell in _cells(box):
            self._cells[cell].append(len(self._things))
        self._things.append((box, spot, owner))


def inked(text: Text) -> Box:
    """The box of a line's letters: from a capital's top to just below the baseline."""
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor]
    return Box(
        x=text.x - share * text.width,
        y=text.y - 0.74 * text.size,
        width=text.width,
        height=0.82 * text.size,
    )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.x // CELL), int(box.right // CELL) + 1):
        for row in range(int(box.y // CELL), int(box.bottom // CELL) + 1):
            yield column, row


def _on(spot: Spot, box: Box) -> bool:
    """Whether a box that meets a glyph's box meets its slanted outline."""
    start, end, low, high = (
        (box.y, box.bottom, box.x, box.right)
        if spot.vertical
        else (box.x, box.right, box.y, box.bottom)
    )
    width = spot.width or 1.0
    edges = [spot.edge(min(1.0, max(0.0, (at - spot.along) / width))) for at in (start, end)]
    return min(top for top, _ in edges) < high and max(bottom for _, bottom in edges) > low
