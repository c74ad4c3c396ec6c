"""Outlines: a rectangle's as path segments, and curves as polygons."""

from collections.abc import Iterator

from netfig.model.geometry import Point
from netfig.model.scene import Path, Rect, Segment

_ROUND = 0.5522847498
"""Control length of the cubic that is nearest to a quarter of the unit circle."""


def segments(item: Path | Rect) -> tuple[Segment, ...]:
    """The item's outline; a rectangle runs clockwise from its top left corner."""
    if isinstance(item, Path):
        return item.segments
    x, y, right, bottom = item.x, item.y, item.x + item.width, item.y + item.height
    r = min(item.radius, item.width / 2, item.height / 2)
    if r <= 0:
        corners = ((right, y), (right, bottom), (x, bottom))
        return (("M", (x, y)), *(("L", corner) for corner in corners), ("Z", ()))
    k = r * (1 - _ROUND)
    return (
        ("M", (x + r, y)),
        ("L", (right - r, y)),
        ("C", (right - k, y, right, y + k, right, y + r)),
        ("L", (right, bottom - r)),
        ("C", (right, bottom - k, right - k, bottom, right - r, bottom)),
        ("L", (x + r, bottom)),
        ("C", (x + k, bottom, x, bottom - k, x, bottom - r)),
        ("L", (x, y + r)),
        ("C", (x, y + k, x + k, y, x + r, y)),
        ("Z", ()),
    )


def polygons(outline: tuple[Segment, ...], steps: int = 8) -> tuple[tuple[Point, ...], ...]:
    """The outline's closed parts as polygons, each curve cut into `steps` chords."""
    parts: list[list[Point]] = []
    for command, numbers in outline:
        if command == "M":
            parts.append([(numbers[0], numbers[1])])
        elif command == "L":
            parts[-1].append((numbers[0], numbers[1]))
        elif command == "C":
            parts[-1].extend(_chords(parts[-1][-1], numbers, steps))
    return tuple(tuple(part) for part in parts if len(part) > 2)


def _chords(start: Point, numbers: tuple[float, ...], steps: int) -> Iterator[Point]:
    x1, y1, x2, y2, x3, y3 = numbers
    for step in range(1, steps + 1):
        t = step / steps
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        yield (a * start[0] + b * x1 + c * x2 + d * x3, a * start[1] + b * y1 + c * y2 + d * y3)
