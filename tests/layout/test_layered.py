"""Layered placement keeps its promises on networks and on any graph hypothesis thinks of."""

import os
import subprocess
import sys
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layout.layered_networks import NETWORKS, Edges, Sizes, wired
from netfig.errors import InvalidGraph
from netfig.layout.layered import Layered, place
from netfig.model.geometry import Box, Point

SLACK = 0.01


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Sizes, Edges]:
    names = [f"n{i}" for i in range(draw(st.integers(1, 14)))]
    length = st.floats(1, 60, allow_nan=False)
    sizes = {name: (draw(length), draw(length)) for name in draw(st.permutations(names))}
    forward = list(combinations(names, 2))
    edges = draw(st.lists(st.sampled_from(forward), max_size=40)) if forward else []
    return sizes, edges


def crosses(start: Point, end: Point, box: Box) -> bool:
    """True where the axis-parallel segment runs through the inside of the box."""
    (x0, y0), (x1, y1) = start, end
    return (
        min(x0, x1) < box.right - SLACK
        and max(x0, x1) > box.x + SLACK
        and min(y0, y1) < box.bottom - SLACK
        and max(y0, y1) > box.y + SLACK
    )


def check(sizes: Sizes, edges: Edges, laid: Layered) -> None:
    assert list(laid.boxes) == list(sizes)
    for name, box in laid.boxes.items():
        assert (box.width, box.height) == sizes[name]
    for (one, box), (other, foreign) in combinations(laid.boxes.items(), 2):
        assert not box.grown(4.9).overlaps(foreign.grown(4.9), SLACK), f"{one} is on {other}"
    assert len(laid.routes) == len(edges)
    for ends, route in zip(edges, laid.routes, strict=True):
        source, target = (laid.boxes[name] for name in ends)
        assert route[0] == pytest.approx((source.right, source.centre[1]))
        sides = [
            (target.x, target.centre[1]),
            (target.centre[0], target.y),
            (target.centre[0], target.bottom),
        ]
        assert any(route[-1] == pytest.approx(side) for side in sides)
        assert source.right < target.x, "flow runs right"
        for here, there in pairwise(route):
            assert (here[0] == there[0]) != (here[1] == there[1]), "right angles, no empty piece"
            assert here[0] <= there[0], "no line runs back"
            for box in laid.boxes.values():  # its own ends too: it touches them, no more
                assert not crosses(here, there, box)
    everything = [*laid.boxes.values(), *(Box(x=x, y=y, width=0, height=0)
                                          for route in laid.routes for x, y in route)]  # fmt: skip
    assert min(box.x for box in everything) == laid.bounds.x == 0
    assert min(box.y for box in everything) == laid.bounds.y == 0
    assert max(box.right for box in everything) == pytest.approx(laid.bounds.right)
    assert max(box.bottom for box in everything) == pytest.approx(laid.bounds.bottom)


def overlaid(edges: Edges, laid: Layered) -> float:
    """Length along which two lines that share neither source nor target lie on each other."""
    pieces: dict[tuple[str, float], list[tuple[float, float, tuple[str, str]]]] = {}
    for ends, route in set(zip(edges, laid.routes, strict=True)):
        for (x0, y0), (x1, y1) in pairwise(route):
            line, span = (("y", y0), (x0, x1)) if y0 == y1 else (("x", x0), sorted((y0, y1)))
            pieces.setdefault(line, []).append((span[0], span[1], ends))
    return sum(
        max(0.0, min(b, d) - max(a, c))
        for line in pieces.values()
        for (a, b, one), (c, d, other) in combinations(line, 2)
        if one[0] != other[0] and one[1] != other[1]
    )


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_any_graph(graph: tuple[Sizes, Edges]) -> None:
    sizes, edges = graph
    check(sizes, edges, place(sizes, edges))


@pytest.mark.parametrize("name", NETWORKS)
def test_networks(name: str) -> None:
    sizes, edges = NETWORKS[name]
    laid = place(sizes, edges)
    check(sizes, edges, laid)
    assert overlaid(edges, laid) < SLACK, "a reader could not tell the lines apart"


@pytest.mark.parametrize("seed", range(10, 18))
def test_no_line_lies_on_another(seed: int) -> None:
    sizes, edges = wired(12 + seed, seed)
    laid = place(sizes, edges)
    check(sizes, edges, laid)
    assert overlaid(edges, laid) < SLACK


def test_parallel_edges_share_a_route() -> None:
    laid = place({"a": (9, 9), "b": (9, 20), "c": (9, 9)},
                 [("a", "b"), ("a", "c"), ("a", "b"), ("b", "c")])  # fmt: skip
    assert laid.routes[0] == laid.routes[2] != laid.routes[1]


def test_a_chain_is_one_straight_line() -> None:
    names = [f"n{i}" for i in range(9)]
    laid = place({n: (10, 10 + 3 * i) for i, n in enumerate(names)}, list(pairwise(names)))
    assert len({y for route in laid.routes for _, y in route}) == 1
    assert all(len(route) == 2 for route in laid.routes)


def test_a_skip_drops_into_its_join_unless_its_top_is_closed() -> None:
    sizes = {"a": (10.0, 30.0), "b": (10.0, 30.0), "c": (10.0, 30.0), "join": (11.0, 11.0)}
    edges = [("a", "b"), ("b", "c"), ("c", "join"), ("a", "join")]
    x, y = place(sizes, edges).routes[3][-1]
    join = place(sizes, edges).boxes["join"]
    assert x == join.centre[0] and y in (join.y, join.bottom)
    assert place(sizes, edges, sides=()).routes[3][-1] == pytest.approx((join.x, join.centre[1]))


@pytest.mark.parametrize("name", NETWORKS)
def test_names_do_not_matter(name: str) -> None:
    """Ids are hashes of anything; another run of the same code must not move a box."""
    sizes, edges = NETWORKS[name]
    other = {node: f"{97 * i % 101} {node[::-1]}" for i, node in enumerate(sizes)}
    laid = place({other[n]: size for n, size in sizes.items()},
                 [(other[a], other[b]) for a, b in edges])  # fmt: skip
    assert laid.routes == place(sizes, edges).routes


def test_one_tensor_read_by_all_runs_on_one_lane() -> None:
    """A dense block's first tensor: its line splits, it does not leave as a bundle."""
    sizes, edges = NETWORKS["dense"]
    laid = place(sizes, edges)
    first = laid.boxes["x0"].right
    lanes = {
        y0
        for (source, _), route in zip(edges, laid.routes, strict=True)
        if source == "x0"
        for (x0, y0), (x1, y1) in pairwise(route)
        if y0 == y1 and x1 - x0 > 50 and x0 > first
    }
    assert len(lanes) <= 2


@pytest.mark.parametrize(
    "edges", [[("a", "b"), ("b", "a")], [("a", "a")], [("a", "nobody")], [("nobody", "b")]]
)
def test_what_is_no_network(edges: Edges) -> None:
    with pytest.raises(InvalidGraph):
        place({"a": (5, 5), "b": (5, 5)}, edges)


def test_nothing_and_single_boxes() -> None:
    assert place({}, []).bounds == Box(x=0, y=0, width=0, height=0)
    laid = place({"a": (5, 7), "b": (9, 3)}, [])
    check({"a": (5, 7), "b": (9, 3)}, [], laid)


def test_every_process_draws_the_same() -> None:
    tests = Path(__file__).parents[1]
    code = (
        "import hashlib; from layout.layered_networks import NETWORKS; "
        "from netfig.layout.layered import place; "
        "print(hashlib.sha256(repr([place(*g) for g in NETWORKS.values()]).encode()).hexdigest())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(tests)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }  # fmt: skip
    assert len(answers) == 1
    assert len(answers.pop().strip()) == 64
