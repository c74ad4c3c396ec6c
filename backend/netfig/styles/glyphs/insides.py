"""The inside of a kind of block, drawn small for the legend."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from netfig.model.graph import LayerGraph
from netfig.model.grouped import GroupedGraph, Kind, Link, Node
from netfig.model.placement import Extent, Placement
from netfig.model.scene import Item, Rect, Text
from netfig.styles.appearance import Glyph, Wardrobe
from netfig.styles.colour import light
from netfig.styles.glyphs.labels import band_width
from netfig.styles.glyphs.measure import OPERATOR
from netfig.styles.glyphs.moving import moved
from netfig.styles.glyphs.shapes import INK, Spot, outline
from netfig.styles.glyphs.wires import wire
from netfig.text import ruler

SAMPLE = 18.0
"""Height of a sample, in points."""

Placer = Callable[[GroupedGraph, Mapping[str, Extent]], Placement]
"""What lays out the inside of a block, closely spaced."""

_MINI = 16.0
_IN, _OUT = "\x00in", "\x00out"


@dataclass(frozen=True, slots=True)
class Piece:
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


@dataclass(frozen=True, slots=True)
class Block:
    """A kind of block with its inside: items about an axis at y = 0, and how far they reach."""

    kind: Kind
    glyph: Glyph
    glyphs: Mapping[str, Glyph]
    items: tuple[Item, ...]
    width: float
    top: float
    bottom: float
    fits: bool

    @classmethod
    def of(
        cls, kind: Kind, wardrobe: Wardrobe, placer: Placer, size: float, font: str, room: float
    ) -> "Block":
        """The block drawn; it does not fit where it is longer than `room`."""
        within = {node.id: wardrobe.glyph(node) for node in kind.inside_nodes}
        glyph = wardrobe.glyph(Node(id=kind.id, kind="group", main="", group_kind=kind.id))
        if not within:
            return cls(kind, glyph, within, (), 0.0, 0.0, 0.0, False)
        items, width, top, bottom = _inside(kind, wardrobe.graph, within, placer, size, font)
        head = 11 + 4 + ruler.width("=", size=size + 1, font=font) + 3
        return cls(kind, glyph, within, items, width, top, bottom, head + width <= room)

    def drawn(self, tallest: float) -> bool:
        """Whether the legend draws its inside, where `tallest` points are the most for one."""
        return self.fits and self.top + self.bottom <= tallest

    def piece(self, tallest: float, size: float, font: str, room: float) -> Piece:
        """A sample, an equals sign, the inside, and the name below; else sample and name."""
        glyph, kind = self.glyph, self.kind
        sample = outline(glyph, Spot(0.0, 0.0, 0.0, 11.0, SAMPLE, SAMPLE), "")
        limit = room if self.drawn(tallest) else room - 15
        text = ruler.shorten(glyph.phrase, limit, size=size, font=font)
        long = ruler.width(text, size=size, font=font)
        caption = Text(x=15, y=size * 0.36, string=text, size=size, width=long, font=font)
        items: tuple[Item, ...] = (*sample, caption)
        width, top, bottom = 15 + long, SAMPLE / 2, SAMPLE / 2
        if self.drawn(tallest):
            equals = ruler.width("=", size=size + 1, font=font)
            top, low = max(self.top, top), max(self.bottom, bottom)
            items = (
                *sample,
                Text(x=15, y=size * 0.4, string="=", size=size + 1, width=equals, font=font),
                *(moved(item, 18 + equals, 0) for item in self.items),
                replace(caption, x=0.0, y=low + size * 1.2),
            )
            width, bottom = max(18 + equals + self.width, long), low + size * 1.45
        return Piece(
            kind.id, "kind", kind.id, glyph.phrase, glyph.strong, width, top, bottom, items
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
            text = _centred(words, box.x + room / 2, enter + size * 0.36, size, font)
            items += [*ground(glyph, [text]), text]
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


def ground(glyph: Glyph, texts: Iterable[Text]) -> list[Item]:
    """A plain ground for the text inside a hatched glyph, so that it stays readable."""
    if glyph.hatch == "none" or not glyph.kernel:
        return []
    inside = [text for text in texts if text.string == glyph.kernel]
    return [
        Rect(
            x=text.x - text.width / 2 - 0.8,
            y=text.y - 0.8 * text.size,
            width=text.width + 1.6,
            height=0.9 * text.size,
            fill=light(glyph.strong),
            source=text.source,
        )
        for text in inside
    ]
