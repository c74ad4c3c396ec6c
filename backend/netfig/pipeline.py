"""READ THIS FIRST: from a network and the user's document to the finished page.

    find      the tree of blocks                    grouping
    fold      what is shown of it at a level        grouping
    letter    sizes and labels of every glyph       styles
    lay_out   where everything lies                 layout
    draw      the scene                             styles

Each is a pure function between two frozen types. The level of folding and the fullness of the
glyphs are chosen here, so that the figure fills the page and nothing falls below the smallest text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from netfig.errors import DoesNotFit, ProgramError
from netfig.grouping import Hierarchy, find, fold
from netfig.layout import Series, Spacing, lay_out, nudge, structure
from netfig.model import venues
from netfig.model.geometry import Box
from netfig.model.graph import Layer, LayerGraph
from netfig.model.grouped import Group, GroupedGraph, Link, Node
from netfig.model.placement import Extent, Placement
from netfig.model.scene import Scene
from netfig.model.spec import FigureSpec
from netfig.styles import wording
from netfig.styles.appearance import Glyph, Wardrobe
from netfig.styles.caption import caption, description, shape
from netfig.styles.clarity import Telling, Used, unclear, used
from netfig.styles.glyphs.draw import MARGIN, Drawn, Pen
from netfig.styles.glyphs.draw import draw as draw_scene
from netfig.styles.glyphs.labels import Lettering, letter
from netfig.styles.glyphs.legend import Entry, legend
from netfig.styles.glyphs.measure import extents, lengths
from netfig.styles.sizes import Sizer
from netfig.styles.tensors import View

CLOSE = Spacing(gap=4.5, lane=6.0, branch=6.0)
"""The spacing inside a block that the legend draws."""

ROWS, MANY = 3, 20
"""The most rows before the figure is folded further instead; more where a level was asked for."""

FEWEST = 5
"""A figure is not folded to fewer glyphs than this to save a row."""

KEYS = {"right": 0.55, "down": 0.3}
"""The most of the page's height that the legend takes, by direction."""

TRIES = 4
"""How often a figure may make room for a legend that has grown."""

KEY = 12.0
"""Room between the figure and its legend, in points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """A glyph as the page shows and edits it: where it is and what it stands for."""

    id: str
    kind: str
    title: str
    type: str
    detail: tuple[str, ...]
    box: Box
    layers: tuple[str, ...]
    lines: tuple[int, ...]
    group: str | None
    group_kind: str | None
    repeat: int
    fill: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A finished figure with everything that is told about it."""

    scene: Scene
    grouped: GroupedGraph
    placement: Placement
    spec: FigureSpec
    level: int
    levels: int
    nodes: tuple[NodeView, ...]
    legend: tuple[Entry, ...]
    facts: Mapping[str, object]
    looks: tuple[Used, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def telling(self) -> tuple[Telling, ...]:
        """Pairs of looks that somebody takes for one another, with what would mend it."""
        return unclear(self.looks)

    @property
    def links(self) -> tuple[Link, ...]:
        return self.grouped.links

    @property
    def groups(self) -> tuple[Group, ...]:
        return self.grouped.groups


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """One attempt: what is shown, at which sizes, and where it came to lie."""

    grouped: GroupedGraph
    glyphs: Mapping[str, Glyph]
    wardrobe: Wardrobe
    lettering: Mapping[str, Lettering] = field(default_factory=dict)
    sizes: Mapping[str, Extent] = field(default_factory=dict)
    placement: Placement | None = None
    taken: Series | None = None
    warnings: tuple[str, ...] = ()


def draw(graph: LayerGraph, spec: FigureSpec, *, hierarchy: Hierarchy | None = None) -> Drawing:
    """The figure of a network. Raises DoesNotFit where no fold level fits the page,
    ProgramError where there is nothing to draw.

    `hierarchy` is `find(graph, spec)` where the caller has kept it.
    """
    if not graph.layers:
        raise ProgramError("the model holds no layer", hint="add layers before the model is made")
    hierarchy = hierarchy or find(graph, spec)
    pen = Pen(size=venues.text(spec.page), font=spec.page.font)
    draft = _nudged(_fit(graph, spec, hierarchy, pen), spec)
    drawn = _finish(graph, spec, draft, pen)
    assert draft.placement is not None
    return Drawing(
        scene=drawn.scene,
        grouped=draft.grouped,
        placement=draft.placement,
        spec=spec,
        level=draft.grouped.level,
        levels=draft.grouped.levels,
        nodes=_views(graph, draft, drawn),
        legend=drawn.legend,
        facts=_facts(graph, spec, draft, drawn, pen),
        looks=_looks(draft),
        warnings=(*draft.grouped.warnings, *draft.warnings),
    )


def _fit(graph: LayerGraph, spec: FigureSpec, hierarchy: Hierarchy, pen: Pen) -> _Draft:
    """What fits the page: by folding first, then in rows, then at whatever level fits.

    Where a level was asked for, or a block opened by hand, rows come first.
    """
    asked = spec.grouping.level
    last = hierarchy.levels - 1
    first = min(hierarchy.default if asked is None else asked, last)
    bodies = range(first, max(first + 1, last))
    attempts = [(level, 1) for level in bodies] + [(level, ROWS) for level in bodies]
    if asked is not None or _opened(spec):
        attempts = [(level, MANY) for level in bodies]
    drafts: dict[int, _Draft] = {}
    for level, rows in [*attempts, (last, MANY)]:
        if level not in drafts:
            drafts[level] = _draft(graph, spec, hierarchy, level)
        if rows == 1 and level > first and len(drafts[level].grouped.nodes) < FEWEST:
            continue
        fitted = _fill(drafts[level], spec, pen, rows)
        if fitted is not None:
            if asked is None or level == first:
                return fitted
            said = "this much detail does not fit the page: folded until it does"
            return replace(fitted, warnings=(said,))
    raise DoesNotFit(
        "the figure does not fit the page",
        hint="choose a wider page or the other direction, or turn labels and the legend off",
    )


def _draft(graph: LayerGraph, spec: FigureSpec, hierarchy: Hierarchy, level: int) -> _Draft:
    grouped = fold(hierarchy, spec, level)
    wardrobe = Wardrobe(graph, grouped, spec)
    glyphs = {node.id: wardrobe.glyph(node) for node in grouped.nodes}
    return _Draft(grouped=grouped, glyphs=glyphs, wardrobe=wardrobe, taken=structure(grouped))


def _opened(spec: FigureSpec) -> bool:
    """Whether the user opened a block or a kind by hand: that is shown, in as many rows as need."""
    edits = (*spec.grouping.groups.values(), *spec.grouping.kinds.values())
    return any(edit.folded is False for edit in edits)


def _nudged(draft: _Draft, spec: FigureSpec) -> _Draft:
    """The draft with what the user moved by hand; a moved group is known by its own id."""
    moves = {}
    for node in draft.grouped.nodes:
        look = spec.groups.get(node.group) if node.group else spec.layers.get(node.main)
        if look is not None and look.nudge is not None:
            moves[node.id] = look.nudge
    if not moves or draft.placement is None:
        return draft
    return replace(draft, placement=nudge(draft.placement, moves))


def _fill(draft: _Draft, spec: FigureSpec, pen: Pen, most: int) -> _Draft | None:
    """The fullest glyphs at which the figure fits the page, in as few rows as can be; at most
    `most` rows. None where it does not fit."""
    width, height = venues.width(spec.page), venues.height(spec.page)
    if width is None and height is None:
        return _attempt(draft, spec, pen, 1.0, None)
    bare = _attempt(draft, spec, pen, 0.0, None)
    if bare is None or bare.placement is None:
        return None
    key = _key(bare, spec, pen)
    for _ in range(TRIES):
        best = _fullest(draft, spec, pen, most, key)
        if best is None or best.placement is None or height is None:
            return best
        # Fuller glyphs have more written in them, and the legend draws some of them again.
        own = _key(best, spec, pen)
        if best.placement.bounds.height + own <= height - 2 * MARGIN + 0.01:
            return best
        key = own
    return None


def _key(draft: _Draft, spec: FigureSpec, pen: Pen) -> float:
    """The height that the legend takes from the figure, in points."""
    return _legend(draft, spec, pen)[2] + KEY if spec.legend == "below" else 0.0


def _fullest(draft: _Draft, spec: FigureSpec, pen: Pen, most: int, key: float) -> _Draft | None:
    """As `_fill`, with `key` points of the page's height kept for the legend."""
    width, height = venues.width(spec.page), venues.height(spec.page)
    vertical = spec.page.direction == "down"
    wide = None if width is None else width - 2 * MARGIN
    high = None if height is None else height - 2 * MARGIN - key
    along, across = (high, wide) if vertical else (wide, high)
    if along is None:
        return _within(_attempt(draft, spec, pen, 1.0, None), along, across)
    thin = _within(_attempt(draft, spec, pen, 0.0, along), along, across)
    if thin is None or thin.placement is None or thin.placement.rows > most:
        return None
    rows, best, low, high_ = thin.placement.rows, thin, 0.0, 1.0
    for step in range(6):
        middle = 1.0 if step == 0 else (low + high_) / 2
        tried = _within(_attempt(draft, spec, pen, middle, along), along, across)
        if tried is not None and tried.placement is not None and tried.placement.rows <= rows:
            best, low = tried, middle
            if step == 0:
                break
        else:
            high_ = middle
    return best


def _within(draft: _Draft | None, along: float | None, across: float | None) -> _Draft | None:
    """The draft if it is no larger than the room."""
    if draft is None or draft.placement is None:
        return None
    bounds, vertical = draft.placement.bounds, draft.placement.vertical
    length, breadth = (bounds.height, bounds.width) if vertical else (bounds.width, bounds.height)
    if along is not None and length > along + 0.01:
        return None
    return None if across is not None and breadth > across + 0.01 else draft


def _attempt(
    draft: _Draft, spec: FigureSpec, pen: Pen, fullness: float, length: float | None
) -> _Draft | None:
    """The draft at that fullness, broken into rows of at most `length`; None: a part is longer."""
    vertical = spec.page.direction == "down"
    sizer = Sizer.over(_views_of(draft), spec.scale, fullness)
    widths = lengths(draft.glyphs, sizer)
    lettering = letter(
        draft.grouped, draft.glyphs, widths, spec.labels, size=pen.size, font=pen.font
    )
    sizes = extents(
        draft.glyphs, lettering, widths, sizer, size=pen.size, font=pen.font, vertical=vertical
    )
    spacing = Spacing(gap=5.0 + 8.0 * fullness, lane=7.0, branch=6.0 + 2.0 * fullness)
    try:
        placement = lay_out(
            draft.grouped,
            sizes,
            spacing=spacing,
            length=length,
            vertical=vertical,
            taken=draft.taken,
        )
    except DoesNotFit:
        return None
    return replace(draft, lettering=lettering, sizes=sizes, placement=placement)


def _legend(draft: _Draft, spec: FigureSpec, pen: Pen) -> tuple[tuple[Entry, ...], float, float]:
    """The legend for the page's width, its own width and height."""
    assert draft.placement is not None
    width, height = venues.width(spec.page), venues.height(spec.page)
    share = KEYS["down" if spec.page.direction == "down" else "right"]
    return legend(
        draft.wardrobe,
        draft.glyphs,
        {node: words.inside for node, words in draft.lettering.items()},
        draft.grouped.kinds,
        lambda inside, sizes: lay_out(inside, sizes, spacing=CLOSE),
        room=(width or max(420.0, draft.placement.bounds.width + 2 * MARGIN)) - 2 * MARGIN,
        limit=None if height is None else height * share,
        size=pen.size,
        font=pen.font,
    )


def _views_of(draft: _Draft) -> list[View]:
    return [v for glyph in draft.glyphs.values() for v in (glyph.start, glyph.end)]


def _finish(graph: LayerGraph, spec: FigureSpec, draft: _Draft, pen: Pen) -> Drawn:
    assert draft.placement is not None
    width = venues.width(spec.page)
    entries: tuple[tuple[Entry, ...], float, float] = ((), 0.0, 0.0)
    if spec.legend == "below":
        entries = _legend(draft, spec, pen)
    return draw_scene(
        draft.grouped,
        draft.glyphs,
        draft.lettering,
        draft.sizes,
        draft.placement,
        entries,
        pen,
        width=width,
        background="#ffffff",
        title=spec.title or graph.name,
        description=description(graph, spec, _blocks(draft)),
    )


def _blocks(draft: _Draft) -> list[tuple[str, int]]:
    """The folded blocks that are shown: name, and how many times in a row."""
    glyphs = draft.glyphs
    return [(glyphs[n.id].phrase, n.repeat) for n in draft.grouped.nodes if n.kind == "group"]


def _looks(draft: _Draft) -> tuple[Used, ...]:
    """The looks in use: in the figure, and in the insides of blocks that the legend may draw."""
    inside = {n.main: n for kind in draft.grouped.kinds for n in kind.inside_nodes}
    drawn = [*draft.glyphs.values(), *(draft.wardrobe.glyph(n) for n in inside.values())]
    return used(drawn)


def _views(graph: LayerGraph, draft: _Draft, drawn: Drawn) -> tuple[NodeView, ...]:
    layers = {layer.id: layer for layer in graph.layers}
    shown = []
    for node in draft.grouped.nodes:
        glyph = draft.glyphs[node.id]
        lines = tuple(sorted({line for i in node.layers if (line := layers[i].line) is not None}))
        shown.append(
            NodeView(
                id=node.id,
                kind=node.kind,
                title=_title(node, glyph),
                type=layers[node.main].type if node.kind == "layer" else glyph.phrase,
                detail=_detail(node, layers),
                box=drawn.boxes[node.id],
                layers=node.layers,
                lines=lines,
                group=node.group,
                group_kind=node.group_kind,
                repeat=node.repeat,
                fill=glyph.strong,
                look=glyph.key,
            )
        )
    return tuple(shown)


def _title(node: Node, glyph: Glyph) -> str:
    return f"{glyph.phrase} {glyph.note}".strip() if node.kind == "group" else glyph.name


def _detail(node: Node, layers: Mapping[str, Layer]) -> tuple[str, ...]:
    """The lines of a tooltip: shapes and parameters."""
    way_in = " + ".join(shape(t.shape[1:]) for t in node.inputs)
    way_out = ", ".join(shape(t.shape[1:]) for t in node.outputs)
    weights: dict[str, int] = {}
    for i in node.layers:
        weights[layers[i].layer] = layers[i].parameters
    total = sum(weights.values())
    shapes = f"{way_in} → {way_out}" if way_in else way_out
    count = f"{wording.count(total)} parameters" if total else "no parameters"
    return (
        (shapes, count) if node.kind == "layer" else (shapes, count, f"{len(node.layers)} layers")
    )


def _facts(
    graph: LayerGraph, spec: FigureSpec, draft: _Draft, drawn: Drawn, pen: Pen
) -> dict[str, object]:
    return {
        "layers": len(graph.layers),
        "parameters": graph.parameters,
        "trainable": graph.trainable,
        "text_floor": venues.VENUES[spec.page.venue].text,
        "smallest_text": pen.size,
        "page": venues.says(spec.page),
        "caption": caption(graph, spec, _blocks(draft)),
        "description": drawn.scene.description,
    }
