"""The outline of each glyph as scene items. `Frame` turns abstract coordinates into the page's."""

from dataclasses import dataclass

from netfig.model.geometry import Point
from netfig.model.scene import Item, Path, Rect, Segment
from netfig.styles.appearance import Glyph
from netfig.styles.colour import light
from netfig.styles.glyphs.labels import band_width

INK = "#23272e"
FAINT = "#5b6470"
_CURVE = 0.5523


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a glyph lies: along the flow, the middles of its two edges across it, and sizes."""

    along: float
    enter: float
    leave: float
    width: float
    start: float
    end: float
    vertical: bool = False

    def point(self, along: float, across: float) -> Point:
        """Page coordinates of an abstract point."""
        return (across, along) if self.vertical else (along, across)

    def edge(self, share: float) -> tuple[float, float]:
        """Across coordinates of the outline at a share (0 to 1) of the way along the glyph."""
        axis = self.enter + (self.leave - self.enter) * share
        half = (self.start + (self.end - self.start) * share) / 2
        return axis - half, axis + half

    def slab(self, a: float, z: float, inset: float = 0.0) -> tuple[Segment, ...]:
        """The part of the outline between two shares, moved in by `inset` points."""
        corners = []
        for share, top in ((a, True), (z, True), (z, False), (a, False)):
            low, high = self.edge(share)
            across = low + inset if top else high - inset
            corners.append(self.point(self.along + self.width * share, across))
        return polygon(corners)


def polygon(corners: list[Point]) -> tuple[Segment, ...]:
    """A closed outline."""
    first, *rest = corners
    return (("M", first), *(("L", p) for p in rest), ("Z", ()))


def circle(x: float, y: float, radius: float) -> tuple[Segment, ...]:
    """A circle as four curves."""
    k = radius * _CURVE
    return (
        ("M", (x + radius, y)),
        ("C", (x + radius, y + k, x + k, y + radius, x, y + radius)),
        ("C", (x - k, y + radius, x - radius, y + k, x - radius, y)),
        ("C", (x - radius, y - k, x - k, y - radius, x, y - radius)),
        ("C", (x + k, y - radius, x + radius, y - k, x + radius, y)),
        ("Z", ()),
    )


def outline(glyph: Glyph, spot: Spot, source: str) -> list[Item]:
    """The glyph's own items, without text."""
    if glyph.shape == "operator":
        return _operator(glyph, spot, source)
    if glyph.shape == "bar":
        return _bar(glyph, spot, source)
    return _grid(glyph, spot, source)


def _grid(glyph: Glyph, spot: Spot, source: str) -> list[Item]:
    dash = (2.0, 1.6) if glyph.unknown else ()
    items: list[Item] = [
        Path(
            segments=spot.slab(0, 1),
            fill=light(glyph.strong),
            stroke=glyph.strong,
            stroke_width=0.8,
            dash=dash,
            hatch=glyph.hatch,
            source=source,
        )
    ]
    if glyph.shape == "group":
        inset = min(2.2, spot.width / 5)
        share = inset / spot.width
        items.append(
            Path(
                segments=spot.slab(share, 1 - share, min(inset, min(spot.start, spot.end) / 5)),
                stroke=glyph.strong,
                stroke_width=0.5,
                source=source,
            )
        )
    wide = band_width(spot.width, len(glyph.bands)) / spot.width if glyph.bands else 0.0
    for i, band in enumerate(glyph.bands):
        z = 1 - wide * (len(glyph.bands) - 1 - i)
        items.append(
            Path(
                segments=spot.slab(z - wide, z),
                fill=band.fill,
                stroke=glyph.strong,
                stroke_width=0.5,
                hatch=band.hatch,
                source=source,
            )
        )
    if glyph.loop:
        items += _loop(spot, source)
    return items


def _bar(glyph: Glyph, spot: Spot, source: str) -> list[Item]:
    top, _ = spot.edge(0)
    x, y = spot.point(spot.along, top)
    width, height = (spot.start, spot.width) if spot.vertical else (spot.width, spot.start)
    items: list[Item] = [
        Rect(
            x=x,
            y=y,
            width=width,
            height=height,
            radius=min(width, height) / 2,
            fill=light(glyph.strong),
            stroke=glyph.strong,
            dash=(2.0, 1.6) if glyph.unknown else (),
            hatch=glyph.hatch,
            source=source,
        )
    ]
    wide = band_width(spot.width, len(glyph.bands)) if glyph.bands else 0.0
    for i, band in enumerate(glyph.bands):
        z = 1 - (wide * (len(glyph.bands) - 1 - i) + 0.8) / spot.width
        cut = spot.width / 2 - 0.6
        low, high = spot.edge(0)
        a = spot.along + spot.width * z - wide
        corners = [
            spot.point(a, low + cut),
            spot.point(a + wide, low + cut),
            spot.point(a + wide, high - cut),
            spot.point(a, high - cut),
        ]
        items.append(
            Path(
                segments=polygon(corners),
                fill=band.fill,
                stroke=glyph.strong,
                stroke_width=0.4,
                hatch=band.hatch,
                source=source,
            )
        )
    return items


def _operator(glyph: Glyph, spot: Spot, source: str) -> list[Item]:
    radius = spot.width / 2
    x, y = spot.point(spot.along + radius, spot.enter)
    fill = light(glyph.bands[-1].fill) if glyph.bands else "#ffffff"
    if glyph.strong != INK:
        fill = light(glyph.strong)
    items: list[Item] = [
        Path(segments=circle(x, y, radius), fill=fill, stroke=INK, stroke_width=0.8, source=source)
    ]
    items.append(
        Path(segments=mark(glyph.symbol, x, y, radius), stroke=INK, stroke_width=0.9, source=source)
    )
    return items


def mark(symbol: str, x: float, y: float, radius: float) -> tuple[Segment, ...]:
    """The strokes of an operator's mark, centred at x, y."""
    a, b = radius * 0.55, radius * 0.41
    lines: dict[str, list[tuple[float, float, float, float]]] = {
        "+": [(-a, 0, a, 0), (0, -a, 0, a)],
        "-": [(-a, 0, a, 0)],
        "x": [(-b, -b, b, b), (-b, b, b, -b)],
        "||": [(-a * 0.55, -a, -a * 0.55, a), (a * 0.55, -a, a * 0.55, a)],
        "avg": [(-a, -a * 0.5, a, -a * 0.5), (-a * 0.6, a * 0.8, 0, 0), (0, 0, a * 0.6, a * 0.8)],
        "max": [(-a, a * 0.6, 0, -a * 0.6), (0, -a * 0.6, a, a * 0.6)],
        "min": [(-a, -a * 0.6, 0, a * 0.6), (0, a * 0.6, a, -a * 0.6)],
        "/": [(-a * 0.5, a * 0.8, a * 0.5, -a * 0.8)],
    }
    if symbol == ".":
        return circle(x, y, radius * 0.18)
    return tuple(
        segment
        for x1, y1, x2, y2 in lines[symbol]
        for segment in (("M", (x + x1, y + y1)), ("L", (x + x2, y + y2)))
    )


def _loop(spot: Spot, source: str) -> list[Item]:
    """Recurrence: a small arrow from the glyph's top back into it."""
    low, _ = spot.edge(0.5)
    middle = spot.along + spot.width / 2
    r = min(3.0, spot.width / 2 - 1)

    def at(along: float, across: float) -> Point:
        return spot.point(along, across)

    path: tuple[Segment, ...] = (
        ("M", at(middle + r, low)),
        ("C", (*at(middle + r, low - 8), *at(middle - r, low - 8), *at(middle - r, low - 1.2))),
    )
    tip = at(middle - r, low - 0.5)
    head = polygon(
        [
            tip,
            at(middle - r - 1.4, low - 3.4),
            at(middle - r, low - 2.8),
            at(middle - r + 1.4, low - 3.4),
        ]
    )
    return [
        Path(segments=path, stroke=INK, stroke_width=0.7, source=source),
        Path(segments=head, fill=INK, source=source),
    ]
