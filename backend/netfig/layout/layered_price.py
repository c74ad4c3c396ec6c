"""How hard a layered placement is to read, as one number, to choose between several."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from netfig.model.geometry import Box, Point

_CROSSING = 12.0
_BEND = 5.0
"""Both in points of width or height of the drawing that they are worth."""

Ends = tuple[str, str]


def price(edges: Sequence[Ends], routes: Sequence[tuple[Point, ...]], bounds: Box) -> float:
    """Size plus what crossings and bends are worth; pieces that lines share count once.

    Two lines that end at one node, or begin at one, do not cross but join.
    """
    level: set[tuple[str, str, float, float, float]] = set()
    upright: set[tuple[str, str, float, float, float]] = set()
    bends: set[tuple[str, float, float]] = set()
    for (source, target), route in zip(edges, routes, strict=True):
        bends.update((source, x, y) for x, y in route[1:-1])
        for (x0, y0), (x1, y1) in pairwise(route):
            if y0 == y1:
                level.add((source, target, y0, x0, x1))
            else:
                upright.add((source, target, x0, min(y0, y1), max(y0, y1)))
    crossings = len(set(_crossings(level, upright)))
    return bounds.width + bounds.height + _CROSSING * crossings + _BEND * len(bends)


def _crossings(
    level: Iterable[tuple[str, str, float, float, float]],
    upright: Iterable[tuple[str, str, float, float, float]],
) -> Iterable[tuple[str, str, float, float]]:
    """Both sources and the place, so that lines that run together cross another but once."""
    for source, target, y, left, right in level:
        for other, end, x, top, bottom in upright:
            if left < x < right and top < y < bottom and source != other and target != end:
                yield source, other, x, y
