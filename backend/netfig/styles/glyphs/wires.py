"""Routes as rounded lines with an arrow head."""

from math import hypot

from netfig.model.geometry import Point
from netfig.model.scene import Item, Path, Segment
from netfig.styles.glyphs.shapes import INK, polygon

RADIUS = 3.0
CLEAR = 0.6
"""Room between an arrow's tip and the glyph's outline, in points."""


def wire(points: tuple[Point, ...], source: str, *, head: bool = True) -> list[Item]:
    """A right-angled line with rounded corners; its last piece ends in an arrow head."""
    if len(points) < 2:
        return []
    way = list(points)
    way[0] = _towards(way[0], way[1], 0.4)
    tip = _towards(way[-1], way[-2], CLEAR)
    way[-1] = _towards(way[-1], way[-2], CLEAR + (2.0 if head else 0.0))
    segments: list[Segment] = [("M", way[0])]
    for i in range(1, len(way) - 1):
        corner = way[i]
        radius = min(RADIUS, _far(way[i - 1], corner) / 2, _far(corner, way[i + 1]) / 2)
        a, b = _towards(corner, way[i - 1], radius), _towards(corner, way[i + 1], radius)
        segments.append(("L", a))
        share = 0.5523
        c1 = (a[0] + (corner[0] - a[0]) * share, a[1] + (corner[1] - a[1]) * share)
        c2 = (b[0] + (corner[0] - b[0]) * share, b[1] + (corner[1] - b[1]) * share)
        segments.append(("C", (*c1, *c2, *b)))
    segments.append(("L", way[-1]))
    items: list[Item] = [
        Path(segments=tuple(segments), stroke=INK, stroke_width=0.8, source=source)
    ]
    if head:
        items.append(_head(tip, points[-2], source))
    return items


def _head(tip: Point, before: Point, source: str) -> Path:
    length = _far(tip, before) or 1.0
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    size = min(3.25, max(1.6, length * 0.8))
    half = size * 0.47

    def at(back: float, aside: float) -> Point:
        return (tip[0] - ux * back - uy * aside, tip[1] - uy * back + ux * aside)

    corners = [tip, at(size, half), at(size * 0.77, 0), at(size, -half)]
    return Path(segments=polygon(corners), fill=INK, source=source)


def _far(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _towards(a: Point, b: Point, by: float) -> Point:
    far = _far(a, b)
    if far < 1e-9:
        return a
    share = min(1.0, by / far)
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
