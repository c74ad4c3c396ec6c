"""The blocks a person would draw, on networks everybody knows."""

from dataclasses import replace

import pytest
from grouping import sketches
from netfig.grouping import find, fold
from netfig.model.graph import LayerGraph
from netfig.model.grouped import GroupedGraph, Node
from netfig.model.spec import FigureSpec

PLAIN = FigureSpec()


def start(graph: LayerGraph) -> GroupedGraph:
    """The figure a user sees first, on a page of any width."""
    hierarchy = find(graph, PLAIN)
    return fold(hierarchy, PLAIN, hierarchy.default)


def read(graph: LayerGraph, shown: GroupedGraph) -> list[str]:
    """What is drawn, in order: types of layers with their bands, labels of groups with ×n."""
    types = {layer.id: layer.type for layer in graph.layers}
    labels = {kind.id: kind.label for kind in shown.kinds}

    def word(node: Node) -> str:
        if node.kind == "layer":
            return "+".join(types[i] for i in (node.main, *node.bands))
        times = f" ×{node.repeat}" if node.repeat > 1 else ""
        return labels[node.group_kind or ""] + times

    return [word(node) for node in shown.nodes]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("counts", [(3, 4, 6, 3), (3, 8, 36, 3)])
def test_resnet_folds_by_itself_to_its_two_kinds(counts: tuple[int, ...], named: bool) -> None:
    graph = sketches.resnet(counts, named=named)
    shown = start(graph)
    body = [
        w
        for n in counts
        for w in ("residual block, projection", f"residual block, identity ×{n - 1}")
    ]
    assert read(graph, shown) == [
        "InputLayer",
        "Conv2D+BatchNormalization+ReLU",
        "MaxPooling2D",
        *body,
        "GlobalAveragePooling2D",
        "Dense",
    ]
    assert {kind.label for kind in shown.kinds} == {
        "residual block, projection",
        "residual block, identity",
    }


def test_attention_written_out_is_called_attention() -> None:
    sketch = sketches.Sketch(named=False)
    x = sketch.add("InputLayer", shape=(16, 8))
    for _ in range(6):
        query, key, value = (sketch.add("Dense", x, units=8) for _ in range(3))
        scores = sketch.add("Matmul", query, key, shape=(16, 16))
        weights = sketch.add("Softmax", scores)
        mixed = sketch.add("Matmul", weights, value, shape=(16, 8))
        x = sketch.add("Add", x, mixed)
    shown = start(sketch.graph())
    assert {kind.label for kind in shown.kinds} == {"attention"}


def test_inside_of_a_block_is_its_layers() -> None:
    graph = sketches.resnet()
    kinds = {kind.label: kind for kind in start(graph).kinds}
    kernels = {layer.id: layer.config.get("kernel_size") for layer in graph.layers}
    inside = kinds["residual block, identity"]
    assert [kernels[node.main] for node in inside.inside_nodes] == [
        (1, 1),
        (3, 3),
        (1, 1),
        None,
    ]
    assert len(inside.entries) == 2  # the convolutions and the shortcut
    merge = inside.inside_nodes[-1]
    assert inside.exits == (merge.id,)
    assert [len(node.bands) for node in inside.inside_nodes] == [
        2,
        2,
        1,
        1,
    ]  # its ReLU is its own
    assert len(kinds["residual block, projection"].inside_nodes) == 5
    assert len(kinds["residual block, identity"].members) == 12


def test_resnet_has_a_stage_level_of_3_4_6_3() -> None:
    graph = sketches.resnet()
    hierarchy = find(graph, PLAIN)
    stages = fold(hierarchy, PLAIN, hierarchy.default + 1)
    adds = {layer.id for layer in graph.layers if layer.type == "Add"}
    counts = [len(adds & set(node.layers)) for node in stages.nodes]
    assert [n for n in counts if n] == [3, 4, 6, 3]


def test_unet_stays_open_with_its_skips() -> None:
    graph = sketches.unet()
    hierarchy = find(graph, PLAIN)
    shown = fold(hierarchy, PLAIN, hierarchy.default)
    assert not any(node.kind == "group" for node in shown.nodes)
    pairs = fold(hierarchy, PLAIN, 1)
    labels = read(graph, pairs)
    assert labels.count("conv block") == 9
    position = {node.id: n for n, node in enumerate(pairs.nodes)}
    skips = [link for link in pairs.links if position[link.target] - position[link.source] > 2]
    assert len(skips) == 4


def test_unet_without_names_gives_steps_down_and_up() -> None:
    graph = sketches.unet(named=False)
    hierarchy = find(graph, PLAIN)
    words = read(graph, fold(hierarchy, PLAIN, 1))
    assert len(words) == 11  # input, first pair, four down, four up, last convolution
    assert len(fold(hierarchy, PLAIN, 1).links) == 10 + 4  # one after another, and the skips


def test_vgg_starts_open_and_folds_to_five_stages() -> None:
    graph = sketches.vgg()
    hierarchy = find(graph, PLAIN)
    assert hierarchy.default == 0
    assert len(fold(hierarchy, PLAIN, 0).nodes) == 23  # 13 + 3, 5 pools, Flatten, input
    folded = fold(hierarchy, PLAIN, 1)
    assert [len(n.layers) for n in folded.nodes if n.kind == "group"][:4] == [
        3,
        3,
        4,
        4,
    ]
    assert len([n for n in folded.nodes if n.kind == "group"]) == 5


@pytest.mark.parametrize("named", [True, False])
def test_encoder_and_decoder_blocks_are_counted(named: bool) -> None:
    graph = sketches.encoder_decoder(named=named)
    shown = start(graph)
    assert [node.repeat for node in shown.nodes if node.kind == "group"] == [6, 6]
    memory = [node for node in shown.nodes if node.repeat == 6]
    assert (memory[0].id, memory[1].id) in {(link.source, link.target) for link in shown.links}
    if named:
        assert {kind.label for kind in shown.kinds} == {
            "encoder block",
            "decoder block",
        }


def test_blocks_of_a_loop_are_found_and_counted() -> None:
    graph = sketches.pre_norm(12)
    shown = start(graph)
    assert read(graph, shown) == [
        "InputLayer",
        "Embedding",
        "transformer block ×12",
        "LayerNormalization",
        "Dense",
    ]


def test_dense_layers_run_although_their_channels_grow() -> None:
    shown = start(sketches.densenet((6, 12)))
    assert [node.repeat for node in shown.nodes if node.kind == "group"] == [6, 12]


def test_blocks_of_layers_of_ones_own_are_alike_up_to_their_channels() -> None:
    sketch = sketches.Sketch(named=False)
    x = sketch.add("InputLayer", shape=(64, 64, 16))
    for width in (16, 32, 64, 128):
        x = sketch.add("Conv2D", x, shape=(64, 64, width), filters=width, kernel_size=(1, 1))
        for _ in range(4):
            y = sketch.add("Mixer", x, dim=width, hidden=4 * width, window=7)
            y = sketch.add("LayerNormalization", y)
            x = sketch.add("Add", x, y)
    graph = sketch.graph()
    own = tuple(replace(i, module="paste") if i.type == "Mixer" else i for i in graph.layers)
    shown = start(replace(graph, layers=own))
    stages = [node.group_kind for node in shown.nodes if node.kind == "group"]
    assert len(stages) == 4
    assert len(set(stages)) == 1


def test_equal_columns_of_a_table_are_one_bundle() -> None:
    sketch = sketches.Sketch(named=False)
    ends = []
    for column in range(30):
        x = sketch.add("InputLayer", shape=(1, 1))
        x = sketch.add("Embedding", x, shape=(1, 8), input_dim=100 + column)
        ends.append(sketch.add("Flatten", x, shape=(8,)))
    joined = sketch.add("Concatenate", *ends, shape=(240,))
    sketch.add("Dense", joined, shape=(1,), units=1)
    graph = sketch.graph()
    shown = start(graph)
    assert read(graph, shown) == ["embedding ×30", "Concatenate", "Dense"]
    (kind,) = shown.kinds
    assert [node.main.partition("_")[0] for node in kind.inside_nodes] == [
        "inputlayer",
        "embedding",
    ]
    assert [len(link.edges) for link in shown.links] == [30, 1]


def test_paths_of_a_grouped_convolution_are_one_bundle_and_few_heads_are_not() -> None:
    sketch = sketches.Sketch(named=False)
    x = sketch.add("InputLayer", shape=(16, 16, 64))
    paths = []
    for _ in range(8):
        part = sketch.add("Lambda", x, shape=(16, 16, 8))
        paths.append(sketch.add("Conv2D", part, filters=8, kernel_size=(3, 3)))
    x = sketch.add("Concatenate", *paths, shape=(16, 16, 64))
    heads = [sketch.add("Dense", x, shape=(4,), units=4) for _ in range(5)]
    shown = fold(find(sketch.graph(*heads), PLAIN), PLAIN, 1)
    assert [node.repeat for node in shown.nodes] == [1, 8, 1, 1, 1, 1, 1, 1]


def test_every_output_stays_in_sight() -> None:
    sketch = sketches.Sketch(named=False)
    x = sketch.add("InputLayer", shape=(100, 64))
    for _ in range(6):
        y = sketch.add("MultiHeadAttention", x, x, num_heads=4)
        x = sketch.add("Add", x, y)
        y = sketch.add("Dense", sketch.add("Dense", x, units=256), units=64)
        x = sketch.add("Add", x, y)
    kind = sketch.add("Dense", x, shape=(100, 92), units=92)
    place = sketch.add("Dense", sketch.add("Dense", x, units=64), shape=(100, 4), units=4)
    graph = sketch.graph(kind, place)
    hierarchy = find(graph, PLAIN)
    for level in range(hierarchy.levels - 1):
        shown = fold(hierarchy, PLAIN, level)
        homes = {layer: node.id for node in shown.nodes for layer in node.layers}
        assert homes[kind] != homes[place], level
