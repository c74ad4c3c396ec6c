"""READ THIS FIRST: from a network and the user's document to the finished page.

    find      the tree of blocks                                    grouping
    fit       folds it, sizes it and lays it out until it fits      fitting
    nudged    what the user moved by hand                           layout
    draw      the scene                                             styles
    views     what the page tells about it                          views

Each is a pure function between two frozen types.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from netfig.errors import DoesNotFit, ProgramError
from netfig.fitting import Draft, Sheet, fit, legend_of, nudged
from netfig.grouping import Hierarchy, find
from netfig.grouping.collecting import uncollected
from netfig.model import venues
from netfig.model.graph import LayerGraph
from netfig.model.grouped import Group, GroupedGraph, Link
from netfig.model.placement import Placement
from netfig.model.scene import Scene
from netfig.model.spec import FigureSpec
from netfig.styles.caption import caption, description
from netfig.styles.clarity import Telling, Used, unclear, used
from netfig.styles.glyphs.draw import Drawn, scaled
from netfig.styles.glyphs.draw import alone as draw_legend
from netfig.styles.glyphs.draw import draw as draw_scene
from netfig.styles.glyphs.legend import Entry
from netfig.views import NodeView, views


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


def draw(graph: LayerGraph, spec: FigureSpec, *, hierarchy: Hierarchy | None = None) -> Drawing:
    """The figure of a network. Raises DoesNotFit where no fold level fits the page,
    ProgramError where there is nothing to draw.

    `hierarchy` is `find(graph, spec)` where the caller has kept it.
    """
    if not graph.layers:
        raise ProgramError("the model holds no layer", hint="add layers before the model is made")
    return _draw(graph, spec, hierarchy or find(graph, spec))


@uncollected
def _draw(graph: LayerGraph, spec: FigureSpec, hierarchy: Hierarchy) -> Drawing:
    sheet = Sheet.of(spec)
    draft = nudged(fit(graph, spec, hierarchy, sheet), spec, sheet)
    drawn = scaled(_finish(graph, spec, draft, sheet), sheet.unit)
    assert draft.placement is not None
    return Drawing(
        scene=drawn.scene,
        grouped=draft.grouped,
        placement=draft.placement,
        spec=spec,
        level=draft.grouped.level,
        levels=draft.grouped.levels,
        nodes=views(graph, draft, drawn),
        legend=drawn.legend,
        facts=_facts(graph, spec, draft, drawn),
        looks=_looks(draft),
        warnings=(*draft.grouped.warnings, *draft.warnings),
    )


def legend(graph: LayerGraph, spec: FigureSpec, *, hierarchy: Hierarchy | None = None) -> Scene:
    """The legend of a figure on a page of its own, as wide as the figure's. Raises as `draw`."""
    sheet = Sheet.of(spec)
    draft = fit(graph, spec, hierarchy or find(graph, spec), sheet)
    drawn = draw_legend(
        legend_of(draft, spec, sheet),
        width=sheet.width,
        background="#ffffff",
        title=f"Legend of {spec.title or graph.name}",
    )
    return scaled(drawn, sheet.unit).scene


def first(graph: LayerGraph, spec: FigureSpec | None = None) -> Drawing:
    """The figure of a network for which nobody has chosen a page yet: on a page as large as it
    takes where it does not fit that of `spec`, which a warning says. Raises ProgramError."""
    spec = spec or FigureSpec()
    try:
        return draw(graph, spec)
    except DoesNotFit:
        page = venues.says(spec.page)
        drawing = draw(graph, replace(spec, page=replace(spec.page, venue="free", width=None)))
        said = f"too large for {page}: drawn on a page as large as it takes"
        return replace(drawing, warnings=(*drawing.warnings, said))


def _finish(graph: LayerGraph, spec: FigureSpec, draft: Draft, sheet: Sheet) -> Drawn:
    assert draft.placement is not None
    entries: tuple[tuple[Entry, ...], float, float] = ((), 0.0, 0.0)
    if spec.legend == "below":
        entries = legend_of(draft, spec, sheet)
    return draw_scene(
        draft.grouped,
        draft.glyphs,
        draft.lettering,
        draft.sizes,
        draft.placement,
        entries,
        sheet.pen,
        width=sheet.width,
        background="#ffffff",
        title=spec.title or graph.name,
        description=description(graph, spec, _blocks(draft)),
    )


def _blocks(draft: Draft) -> list[tuple[str, int]]:
    """The folded blocks that are shown: name, and how many times in a row."""
    glyphs = draft.glyphs
    return [(glyphs[n.id].phrase, n.repeat) for n in draft.grouped.nodes if n.kind == "group"]


def _looks(draft: Draft) -> tuple[Used, ...]:
    """The looks in use: in the figure, and in the insides of blocks that the legend may draw."""
    inside = {n.main: n for kind in draft.grouped.kinds for n in kind.inside_nodes}
    drawn = [*draft.glyphs.values(), *(draft.wardrobe.glyph(n) for n in inside.values())]
    return used(drawn)


def _facts(graph: LayerGraph, spec: FigureSpec, draft: Draft, drawn: Drawn) -> dict[str, object]:
    return {
        "layers": len(graph.layers),
        "parameters": graph.parameters,
        "trainable": graph.trainable,
        "text_floor": venues.VENUES[spec.page.venue].text,
        "smallest_text": venues.text(spec.page),
        "page": venues.says(spec.page),
        "caption": caption(graph, spec, _blocks(draft)),
        "description": drawn.scene.description,
    }
