"""What must not happen on a page, checked on the finished scene: the geometry of every figure.

Boxes of text come from the scene here (the ruler's widths); `rendered.py` does the same with boxes
that a browser measured.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from netfig.model.geometry import Box, Point
from netfig.model.scene import Group, Item, Path, Rect, Scene, Text

SLACK = 0.25
"""Lengths (points) by which things may touch: below what print shows."""


@dataclass(frozen=True)
class Word:
    """A line of text with the box of its letters."""

    string: str
    source: str
    box: Box


@dataclass(frozen=True)
class Glyph:
    """A node's outline: its corners in order, and its box."""

    source: str
    corners: tuple[Point, ...]
    box: Box


@dataclass(frozen=True)
class Wire:
    """The straight pieces of a link."""

    source: str
    pieces: tuple[tuple[Point, Point], ...]


def items(scene: Scene) -> Iterator[Item]:
    """Every item that is not a group, back to front."""
    stack: list[Item] = list(reversed(scene.items))
    while stack:
        item = stack.pop()
        if isinstance(item, Group):
            stack += reversed(item.items)
        else:
            yield item


def words(scene: Scene) -> list[Word]:
    """Texts with the boxes of what is inked: from a capital's top to a comma's tail."""
    found = []
    for item in items(scene):
        if isinstance(item, Text):
            left = item.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor] * item.width
            top = item.y - 0.72 * item.size
            box = Box(x=left, y=top, width=item.width, height=0.78 * item.size)
            found.append(Word(item.string, item.source, box))
    return found


def _points(item: Path | Rect) -> tuple[Point, ...]:
    if isinstance(item, Rect):
        x, y, r, b = item.x, item.y, item.x + item.width, item.y + item.height
        return ((x, y), (r, y), (r, b), (x, b))
    return tuple((v[-2], v[-1]) for _, v in item.segments if v)


def around(points: tuple[Point, ...]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(x=min(xs), y=min(ys), width=max(xs) - min(xs), height=max(ys) - min(ys))


def glyphs(scene: Scene) -> list[Glyph]:
    """The first filled outline of every node."""
    found: dict[str, Glyph] = {}
    for item in items(scene):
        filled = isinstance(item, Path | Rect) and item.fill != "none"
        if filled and item.source.startswith("node:") and item.source not in found:
            points = _points(item)
            found[item.source] = Glyph(item.source, points, around(points))
    return list(found.values())


def wires(scene: Scene) -> list[Wire]:
    """The open lines of every link, corner to corner (a rounded corner counts as its chord)."""
    found = []
    for item in items(scene):
        if isinstance(item, Path) and item.source.startswith("link:") and item.fill == "none":
            points = _points(item)
            found.append(Wire(item.source, tuple(itertools.pairwise(points))))
    return found


def inside(corners: tuple[Point, ...], box: Box, slack: float = SLACK) -> bool:
    """Whether a convex outline and a box share an area (separating axes)."""
    rect = _points(Rect(x=box.x, y=box.y, width=box.width, height=box.height))
    axes = [(1.0, 0.0), (0.0, 1.0)]
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        if length > 1e-9:
            axes.append(((by - ay) / length, (ax - bx) / length))
    for ux, uy in axes:
        a = [x * ux + y * uy for x, y in corners]
        b = [x * ux + y * uy for x, y in rect]
        if min(max(a), max(b)) - max(min(a), min(b)) <= slack:
            return False
    return True


def faults(scene: Scene) -> list[str]:
    """Every fault of a page, in words; empty for a good one."""
    found: list[str] = []
    page = Box(x=0, y=0, width=scene.width, height=scene.height)
    texts, outlines, lines = words(scene), glyphs(scene), wires(scene)
    for item in items(scene):
        if isinstance(item, Path | Rect):
            box = around(_points(item))
            if _outside(box, page):
                found.append(f"{item.source} leaves the page")
    for i, a in enumerate(texts):
        if _outside(a.box, page):
            found.append(f"text {a.string!r} leaves the page")
        found += [
            f"text {a.string!r} over text {b.string!r}"
            for b in texts[i + 1 :]
            if a.box.overlaps(b.box, SLACK)
        ]
        found += [
            f"text {a.string!r} over {g.source}"
            for g in outlines
            if g.source != a.source and inside(g.corners, a.box)
        ]
        found += [
            f"{w.source} through text {a.string!r}"
            for w in lines
            if any(inside((p, q), a.box, 0.0) for p, q in w.pieces)
        ]
    for wire in lines:
        start, _, target = wire.source.removeprefix("link:").partition(">")
        own = {f"node:{start}", f"node:{target}"}
        for glyph in outlines:
            shrunk = Box(
                x=glyph.box.x + 0.5,
                y=glyph.box.y + 0.5,
                width=max(0.1, glyph.box.width - 1),
                height=max(0.1, glyph.box.height - 1),
            )
            if glyph.source not in own and any(
                _crosses(p, q, glyph.corners, shrunk) for p, q in wire.pieces
            ):
                found.append(f"{wire.source} through {glyph.source}")
    for i, a in enumerate(outlines):
        found += [
            f"{a.source} over {b.source}"
            for b in outlines[i + 1 :]
            if a.box.overlaps(b.box, SLACK)
            and inside(a.corners, b.box)
            and inside(b.corners, a.box)
        ]
    return found


def _outside(box: Box, page: Box) -> bool:
    return (
        box.x < -SLACK
        or box.y < -SLACK
        or box.right > page.right + SLACK
        or box.bottom > page.bottom + SLACK
    )


def _crosses(p: Point, q: Point, corners: tuple[Point, ...], shrunk: Box) -> bool:
    line = Box(
        x=min(p[0], q[0]), y=min(p[1], q[1]), width=abs(p[0] - q[0]), height=abs(p[1] - q[1])
    )
    return shrunk.overlaps(line.grown(0.05), 0.0) and inside(corners, line.grown(0.05), 0.3)
