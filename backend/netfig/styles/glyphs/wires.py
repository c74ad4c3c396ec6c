"""Routes as rounded lines with an arrow head."""

from math import hypot

from netfig.model.geometry import Point
from netfig.model.scene import Item, Path, Segment
from netfig.styles.glyphs.shapes import INK

RADIUS = 3.0
CURVE = 0.5523
"""Control length of the curve nearest to a quarter of the unit circle."""
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
    ahead = hypot(way[1][0] - way[0][0], way[1][1] - way[0][1])
    for i in range(1, len(way) - 1):
        (px, py), (x, y), (nx, ny) = way[i - 1], way[i], way[i + 1]
        behind, ahead = ahead, hypot(nx - x, ny - y)
        radius = min(RADIUS, behind / 2, ahead / 2)
        back = radius / behind if behind > 1e-9 else 0.0
        on = radius / ahead if ahead > 1e-9 else 0.0
        ax, ay, bx, by = (
            x + (px - x) * back,
            y + (py - y) * back,
            x + (nx - x) * on,
            y + (ny - y) * on,
        )
        segments.append(("L", (ax, ay)))
        c1x, c1y = ax + (x - ax) * CURVE, ay + (y - ay) * CURVE
        c2x, c2y = bx + (x - bx) * CURVE, by + (y - by) * CURVE
        segments.append(("C", (c1x, c1y, c2x, c2y, bx, by)))
    segments.append(("L", way[-1]))
    items: list[Item] = [
        Path(segments=tuple(segments), stroke=INK, stroke_width=0.8, source=source)
    ]
    if head:
        items.append(_head(tip, points[-2], source))
    return items


def _head(tip: Point, before: Point, source: str) -> Path:
    x, y = tip
    length = hypot(x - before[0], y - before[1]) or 1.0
    ux, uy = (x - before[0]) / length, (y - before[1]) / length
    size = min(3.25, max(1.6, length * 0.8))
    half, notch = size * 0.47, size * 0.77
    far, near = (x - ux * size, y - uy * size), (x - ux * notch, y - uy * notch)
    aside = (-uy * half, ux * half)
    return Path(
        segments=(
            ("M", tip),
            ("L", (far[0] + aside[0], far[1] + aside[1])),
            ("L", near),
            ("L", (far[0] - aside[0], far[1] - aside[1])),
            ("Z", ()),
        ),
        fill=INK,
        source=source,
    )


def _towards(a: Point, b: Point, by: float) -> Point:
    far = hypot(a[0] - b[0], a[1] - b[1])
    if far < 1e-9:
        return a
    share = min(1.0, by / far)
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
