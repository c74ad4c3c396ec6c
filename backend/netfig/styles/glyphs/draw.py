"""The scene: wires, glyphs, labels and the legend on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from netfig.model.geometry import Box
from netfig.model.grouped import GroupedGraph
from netfig.model.placement import Extent, Placement
from netfig.model.scene import Group, Item, Rect, Scene, Text
from netfig.styles.appearance import Glyph
from netfig.styles.colour import readable
from netfig.styles.glyphs.insides import ground
from netfig.styles.glyphs.labels import Lettering, band_width
from netfig.styles.glyphs.legend import Entry
from netfig.styles.glyphs.moving import larger, moved
from netfig.styles.glyphs.paper import Paper, inked
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


def scaled(drawn: Drawn, by: float) -> Drawn:
    """The whole page larger, text and lines included."""
    if by == 1.0:
        return drawn
    scene = drawn.scene
    return Drawn(
        scene=replace(
            scene,
            width=scene.width * by,
            height=scene.height * by,
            items=tuple(larger(item, by) for item in scene.items),
        ),
        boxes={node: _larger(box, by) for node, box in drawn.boxes.items()},
        legend=tuple(
            replace(
                entry,
                box=_larger(entry.box, by),
                items=tuple(larger(item, by) for item in entry.items),
            )
            for entry in drawn.legend
        ),
    )


def _larger(box: Box, by: float) -> Box:
    return Box(x=box.x * by, y=box.y * by, width=box.width * by, height=box.height * by)


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
    items: list[Item] = []
    for frame in placement.frames:
        items.append(_frame(frame.box.moved(dx, dy), frame.group))
    paper = Paper(page)
    for route in placement.routes:
        source = f"link:{route.source}>{route.target}"
        points = tuple((x + dx, y + dy) for x, y in route.points)
        paper.wire(points)
        items.append(Group(items=tuple(wire(points, source)), label="edge", source=source))
    boxes = {node.id: placement.boxes[node.id].moved(dx, dy) for node in grouped.nodes}
    spots = {node.id: _spot(node.id, placement, extents, dx, dy) for node in grouped.nodes}
    for node in grouped.nodes:
        paper.glyph(spots[node.id], boxes[node.id], node.id)
    for node in grouped.nodes:
        glyph, spot, words = glyphs[node.id], spots[node.id], lettering[node.id]
        if spot.vertical:
            labels = _aside(words, glyph, spot, pen)
        else:
            labels = _beside(words, glyph, spot, _rows(words.run, boxes), pen)
        source = f"node:{node.id}"
        texts = _settle(labels, node.id, source, paper)
        parts = [*outline(glyph, spot, source), *ground(glyph, texts), *texts]
        items.append(Group(items=tuple(parts), label=glyph.name or glyph.phrase, source=source))
    bottom = bounds.height + MARGIN
    placed: tuple[Entry, ...] = ()
    if entries:
        x, y = (page - legend_width) / 2, bottom + 12
        if width is not None and bounds.width > legend_width:
            x = max(MARGIN, min(x, bounds.x + dx))
        placed = _at(entries, x, y)
        items += _grouped(placed)
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


def alone(
    legend: tuple[tuple[Entry, ...], float, float],
    *,
    width: float | None,
    background: str,
    title: str,
) -> Drawn:
    """The legend on a page of its own; `width` is the page's."""
    entries, legend_width, legend_height = legend
    placed = _at(entries, MARGIN, MARGIN)
    scene = Scene(
        width=width or legend_width + 2 * MARGIN,
        height=legend_height + 2 * MARGIN,
        items=tuple(_grouped(placed)),
        background=background,
        title=title,
        description="What the marks of the figure stand for: "
        + "; ".join(entry.label for entry in placed),
    )
    return Drawn(scene=scene, boxes={}, legend=placed)


def _at(entries: Sequence[Entry], x: float, y: float) -> tuple[Entry, ...]:
    """A legend moved to its place."""
    return tuple(
        replace(
            entry,
            box=entry.box.moved(x, y),
            items=tuple(moved(item, x, y) for item in entry.items),
        )
        for entry in entries
    )


def _grouped(entries: Sequence[Entry]) -> list[Item]:
    return [
        Group(items=e.items, label=f"legend: {e.label}", source=f"legend:{e.key}") for e in entries
    ]


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


Place = tuple[float, float, str]
"""Where a line of text is anchored: x, y of the baseline, and "start", "middle" or "end"."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label that looks for its place: places in order of liking, each free of everything else.

    `needed` labels take the last place where none is free; others are left out. A label `inside`
    lies on its own glyph.
    """

    string: str
    places: Sequence[Place]
    pen: Pen
    fill: str = INK
    bold: bool = False
    needed: bool = True
    inside: bool = False


def _settle(labels: Sequence[Label], owner: str, source: str, paper: Paper) -> list[Text]:
    """The labels at their places."""
    items: list[Text] = []
    for label in labels:
        own = owner if label.inside else ""
        size, font = label.pen.size, label.pen.font
        width = ruler.width(label.string, size=size, font=font, bold=label.bold)
        for x, y, anchor in label.places:
            ink = inked(x, y, width, size, anchor)
            if paper.free(ink, own):
                break
        else:
            if not label.needed:
                continue
            ink = inked(x, y, width, size, anchor)
        paper.text(ink)
        items.append(
            Text(
                x=x,
                y=y,
                string=ruler.drawable(label.string, font),
                size=size,
                width=width,
                font=font,
                bold=label.bold,
                anchor="start" if anchor == "start" else "end" if anchor == "end" else "middle",
                fill=label.fill,
                source=source,
            )
        )
    return items


def _beside(
    words: Lettering, glyph: Glyph, spot: Spot, rows: Sequence[Box], pen: Pen
) -> list[Label]:
    """The labels of one node in a figure that runs right. `rows` are the boxes of its run."""
    labels: list[Label] = []
    middle, line = spot.along + spot.width / 2, pen.size * 1.28
    if words.inside:
        room = spot.width - band_width(spot.width, len(glyph.bands)) * len(glyph.bands)
        low, high = spot.edge(room / 2 / spot.width)
        across = (low + high) / 2 + pen.size * 0.35
        place = (spot.along + room / 2, across, "middle")
        labels.append(Label(words.inside, (place,), pen, inside=True))
    below = max(spot.edge(0)[1], spot.edge(1)[1])
    if words.features:
        below += line
        labels += [_under(words.features, row, pen) for row in rows]
    if words.name:
        below += line
        places = [(middle, below + k * line * 0.5, "middle") for k in range(8)]
        labels.append(Label(words.name, places, pen, FAINT))
    top = spot.edge(1)[0] if words.extent else min(spot.edge(0)[0], spot.edge(1)[0])
    lift = 7.0 if glyph.loop else 0.0
    if words.extent:
        labels.append(_extent(words.extent, glyph, spot, pen, lift))
    if words.note:
        bold = Pen(size=pen.size + 1, font=pen.font)
        rise = min(spot.edge(0.5)[0], top + 3) - 4 - lift
        places = [(middle, rise - k * 4, "middle") for k in range(9)]
        labels.append(Label(words.note, places, bold, readable(glyph.strong), bold=True))
    return labels


def _under(string: str, box: Box, pen: Pen) -> Label:
    """A label below a box: in its middle, else flush with a side that a wire runs along, else
    lower; where all is taken, right below."""
    line = pen.size * 1.28
    low = box.bottom + line
    centre = box.x + box.width / 2
    middle = [(centre, low + k * line * 0.5, "middle") for k in range(8)]
    flush = [(box.x, low, "start"), (box.right, low, "end")]
    return Label(string, (*middle[:2], *flush, *middle[2:], middle[0]), pen)


def _extent(string: str, glyph: Glyph, spot: Spot, pen: Pen, lift: float) -> Label:
    """An extent stands over the edge where it holds; where that is taken, beside or above it."""
    right, top = spot.along + spot.width, spot.edge(1)[0] - 3.5 - lift
    middle = spot.along + spot.width / 2
    steep = (spot.edge(1)[0] - spot.edge(0)[0]) / max(spot.width, 1.0)
    high = min(spot.edge(0)[0], spot.edge(1)[0]) - 3.5 - lift
    after = (right + 0.8, top, "start")
    before = (right, top, "end")
    over = (right - 3.5, top, "start")
    spots = [over, after, before] if steep < 1 else [after, over, before]
    if not glyph.node.inputs:
        spots = [(middle, top, "middle"), after]
    elif spot.end > spot.start:
        spots = [before, over, after]
    spots += [(middle, high, "middle")]
    spots += [(x, y - 4 * k, anchor) for k in (1, 2) for x, y, anchor in spots[:3]]
    return Label(string, spots, pen, FAINT, needed=False)


def _aside(words: Lettering, glyph: Glyph, spot: Spot, pen: Pen) -> list[Label]:
    """The labels of one node in a figure that runs down: features right, extents left of it."""
    labels: list[Label] = []
    middle = spot.along + spot.width / 2
    baseline = middle + pen.size * 0.36
    right = max(spot.edge(0)[1], spot.edge(1)[1]) + 3
    left = min(spot.edge(0)[0], spot.edge(1)[0]) - 3
    shifts = (0.0, -4.0, 4.0)

    def add(string: str, x: float, anchor: str, colour: str, pen: Pen, bold: bool = False) -> None:
        places = [(x, baseline + by, anchor) for by in shifts]
        needed = colour != FAINT or anchor == "start"
        labels.append(Label(string, places, pen, colour, bold, needed))

    if words.inside:
        low, high = spot.edge(0.5)
        place = ((low + high) / 2, baseline, "middle")
        labels.append(Label(words.inside, (place,), pen, inside=True))
    if words.features:
        add(words.features, right, "start", INK, pen)
        right += ruler.width(words.features, size=pen.size, font=pen.font) + 3
    if words.name:
        add(words.name, right, "start", FAINT, pen)
    if words.extent:
        add(words.extent, left, "end", FAINT, pen)
        left -= ruler.width(words.extent, size=pen.size, font=pen.font) + 3
    if words.note:
        bold = Pen(size=pen.size + 1, font=pen.font)
        add(words.note, left, "end", readable(glyph.strong), bold, bold=True)
    return labels


def _frame(box: Box, group: str) -> Rect:
    return Rect(
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        radius=4,
        stroke="#b9bfc8",
        stroke_width=0.6,
        dash=(2.0, 2.0),
        source=f"frame:{group}",
    )


def _rows(run: Sequence[str], boxes: Mapping[str, Box]) -> list[Box]:
    """The boxes of a run's members, together where they follow one another in one row."""
    rows: list[Box] = []
    for box in (boxes[node] for node in run):
        if rows and box.x >= rows[-1].right and abs(box.centre[1] - rows[-1].centre[1]) < 0.5:
            rows[-1] = rows[-1].union(box)
        else:
            rows.append(box)
    return rows
