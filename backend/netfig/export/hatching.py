"""Hatches as plain strokes, cut to the outline here.

Patterns and clip paths differ from renderer to renderer and are a nuisance to edit; lines are not.
"""

from math import cos, radians, sin

from netfig.export.outline import polygons, segments
from netfig.model.geometry import Point
from netfig.model.scene import Path, Rect, Segment

SPACING = 3.0
"""Points between two lines: fine enough for the smallest glyph, open enough for print."""
WIDTH = 0.35
SOFT = 0.45
"""Share of white in a hatch, so that text and outline stay what is seen first."""
DOT = 0.9
_ANGLES = {
    "horizontal": (0.0,),
    "vertical": (90.0,),
    "falling": (45.0,),
    "rising": (-45.0,),
    "cross": (45.0, -45.0),
}


def hatching(item: Path | Rect) -> Path | None:
    """The strokes drawn over an item's fill, in its stroke's colour; None when it has none."""
    if item.hatch == "none" or item.stroke == "none":
        return None
    shape = polygons(segments(item))
    if item.hatch == "dots":
        found, width = _dots(shape), DOT
    else:
        found, width = (), WIDTH
        for angle in _ANGLES[item.hatch]:
            found += _lines(shape, angle)
    if not found:
        return None
    return Path(segments=found, stroke=_soft(item.stroke), stroke_width=width, source=item.source)


def _soft(colour: str) -> str:
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(v + (255 - v) * SOFT):02x}" for v in parts)


def _lines(shape: tuple[tuple[Point, ...], ...], angle: float) -> tuple[Segment, ...]:
    """Parallel lines at `angle` degrees (clockwise, 0 runs right) inside the polygons.

    The polygons are turned until the lines lie flat; each line then enters and leaves them by turns
    (even-odd rule). Lines lie on one grid for the whole page, so that neighbours match.
    """
    c, s = cos(radians(angle)), sin(radians(angle))
    edges = []
    for part in shape:
        flat = [(x * c + y * s, y * c - x * s) for x, y in part]
        for (x0, y0), (x1, y1) in zip(flat, flat[1:] + flat[:1], strict=True):
            if y0 != y1:
                edges.append((y0, y1, x0, x1) if y0 < y1 else (y1, y0, x1, x0))
    low, high = min((e[0] for e in edges), default=0.0), max((e[1] for e in edges), default=0.0)
    found: list[Segment] = []
    row = int(low // SPACING) + 1
    while row * SPACING < high:
        y = row * SPACING
        crossings = [
            x0 + (y - y0) * (x1 - x0) / (y1 - y0) for y0, y1, x0, x1 in edges if y0 <= y < y1
        ]
        crossings.sort()
        for start, end in zip(crossings[::2], crossings[1::2], strict=False):
            if end - start > WIDTH:
                found.append(("M", (start * c - y * s, start * s + y * c)))
                found.append(("L", (end * c - y * s, end * s + y * c)))
        row += 1
    return tuple(found)


def _dots(shape: tuple[tuple[Point, ...], ...]) -> tuple[Segment, ...]:
    """Dots, every other row shifted by half, wherever a whole dot fits.

    A dot is a very short line with round ends: unlike one of no length, every renderer shows it.
    """
    xs = [x for part in shape for x, _ in part]
    ys = [y for part in shape for _, y in part]
    found: list[Segment] = []
    for row in range(int(min(ys, default=0) // SPACING), int(max(ys, default=0) // SPACING) + 1):
        shift = SPACING / 2 if row % 2 else 0.0
        for column in range(int(min(xs) // SPACING) - 1, int(max(xs) // SPACING) + 1):
            x, y = column * SPACING + shift, row * SPACING
            around = ((x - DOT, y), (x + DOT, y), (x, y - DOT), (x, y + DOT))
            if all(_inside(shape, point) for point in around):
                found.append(("M", (x, y)))
                found.append(("L", (x + 0.01, y)))
    return tuple(found)


def _inside(shape: tuple[tuple[Point, ...], ...], point: Point) -> bool:
    x, y = point
    inside = False
    for part in shape:
        for (x0, y0), (x1, y1) in zip(part, part[1:] + part[:1], strict=True):
            if (y0 <= y) != (y1 <= y) and x0 + (y - y0) * (x1 - x0) / (y1 - y0) > x:
                inside = not inside
    return inside
