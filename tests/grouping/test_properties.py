"""What holds for every network: nothing lost, nothing twice, nothing invented, no cycle."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from netfig.grouping import find, fold
from netfig.grouping.selection import close
from netfig.model.graph import Edge, Frame, Layer, LayerGraph, Tensor
from netfig.model.grouped import GroupedGraph
from netfig.model.spec import FigureSpec, GroupEdit, Grouping, Look

TYPES = [
    "Conv2D",
    "BatchNormalization",
    "ReLU",
    "ZeroPadding2D",
    "MaxPooling2D",
    "Dense",
    "Dropout",
]
SHAPE = Tensor(shape=(None, 8, 8, 4), axes=("batch", "height", "width", "channels"))


@st.composite
def graphs(draw: st.DrawFn, most: int = 24) -> LayerGraph:
    """A random network: any wiring, some merges, some calls under made-up functions."""
    size = draw(st.integers(1, most))
    layers, edges = [], []
    for n in range(size):
        back = draw(st.lists(st.integers(1, 5), max_size=3, unique=True))
        sources = sorted({n - b for b in back if n - b >= 0})
        kind = (
            "Add" if len(sources) > 1 else draw(st.sampled_from(TYPES)) if sources else "InputLayer"
        )
        depth = draw(st.integers(0, 2))
        stack = tuple(
            Frame(function=f"part_{d}", line=1, invocation=10 * d + n // (3 * (2 - d) + 1))
            for d in range(depth)
        )
        layers.append(
            Layer(
                id=f"l{n}",
                layer=f"l{n}",
                type=kind,
                name=f"l{n}",
                inputs=(SHAPE,) * len(sources),
                outputs=(SHAPE,),
                stack=stack,
            )
        )
        edges += [
            Edge(source=f"l{s}", target=f"l{n}", target_port=p) for p, s in enumerate(sources)
        ]
    ends = draw(st.lists(st.integers(0, size - 1), max_size=2, unique=True))
    return LayerGraph(
        name="any",
        layers=tuple(layers),
        edges=tuple(edges),
        parameters=0,
        trainable=0,
        outputs=tuple((f"l{n}", 0) for n in ends),
    )


@st.composite
def specs(draw: st.DrawFn, graph: LayerGraph) -> FigureSpec:
    """Random edits: folds of groups and kinds, exclusions, removals, hidden layers."""
    hierarchy = find(graph, FigureSpec())
    ids = [b.id for b in hierarchy.blocks] + ["gone"]
    names = [layer.id for layer in graph.layers]
    some = st.lists(st.sampled_from(names), max_size=3, unique=True)
    edit = st.builds(
        GroupEdit, folded=st.sampled_from([None, True, False]), excluded=some.map(tuple)
    )
    return FigureSpec(
        grouping=Grouping(
            fuse=draw(st.booleans()),
            match=draw(st.sampled_from(["type", "settings", "shapes", "scale"])),
            groups=draw(st.dictionaries(st.sampled_from(ids), edit, max_size=3)),
            removed=tuple(draw(st.lists(st.sampled_from(ids), max_size=2))),
        ),
        layers={name: Look(hidden=True) for name in draw(some)},
    )


def accounted(shown: GroupedGraph) -> Counter[str]:
    return Counter(i for node in shown.nodes for i in node.layers) + Counter(shown.hidden)


def crossing(graph: LayerGraph, shown: GroupedGraph) -> set[Edge]:
    """Edges of the graph between layers of different nodes, none hidden."""
    place = {i: node.id for node in shown.nodes for i in node.layers}
    return {
        e
        for e in graph.edges
        if e.source in place and e.target in place and place[e.source] != place[e.target]
    }


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_layer_once_and_no_edge_lost(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    spec = data.draw(specs(graph))
    hierarchy = find(graph, spec)
    for level in range(hierarchy.levels):
        shown = fold(hierarchy, spec, level)
        assert accounted(shown) == Counter(layer.id for layer in graph.layers)
        drawn = {edge for link in shown.links for edge in link.edges}
        assert crossing(graph, shown) <= drawn <= set(graph.edges)
        assert len({(link.source, link.target) for link in shown.links}) == len(shown.links)
        for node in shown.nodes:
            mains = [node.main, *node.bands] if node.kind == "layer" else list(node.layers)
            assert sorted(mains) == sorted(node.layers)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_folding_never_makes_a_cycle(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    spec = data.draw(specs(graph))
    hierarchy = find(graph, spec)
    for level in range(hierarchy.levels):
        shown = fold(hierarchy, spec, level)
        after: dict[str, set[str]] = {node.id: set() for node in shown.nodes}
        waits = Counter[str]()
        for link in shown.links:
            after[link.source].add(link.target)
            waits[link.target] += 1
        ready = [node.id for node in shown.nodes if not waits[node.id]]
        done = 0
        while ready:
            done += 1
            for target in after[ready.pop()]:
                waits[target] -= 1
                if not waits[target]:
                    ready.append(target)
        assert done == len(shown.nodes)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_level_0_without_fusing_is_the_graph(graph: LayerGraph) -> None:
    spec = FigureSpec(grouping=Grouping(fuse=False))
    hierarchy = find(graph, spec)
    shown = fold(hierarchy, spec, 0)
    assert {node.id for node in shown.nodes} == {layer.id for layer in graph.layers}
    assert Counter(e for link in shown.links for e in link.edges) == Counter(graph.edges)
    assert fold(hierarchy, FigureSpec(), 0) == fold(find(graph, FigureSpec()), FigureSpec(), 0)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_the_same_graph_gives_the_same_answer_and_true_sizes(graph: LayerGraph) -> None:
    spec = FigureSpec()
    one, other = find(graph, spec), find(graph, spec)
    for level in range(one.levels):
        assert fold(one, spec, level) == fold(other, spec, level)
        assert one.sizes[level] == len(fold(one, spec, level).nodes)
    assert list(one.sizes) == sorted(one.sizes, reverse=True)


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_opening_everything_by_hand_gives_back_level_0(graph: LayerGraph) -> None:
    hierarchy = find(graph, FigureSpec())
    groups = {block.id: GroupEdit(folded=False) for block in hierarchy.blocks}
    spec = FigureSpec(grouping=Grouping(groups=groups))
    opened = fold(hierarchy, spec, hierarchy.levels - 1)
    plain = fold(hierarchy, FigureSpec(), 0)
    assert (opened.nodes, opened.links) == (plain.nodes, plain.links)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_selection_offered_is_the_smallest_that_works(data: st.DataObject) -> None:
    graph = data.draw(graphs(most=9))
    names = [layer.id for layer in graph.layers]
    chosen = set(data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)))

    def works(layers: set[str]) -> bool:
        entries: set[object] = {
            (e.source, e.source_port)
            for e in graph.edges
            if e.source not in layers and e.target in layers
        }
        entries |= {n for n in layers if not any(e.target == n for e in graph.edges)}
        exits = {e.source for e in graph.edges if e.source in layers and e.target not in layers}
        exits |= {name for name, _ in graph.outputs if name in layers}
        exits |= {n for n in layers if not any(e.source == n for e in graph.edges)}
        return len(entries) <= 1 and len(exits) <= 1

    answer = close(graph, chosen)
    assert answer.allowed == works(chosen)
    others = [n for n in names if n not in chosen]
    fitting = [
        chosen | {n for b, n in enumerate(others) if mask >> b & 1}
        for mask in range(1 << len(others))
    ]
    smallest = min((len(s) for s in fitting if works(s)), default=0)
    assert len(answer.layers) == smallest
    if answer.layers:
        assert chosen <= set(answer.layers) and works(set(answer.layers))
    if not answer.allowed:
        assert answer.message
