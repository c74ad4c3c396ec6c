"""What the user can do to groups, and that it lasts."""

import dataclasses

from grouping import sketches
from netfig.grouping import find, fold
from netfig.grouping.selection import close
from netfig.model.graph import LayerGraph
from netfig.model.grouped import GroupedGraph
from netfig.model.spec import FigureSpec, GroupEdit, Grouping, Look, UserGroup


def draw(graph: LayerGraph, level: int | None = None, **grouping: object) -> GroupedGraph:
    spec = FigureSpec(grouping=Grouping(**grouping))  # type: ignore[arg-type]
    hierarchy = find(graph, spec)
    return fold(hierarchy, spec, hierarchy.default if level is None else level)


def test_one_block_of_a_run_is_opened_by_itself() -> None:
    graph = sketches.resnet()
    shown = draw(graph)
    run = next(node for node in shown.nodes if node.repeat == 5)
    opened = draw(graph, groups={run.id: GroupEdit(folded=False)})
    assert len(opened.nodes) == len(shown.nodes) + 4  # five blocks for one glyph
    block = next(n for n in opened.nodes if n.within and n.within[-1] == run.id)
    inside = draw(
        graph, groups={run.id: GroupEdit(folded=False), block.id: GroupEdit(folded=False)}
    )
    assert len(inside.nodes) == len(opened.nodes) + 3  # its four glyphs for one


def test_all_of_a_kind_are_opened_together() -> None:
    graph = sketches.resnet()
    shown = draw(graph)
    kind = next(k for k in shown.kinds if k.label.endswith("projection"))
    opened = draw(graph, kinds={kind.id: GroupEdit(folded=False)})
    assert len(opened.nodes) == len(shown.nodes) + 4 * (5 - 1)
    assert kind.id not in {k.id for k in opened.kinds}


def test_edits_survive_a_longer_network() -> None:
    shown = draw(sketches.resnet((3, 4, 6, 3)))
    first = next(node for node in shown.nodes if node.kind == "group")
    grown = sketches.resnet((3, 4, 9, 3))
    edited = draw(grown, groups={first.id: GroupEdit(folded=False), "none": GroupEdit(folded=True)})
    assert first.id not in {node.id for node in edited.nodes}
    assert any("none" in warning for warning in edited.warnings)


def test_a_removed_group_is_gone_at_every_level() -> None:
    graph = sketches.resnet()
    shown = draw(graph)
    block = next(node for node in shown.nodes if node.kind == "group" and node.repeat == 1)
    without = draw(graph, removed=(block.id,))
    assert block.id not in {group.id for group in without.groups}
    assert set(block.layers) <= {i for n in without.nodes if n.kind == "layer" for i in n.layers}


def test_a_member_put_out_of_its_group_is_drawn_beside_it() -> None:
    graph = sketches.resnet()
    shown = draw(graph)
    block = next(node for node in shown.nodes if node.kind == "group" and node.repeat == 1)
    last = block.layers[-1]
    edited = draw(graph, groups={block.id: GroupEdit(excluded=(last,))})
    still = next(node for node in edited.nodes if node.id == block.id)
    assert set(still.layers) == set(block.layers) - {last}
    assert any(last in node.layers for node in edited.nodes if node.kind == "layer")


def test_a_group_made_by_hand_is_folded_and_named() -> None:
    graph = sketches.vgg()
    chosen = close(graph, [layer.id for layer in graph.layers[1:4]])
    assert chosen.allowed
    made = UserGroup(id="mine", label="My stem", layers=chosen.layers)
    shown = draw(graph, 0, made=(made,), groups={"mine": GroupEdit(folded=True)})
    node = next(node for node in shown.nodes if node.id == "mine")
    assert node.layers == chosen.layers
    group = next(group for group in shown.groups if group.id == "mine")
    assert (group.label, group.made, group.folded) == ("My stem", True, True)


def test_a_selection_that_leaks_is_refused_with_the_edge_and_the_way_out() -> None:
    graph = sketches.resnet((1,), named=False)
    add = next(layer for layer in graph.layers if layer.type == "Add")
    answer = close(graph, [add.id])
    assert not answer.allowed
    assert answer.blocking is not None and answer.blocking.target == add.id
    assert answer.blocking.source in answer.message
    inside = {layer.type for layer in graph.layers if layer.id in answer.layers}
    assert inside == {"Conv2D", "BatchNormalization", "ReLU", "Add"}
    assert close(graph, answer.layers).allowed


def test_renamed_groups_and_kinds_keep_their_names() -> None:
    graph = sketches.resnet()
    spec = FigureSpec()
    shown = draw(graph)
    kind = shown.kinds[0].id
    named = dataclasses.replace(spec, kinds={kind: Look(label="Bottleneck")})
    hierarchy = find(graph, named)
    again = fold(hierarchy, named, hierarchy.default)
    assert {k.id: k.label for k in again.kinds}[kind] == "Bottleneck"


def test_a_hidden_layer_is_bridged() -> None:
    graph = sketches.vgg()
    pools = [layer.id for layer in graph.layers if layer.type == "MaxPooling2D"]
    spec = FigureSpec(
        types={"MaxPooling2D": Look(hidden=True)}, layers={pools[0]: Look(hidden=False)}
    )
    shown = fold(find(graph, spec), spec, 0)
    assert set(shown.hidden) == set(pools[1:])
    assert len(shown.links) == len(shown.nodes) - 1  # still one chain
    bridged = [link for link in shown.links if len(link.edges) == 2]
    assert len(bridged) == 4  # each but the first stands between two glyphs


def test_match_levels_split_kinds() -> None:
    graph = sketches.resnet()
    kinds = {m: len(draw(graph, match=m).kinds) for m in ("type", "scale", "settings", "shapes")}
    assert kinds["scale"] == 2
    assert kinds["shapes"] == 8  # a projection and an identity block at each of four sizes
    assert kinds["type"] <= kinds["scale"] <= kinds["settings"] <= kinds["shapes"]


def test_fusing_off_draws_every_layer_of_level_0() -> None:
    graph = sketches.resnet()
    assert len(draw(graph, 0, fuse=False).nodes) == len(graph.layers)
    fused = draw(graph, 0)
    held = [i for node in fused.nodes for i in (node.main, *node.bands)]
    assert sorted(held) == sorted(layer.id for layer in graph.layers)
    relu = next(layer for layer in graph.layers if layer.type == "ReLU")
    assert relu.id not in {node.id for node in fused.nodes}
