"""find(): from a graph to the tree of its groups.

The passes, in order: line the layers up; hang what the user made, what the code says and what
the wiring says into one tree; add words and stages; gather runs; give kinds, names and levels.
"""

from collections.abc import Sequence

from netfig.grouping import acyclic, bundles, edits, fusing, order, runs, series
from netfig.grouping.building import build
from netfig.grouping.chains import Chains
from netfig.grouping.collecting import uncollected
from netfig.grouping.drafts import SAID, Draft, identify, nest
from netfig.grouping.hierarchy import Hierarchy
from netfig.grouping.likeness import Form, Likeness
from netfig.grouping.naming import Namer
from netfig.grouping.provenance import calls, paths
from netfig.grouping.scopes import named
from netfig.grouping.structure import Structure, contexts
from netfig.model.graph import LayerGraph
from netfig.model.spec import FigureSpec

WHOLE = 12
"""Glyphs of the largest function of the author's that is never cut up by its wiring."""


@uncollected
def find(graph: LayerGraph, spec: FigureSpec) -> Hierarchy:
    """The groups of a network and the levels they fold by.

    Reads `spec.grouping` alone (match level, hand-made and removed groups), so the answer can be
    kept as long as these stay. Near-linear in the number of layers and edges.
    """
    layers = graph.layers
    wires = order.wiring(graph)
    place = {layer.id: i for i, layer in enumerate(layers)}
    tree = order.after_all(wires)
    line = order.line_up(wires, [place[i] for i, _ in graph.outputs], tree)
    rank = [0] * len(line)
    for p, i in enumerate(line):
        rank[i] = p
    scale = Likeness(layers, wires, "scale")
    types = Likeness(layers, wires, "type")
    context = contexts(layers, wires)
    regions = series.regions(wires, line, context)
    structure = Structure(layers, wires, line, tree, regions, scale, types)

    ends = [i for i in line if not wires.before[i] and layers[i].type == "InputLayer"]
    warnings: list[str] = []
    drafts = _made(spec, place, rank) + _said(graph, wires, line, len(line) - len(ends))
    drafts += bundles.bundles(layers, wires, line, tree, scale)
    drafts += _seen(graph, wires, line, structure)
    inputs = set(ends) if len(ends) < len(line) else set()
    top = Draft(members=tuple(i for i in line if i not in inputs), label=graph.name, evidence="all")
    nest(top, drafts, rank, lambda i: fusing.is_modifier(layers[i]) or fusing.is_padding(layers[i]))
    chains = Chains(layers, wires, rank, scale, context)
    for draft in list(top.walk()):
        if not draft.whole:
            chains.refine(draft)
    _keep_ends(top, wires)
    acyclic.mend(top, wires, warnings)
    identify(top, [layer.id for layer in layers])
    edits.apply(top, spec.grouping, place)
    acyclic.mend(top, wires, warnings)
    chosen = spec.grouping.match
    match = scale if chosen == "scale" else Likeness(layers, wires, chosen)
    namer = Namer(layers, wires)
    families: dict[Form, int] = {}
    for draft in top.walk():
        draft.family = families.setdefault(types.form(draft.members), len(families))
        stage = draft.evidence == "stage" and bool(draft.children)
        draft.word = namer.word(draft.label, draft.members, stage)
        form = draft.form if match is scale else None
        form = match.form(draft.members) if form is None else form
        draft.kind = f"{draft.word.replace(' ', '-')}~{match.stable(form)}"
        if draft.made:
            draft.kind = f"made~{draft.id}"
    bundles.gather(top)
    removed = frozenset(spec.grouping.removed)
    for draft in list(top.walk()):
        runs.gather(draft, layers, wires, rank, removed)
    return build(graph, wires, line, top, tuple(warnings))


def _keep_ends(top: Draft, wires: order.Wiring) -> None:
    """Take apart what only the wiring holds together and what would hide that the network has
    several outputs."""
    ends = {i for i, uses in enumerate(wires.uses) if -1 in uses}
    for draft in list(top.walk()):
        own = draft.evidence in (*SAID, "bundle", "branch")
        if draft.parent and not own and len(ends.intersection(draft.members)) > 1:
            draft.dissolve()


def _made(spec: FigureSpec, place: dict[str, int], rank: Sequence[int]) -> list[Draft]:
    """Groups made by hand, of those of their layers that are still there."""
    found = []
    for group in spec.grouping.made:
        known = sorted({place[i] for i in group.layers if i in place}, key=rank.__getitem__)
        if known:
            found.append(
                Draft(members=tuple(known), label=group.label, evidence="made", id=group.id)
            )
    return found


def _said(graph: LayerGraph, wires: order.Wiring, line: list[int], body: int) -> list[Draft]:
    """Groups by the code's own functions and nested models, larger ones first."""
    drafts = []
    for said in sorted(
        calls(graph.layers, line) + paths(graph.layers, line), key=lambda c: -len(c.members)
    ):
        size = _glyphs(graph, wires, said.members)
        if size > 1 and len(said.members) < body:
            drafts.append(
                Draft(
                    members=said.members,
                    label=said.label,
                    evidence=said.evidence,
                    whole=size <= WHOLE,
                )
            )
    return drafts


def _glyphs(graph: LayerGraph, wires: order.Wiring, members: tuple[int, ...]) -> int:
    """Number of glyphs that a group hides."""
    inside = set(members)
    host = fusing.hosts(
        graph.layers,
        wires.before.__getitem__,
        wires.uses.__getitem__,
        lambda s, i: s in inside and i in inside,
        members,
    )
    return sum(1 for i in members if host[i] == i)


def _seen(
    graph: LayerGraph, wires: order.Wiring, line: list[int], structure: Structure
) -> list[Draft]:
    """Groups by wiring and by layer names; a region that holds just what a name scope holds takes
    its name."""
    spans = structure.spans()
    by_name = named(graph.layers, line)
    labels: dict[tuple[int, int], str] = {}
    scopes = []
    for scope, (a, b) in by_name:
        fitting = [s for s in spans if s[0] <= a and b <= s[1] and s[1] - s[0] <= b - a + 4]
        if fitting:
            labels[min(fitting, key=lambda s: s[1] - s[0])] = scope
        elif _glyphs(graph, wires, tuple(line[a:b])) > 1:
            scopes.append((scope, (a, b)))
    drafts = [
        Draft(members=tuple(line[a:b]), label=scope, evidence="name")
        for scope, (a, b) in sorted(scopes, key=lambda s: s[1][0] - s[1][1])
    ]
    drafts += [
        Draft(members=tuple(line[a:b]), label=labels.get((a, b), ""), evidence="region")
        for a, b in spans
    ]
    return drafts
