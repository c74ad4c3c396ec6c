"""Tangles made smaller: cells that take the two before them, and what is plain inside a tangle."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from layout import test_engine as engine
from layout.shown import shown, sizes
from netfig.layout import lay_out, tangles
from netfig.layout.structure import Chain, Leaf, Series, Tangle, structure
from netfig.model.grouped import GroupedGraph


def cell(name: str, one: str, two: str) -> list[str]:
    """A cell of nine nodes that takes two outputs and ends in a node of its own name."""
    inner = [f"{one}>{name}a", f"{name}a>{name}b", f"{two}>{name}c", f"{name}c>{name}d"]
    inner += [f"{name}b>{name}e", f"{name}d>{name}e", f"{name}b>{name}f", f"{name}d>{name}f"]
    inner += [f"{name}d>{name}g", f"{name}b>{name}h", f"{name}g>{name}h"]
    return [*inner, *(f"{name}{end}>{name}" for end in "efh")]


def cells(count: int) -> GroupedGraph:
    links = ["in>x0", "x0>x1", "in>x1"]
    for i in range(2, count + 2):
        links += cell(f"x{i}", f"x{i - 1}", f"x{i - 2}")
    return shown(*links, f"x{count + 1}>out")


def chain_of(graph: GroupedGraph) -> Chain:
    return next(part for part in structure(graph).parts if isinstance(part, Chain))


def flawless(graph: GroupedGraph) -> None:
    """Nothing overlaps, wires meet what they join and nothing else."""
    engine.test_any_network_is_placed_without_overlap.hypothesis.inner_test(graph)
    engine.test_no_wire_runs_through_a_foreign_glyph.hypothesis.inner_test(graph)


@pytest.fixture
def cut_early(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(tangles, "LARGE", 0)
    monkeypatch.setattr(tangles, "LEAST", 0)
    monkeypatch.setattr(tangles, "LANES", 2)
    yield


def test_cells_are_cut_apart_where_one_ends() -> None:
    chain = chain_of(cells(8))
    assert chain.waists == ("x2", "x3", "x4", "x5", "x6", "x7", "x8")
    assert chain.tangles[3].brought == ("x3",)
    assert chain.tangles[3].carried == ("x4",)


def test_layers_in_a_row_are_a_limb() -> None:
    tangle = chain_of(cells(8)).tangles[1]
    assert set(tangle.limbs) == {"x3a", "x3c"}
    assert tangle.limbs["x3a"] == Series((Leaf("x3a"), Leaf("x3b")))
    assert tangle.nodes == ("x3a", "x3c", "x3e", "x3f", "x3g", "x3h")


def test_a_small_tangle_is_one() -> None:
    tangle = next(p for p in structure(cells(3)).parts if isinstance(p, Tangle))
    assert {"x2", "x3"} <= set(tangle.nodes)


def test_cells_lie_on_one_axis_and_look_alike() -> None:
    graph = cells(8)
    placed = lay_out(graph, sizes(graph))
    assert len({placed.axes[f"x{i}"] for i in range(2, 9)}) == 1
    inside = [
        {
            end: (
                round(placed.boxes[f"x{i}{end}"].x - placed.boxes[f"x{i}"].x, 2),
                round(placed.boxes[f"x{i}{end}"].y - placed.boxes[f"x{i}"].y, 2),
            )
            for end in "abcdefgh"
        }
        for i in range(4, 9)
    ]
    assert all(one == other for one, other in pairwise(inside))


def test_cells_are_placed_without_fault() -> None:
    graph = cells(8)
    flawless(graph)


@pytest.mark.usefixtures("cut_early")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(engine.networks())
def test_any_network_may_be_cut(graph: GroupedGraph) -> None:
    flawless(graph)


@pytest.mark.usefixtures("cut_early")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(engine.networks())
def test_every_link_is_drawn_once(graph: GroupedGraph) -> None:
    placed = lay_out(graph, sizes(graph))
    assert [(r.source, r.target) for r in placed.routes] == [
        (link.source, link.target) for link in graph.links
    ]
    assert set(placed.boxes) == {node.id for node in graph.nodes}
