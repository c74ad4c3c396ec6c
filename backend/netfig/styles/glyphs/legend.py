"""What the glyphs mean: every look in the figure once, and the inside of each kind of block."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from netfig.model.geometry import Box
from netfig.model.graph import LayerGraph
from netfig.model.grouped import GroupedGraph, Kind, Link, Node
from netfig.model.placement import Extent, Placement
from netfig.model.scene import Group, Item, Path, Text
from netfig.styles.appearance import Glyph, Wardrobe
from netfig.styles.glyphs.labels import band_width
from netfig.styles.glyphs.measure import OPERATOR
from netfig.styles.glyphs.shapes import INK, Spot, outline
from netfig.styles.glyphs.wires import wire
from netfig.text import ruler

SAMPLE = 18.0
"""Height of a sample, in points."""

_GAP = 14.0
Placer = Callable[[GroupedGraph, Mapping[str, Extent]], Placement]
"""What lays out the inside of a block, closely spaced."""

_MINI = 16.0
_IN, _OUT = "\x00in", "\x00out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, placed: `target` and `id` say what a change of its look applies to."""

    key: str
    target: str
    id: str
    label: str
    fill: str
    box: Box
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """An entry before it is placed: items about an axis at y = 0, starting at x = 0."""

    key: str
    target: str
    id: str
    label: str
    fill: str
    width: float
    top: float
    bottom: float
    items: tuple[Item, ...]


def legend(
    wardrobe: Wardrobe,
    glyphs: Mapping[str, Glyph],
    inside: Mapping[str, str],
    kinds: Sequence[Kind],
    placer: Placer,
    *,
    room: float,
    size: float,
    font: str,
) -> tuple[tuple[Entry, ...], float, float]:
    """The legend wrapped to `room` points: entries from (0, 0) down, its width and its height."""
    within = {node.id: wardrobe.glyph(node) for kind in kinds for node in kind.inside_nodes}
    pieces = _types(glyphs, within, inside, size, font, room)
    pieces += [_kind(kind, wardrobe, within, placer, size, font, room) for kind in kinds]
    return _flow(pieces, room)


def _types(
    glyphs: Mapping[str, Glyph],
    within: Mapping[str, Glyph],
    inside: Mapping[str, str],
    size: float,
    font: str,
    room: float,
) -> list[_Piece]:
    """One piece a look: type, fused modifiers, and the kernel where the glyph does not show it."""
    looks: dict[tuple[str, str, str, str], list[Glyph]] = {}
    every: Iterable[tuple[Glyph, bool]] = [
        *((g, bool(inside.get(n))) for n, g in glyphs.items()),
        *((g, True) for g in within.values()),
    ]
    for glyph, shown in every:
        if glyph.shape == "group":
            continue
        bands = " + ".join(b.phrase for b in glyph.bands)
        kernel = "" if shown or glyph.shape != "grid" else glyph.kernel
        looks.setdefault((glyph.phrase, bands, kernel, glyph.strong), []).append(glyph)
    looks = _without_needless_kernels(looks)
    return [_type(key, alike, size, font, room) for key, alike in looks.items()]


def _without_needless_kernels(
    looks: dict[tuple[str, str, str, str], list[Glyph]],
) -> dict[tuple[str, str, str, str], list[Glyph]]:
    """A look with more than three kernels is told once, without them."""
    kernels: dict[tuple[str, str, str], set[str]] = {}
    for phrase, bands, kernel, strong in looks:
        kernels.setdefault((phrase, bands, strong), set()).add(kernel)
    merged: dict[tuple[str, str, str, str], list[Glyph]] = {}
    for (phrase, bands, kernel, strong), alike in looks.items():
        many = len(kernels[(phrase, bands, strong)]) > 3
        merged.setdefault((phrase, bands, "" if many else kernel, strong), []).extend(alike)
    return merged


def _type(
    key: tuple[str, str, str, str], alike: list[Glyph], size: float, font: str, room: float
) -> _Piece:
    phrase, bands, kernel, _ = key
    glyph = alike[0]
    words = " ".join(part for part in (phrase, kernel) if part)
    label = " + ".join(part for part in (words, bands) if part)
    width, height = 9.0, SAMPLE
    start = end = height
    if glyph.shape == "operator":
        width = start = end = OPERATOR
    elif glyph.shape == "bar":
        width = 7.0
    elif all((g.end.extent or 0) < (g.start.extent or 0) for g in alike):
        end = height / 2
    elif all((g.end.extent or 0) > (g.start.extent or 0) for g in alike):
        start = height / 2
    spot = Spot(0.0, 0.0, 0.0, width, start, end)
    text = ruler.shorten(label, room - width - 4, size=size, font=font)
    long = ruler.width(text, size=size, font=font)
    caption = Text(x=width + 4, y=size * 0.36, string=text, size=size, width=long, font=font)
    sample = replace(glyph, unknown=False)
    return _Piece(
        key=f"{glyph.key}|{bands}|{kernel}",
        target="type",
        id=glyph.key.partition(":")[2],
        label=label,
        fill=glyph.strong,
        width=width + 4 + long,
        top=SAMPLE / 2,
        bottom=SAMPLE / 2,
        items=(*outline(sample, spot, ""), caption),
    )


def _kind(
    kind: Kind,
    wardrobe: Wardrobe,
    within: Mapping[str, Glyph],
    placer: Placer,
    size: float,
    font: str,
    room: float,
) -> _Piece:
    """A block's sample, an equals sign, its inside drawn small, and its name below."""
    member = Node(id=kind.id, kind="group", main="", group_kind=kind.id)
    glyph = wardrobe.glyph(member)
    sample = outline(glyph, Spot(0.0, 0.0, 0.0, 11.0, SAMPLE, SAMPLE), "")
    drawn, width, top, bottom = _inside(kind, wardrobe.graph, within, placer, size, font)
    equals = ruler.width("=", size=size + 1, font=font)
    if 11 + 4 + equals + width > room:
        drawn, width, top, bottom = (), 0.0, 0.0, 0.0
    text = ruler.shorten(glyph.phrase, room, size=size, font=font)
    long = ruler.width(text, size=size, font=font)
    if not drawn:
        caption = Text(x=15, y=size * 0.36, string=text, size=size, width=long, font=font)
        return _Piece(
            kind.id,
            "kind",
            kind.id,
            glyph.phrase,
            glyph.strong,
            15 + long,
            SAMPLE / 2,
            SAMPLE / 2,
            (*sample, caption),
        )
    bottom = max(bottom, SAMPLE / 2)
    items: list[Item] = [
        *sample,
        Text(x=15, y=size * 0.4, string="=", size=size + 1, width=equals, font=font),
        *(moved(item, 15 + equals + 3, 0) for item in drawn),
        Text(x=0, y=bottom + size * 1.2, string=text, size=size, width=long, font=font),
    ]
    return _Piece(
        kind.id,
        "kind",
        kind.id,
        glyph.phrase,
        glyph.strong,
        max(15 + equals + 3 + width, long),
        max(top, SAMPLE / 2),
        bottom + size * 1.45,
        tuple(items),
    )


def _inside(
    kind: Kind,
    network: LayerGraph,
    within: Mapping[str, Glyph],
    placer: Placer,
    size: float,
    font: str,
) -> tuple[tuple[Item, ...], float, float, float]:
    """The block's inside about its axis: items, width, reach above and below."""
    ins = [Link(source=a, target=b, edges=()) for a, b in _entries(kind, network)]
    outs = [Link(source=e, target=f"{_OUT}{i}", edges=()) for i, e in enumerate(kind.exits)]
    before = list(dict.fromkeys(link.source for link in ins))
    after = [link.target for link in outs]
    graph = GroupedGraph(
        nodes=(*map(_bodiless, before), *kind.inside_nodes, *map(_bodiless, after)),
        links=(*ins, *kind.inside_links, *outs),
        groups=(),
        kinds=(),
        level=0,
        levels=1,
    )
    extents = {end: _end() for end in (*before, *after)}
    for node in kind.inside_nodes:
        extents[node.id] = _mini(within[node.id], size, font)
    placed = placer(graph, extents)
    items: list[Item] = []
    for route in placed.routes:
        items += wire(route.points, "")
    for node in kind.inside_nodes:
        glyph, box, extent = within[node.id], placed.boxes[node.id], extents[node.id]
        enter, leave = placed.axes[node.id]
        spot = Spot(box.x, enter, leave, extent.width, extent.start, extent.end)
        items += outline(replace(glyph, unknown=False, loop=False), spot, "")
        words = glyph.kernel if glyph.shape == "grid" else ""
        if words:
            room = extent.width - band_width(extent.width, len(glyph.bands)) * len(glyph.bands)
            items.append(_centred(words, box.x + room / 2, enter + size * 0.36, size, font))
        if glyph.note:
            top = enter - extent.start / 2 - 2
            items.append(_centred(glyph.note, box.x + extent.width / 2, top, size, font, bold=True))
    axis = placed.axes[before[0] if before else kind.inside_nodes[0].id][0]
    bounds = placed.bounds
    shifted = tuple(moved(item, -bounds.x, -axis) for item in items)
    return shifted, bounds.width, axis - bounds.y, bounds.bottom - axis


def _entries(kind: Kind, network: LayerGraph) -> list[tuple[str, str]]:
    """Links into a block from its ends: one end for each tensor that enters it, so that a skip
    from elsewhere is not drawn as a fork of the block's own input."""
    home = {layer: node.id for node in kind.inside_nodes for layer in node.layers}
    tensors: dict[tuple[str, int], str] = {}
    links: dict[tuple[str, str], None] = {}
    for edge in network.edges:
        if edge.target in home and edge.source not in home:
            end = tensors.setdefault((edge.source, edge.source_port), f"{_IN}{len(tensors)}")
            links[(end, home[edge.target])] = None
    if not links:
        return [(f"{_IN}0", entry) for entry in kind.entries]
    return list(links)


def _bodiless(end: str) -> Node:
    return Node(id=end, kind="layer", main="")


def _end() -> Extent:
    return Extent(width=0.0, start=0.0, end=0.0, shape="operator")


def _mini(glyph: Glyph, size: float, font: str) -> Extent:
    note = size + 3 if glyph.note else 0.0
    if glyph.shape == "operator":
        return Extent(width=OPERATOR, start=OPERATOR, end=OPERATOR, shape="operator")
    if glyph.shape == "bar":
        return Extent(width=7.0, start=_MINI, end=_MINI, shape="bar")
    words = ruler.width(glyph.kernel, size=size, font=font) + 4 if glyph.kernel else 8.0
    width = max(words + 2.6 * len(glyph.bands), 12.0)
    return Extent(width=width, start=_MINI, end=_MINI, shape="grid", above=note)


def _centred(
    string: str, x: float, y: float, size: float, font: str, *, bold: bool = False
) -> Text:
    width = ruler.width(string, size=size, font=font, bold=bold)
    return Text(
        x=x,
        y=y,
        string=string,
        size=size,
        width=width,
        font=font,
        bold=bold,
        anchor="middle",
        fill=INK,
    )


def moved(item: Item, dx: float, dy: float) -> Item:
    """The same item elsewhere."""
    if isinstance(item, Path):
        segments = tuple(
            (op, tuple(v + (dy if i % 2 else dx) for i, v in enumerate(values)))
            for op, values in item.segments
        )
        return replace(item, segments=segments)
    if isinstance(item, Group):
        return replace(item, items=tuple(moved(i, dx, dy) for i in item.items))
    return replace(item, x=item.x + dx, y=item.y + dy)


def _flow(pieces: list[_Piece], room: float) -> tuple[tuple[Entry, ...], float, float]:
    """Pieces in lines, each as long as fits."""
    lines: list[list[_Piece]] = []
    used = 0.0
    for piece in pieces:
        step = piece.width + _GAP
        if lines and used + piece.width <= room:
            lines[-1].append(piece)
            used += step
        else:
            lines.append([piece])
            used = step
    entries: list[Entry] = []
    y = width = 0.0
    for line in lines:
        top = max(p.top for p in line)
        bottom = max(p.bottom for p in line)
        x = 0.0
        for piece in line:
            source = f"legend:{piece.key}"
            items = tuple(replace(moved(item, x, y + top), source=source) for item in piece.items)
            box = Box(
                x=x, y=y + top - piece.top, width=piece.width, height=piece.top + piece.bottom
            )
            entries.append(
                Entry(
                    key=piece.key,
                    target=piece.target,
                    id=piece.id,
                    label=piece.label,
                    fill=piece.fill,
                    box=box,
                    items=items,
                )
            )
            x += piece.width + _GAP
        width = max(width, x - _GAP)
        y += top + bottom + 5
    return tuple(entries), width, max(0.0, y - 5)
