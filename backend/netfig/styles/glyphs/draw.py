"""The scene: wires, glyphs, labels and the legend on one page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from netfig.model.geometry import Box
from netfig.model.grouped import GroupedGraph
from netfig.model.placement import Extent, Placement
from netfig.model.scene import Group, Item, Rect, Scene, Text
from netfig.styles.appearance import Glyph
from netfig.styles.colour import readable
from netfig.styles.glyphs.labels import Lettering, band_width
from netfig.styles.glyphs.legend import Entry, moved
from netfig.styles.glyphs.shapes import FAINT, INK, Spot, outline
from netfig.styles.glyphs.wires import wire
from netfig.text import ruler

MARGIN = 4.0
"""White around everything, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The scene, and where each node and legend entry lies on it."""

    scene: Scene
    boxes: Mapping[str, Box]
    legend: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """How text is set."""

    size: float
    font: str


def draw(
    grouped: GroupedGraph,
    glyphs: Mapping[str, Glyph],
    lettering: Mapping[str, Lettering],
    extents: Mapping[str, Extent],
    placement: Placement,
    legend: tuple[tuple[Entry, ...], float, float],
    pen: Pen,
    *,
    width: float | None,
    background: str,
    title: str,
    description: str,
) -> Drawn:
    """Everything back to front: frames, wires, glyphs, labels, legend. `width` is the page's."""
    bounds = placement.bounds
    entries, legend_width, legend_height = legend
    page = width or max(bounds.width, legend_width) + 2 * MARGIN
    dx = (page - bounds.width) / 2 - bounds.x
    dy = MARGIN - bounds.y
    labels = {group.id: group.label for group in grouped.groups}
    items: list[Item] = []
    for frame in placement.frames:
        items += _frame(frame.box.moved(dx, dy), labels.get(frame.group, ""), frame.group, pen)
    for route in placement.routes:
        source = f"link:{route.source}>{route.target}"
        points = tuple((x + dx, y + dy) for x, y in route.points)
        drawn = wire(points, source)
        items.append(Group(items=tuple(drawn), label="edge", source=source))
    boxes: dict[str, Box] = {}
    for node in grouped.nodes:
        boxes[node.id] = placement.boxes[node.id].moved(dx, dy)
        spot = _spot(node.id, placement, extents, dx, dy)
        source = f"node:{node.id}"
        glyph = glyphs[node.id]
        parts = outline(glyph, spot, source)
        parts += _words(lettering[node.id], glyph, spot, pen, source, boxes, placement, dx, dy)
        items.append(Group(items=tuple(parts), label=glyph.name or glyph.phrase, source=source))
    bottom = bounds.height + MARGIN
    placed: tuple[Entry, ...] = ()
    if entries:
        x, y = (page - legend_width) / 2, bottom + 12
        if width is not None and bounds.width > legend_width:
            x = max(MARGIN, min(x, bounds.x + dx))
        placed = tuple(
            replace(
                entry,
                box=entry.box.moved(x, y),
                items=tuple(moved(item, x, y) for item in entry.items),
            )
            for entry in entries
        )
        items += [
            Group(items=e.items, label=f"legend: {e.label}", source=f"legend:{e.key}")
            for e in placed
        ]
        bottom = y + legend_height
    scene = Scene(
        width=page,
        height=bottom + MARGIN,
        items=tuple(items),
        background=background,
        title=title,
        description=description,
    )
    return Drawn(scene=scene, boxes=boxes, legend=placed)


def _spot(
    node: str, placement: Placement, extents: Mapping[str, Extent], dx: float, dy: float
) -> Spot:
    box, (enter, leave), extent = placement.boxes[node], placement.axes[node], extents[node]
    along, across = (box.y + dy, dx) if placement.vertical else (box.x + dx, dy)
    return Spot(
        along,
        enter + across,
        leave + across,
        extent.width,
        extent.start,
        extent.end,
        placement.vertical,
    )


def _words(
    words: Lettering,
    glyph: Glyph,
    spot: Spot,
    pen: Pen,
    source: str,
    boxes: Mapping[str, Box],
    placement: Placement,
    dx: float,
    dy: float,
) -> list[Item]:
    """The labels of one node."""
    if spot.vertical:
        return _words_down(words, glyph, spot, pen, source)
    items: list[Item] = []
    top = spot.edge(0.5)[0]
    lowest = max(spot.edge(0)[1], spot.edge(1)[1])
    middle = spot.along + spot.width / 2
    below = lowest
    if words.features:
        right = placement.boxes[words.run[-1]].right + dx
        centre = (spot.along + right) / 2
        below += pen.size * 1.28
        items.append(_text(words.features, centre, below, pen, source))
    if words.name:
        below += pen.size * 1.28
        items.append(_text(words.name, middle, below, pen, source, fill=FAINT))
    above = min(spot.edge(0)[0], spot.edge(1)[0]) if not glyph.node.inputs else spot.edge(1)[0]
    if words.extent:
        steep = (spot.edge(1)[0] - spot.edge(0)[0]) / max(spot.width, 1.0)
        x, anchor = spot.along + spot.width - (3.5 if steep < 1 else -0.8), "start"
        if not glyph.node.inputs:
            x, anchor = middle, "middle"
        elif spot.end > spot.start:
            x, anchor = spot.along + spot.width, "end"
        lift = 7.0 if glyph.loop else 0.0
        items.append(_text(words.extent, x, above - 3.5 - lift, pen, source, FAINT, anchor))
        above -= pen.size
    if words.note:
        y = min(top, above) - 4
        bold = Pen(size=pen.size + 1, font=pen.font)
        items.append(_text(words.note, middle, y, bold, source, readable(glyph.strong), bold=True))
    if words.inside:
        room = spot.width - band_width(spot.width, len(glyph.bands)) * len(glyph.bands)
        centre = spot.along + room / 2
        low, high = spot.edge(room / 2 / spot.width)
        items.append(_text(words.inside, centre, (low + high) / 2 + pen.size * 0.35, pen, source))
    return items


def _words_down(words: Lettering, glyph: Glyph, spot: Spot, pen: Pen, source: str) -> list[Item]:
    """The labels of one node in a figure that runs down: beside it, extents on the left."""
    items: list[Item] = []
    middle = spot.along + spot.width / 2
    baseline = middle + pen.size * 0.36
    right = max(spot.edge(0)[1], spot.edge(1)[1]) + 3
    left = min(spot.edge(0)[0], spot.edge(1)[0]) - 3
    if words.features:
        items.append(_text(words.features, right, baseline, pen, source, INK, "start"))
        right += ruler.width(words.features, size=pen.size, font=pen.font) + 3
    if words.name:
        items.append(_text(words.name, right, baseline, pen, source, FAINT, "start"))
    if words.extent:
        y = baseline if not glyph.node.inputs else spot.along + spot.width
        items.append(_text(words.extent, left, y, pen, source, FAINT, "end"))
        left -= ruler.width(words.extent, size=pen.size, font=pen.font) + 3
    if words.note:
        bold = Pen(size=pen.size + 1, font=pen.font)
        items.append(
            _text(
                words.note, left, baseline, bold, source, readable(glyph.strong), "end", bold=True
            )
        )
    if words.inside:
        x = (spot.edge(0.5)[0] + spot.edge(0.5)[1]) / 2
        items.append(_text(words.inside, x, baseline, pen, source))
    return items


def _text(
    string: str,
    x: float,
    y: float,
    pen: Pen,
    source: str,
    fill: str = INK,
    anchor: str = "middle",
    *,
    bold: bool = False,
) -> Text:
    return Text(
        x=x,
        y=y,
        string=ruler.drawable(string, pen.font),
        size=pen.size,
        width=ruler.width(string, size=pen.size, font=pen.font, bold=bold),
        font=pen.font,
        bold=bold,
        anchor="start" if anchor == "start" else "end" if anchor == "end" else "middle",
        fill=fill,
        source=source,
    )


def _frame(box: Box, label: str, group: str, pen: Pen) -> list[Item]:
    source = f"frame:{group}"
    return [
        Rect(
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            radius=4,
            stroke="#b9bfc8",
            stroke_width=0.6,
            dash=(2.0, 2.0),
            source=source,
        )
    ]
