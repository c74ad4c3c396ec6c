"""Placing: what lies where, and that wires meet what they join."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout.shown import shown, sizes
from netfig.errors import DoesNotFit
from netfig.layout import Spacing, lay_out
from netfig.model.grouped import GroupedGraph
from netfig.model.placement import Extent, Placement

OPERATOR = Extent(width=8.0, start=8.0, end=8.0, shape="operator")


def test_a_chain_lies_on_one_line_with_the_gap_between() -> None:
    graph = shown("a>b", "b>c")
    placed = lay_out(graph, sizes(graph), spacing=Spacing(gap=10))
    assert [placed.boxes[n].x for n in "abc"] == [0, 30, 60]
    assert len({placed.boxes[n].centre[1] for n in "abc"}) == 1
    assert placed.routes[0].points == ((20.0, 0.0), (30.0, 0.0))


def test_the_main_path_stays_straight_beside_a_skip() -> None:
    graph = shown("a>b", "b>m", "a>m", "m>c")
    placed = lay_out(graph, sizes(graph, m=OPERATOR))
    assert len({placed.axes[n] for n in ("a", "b", "m", "c")}) == 1
    skip = next(r for r in placed.routes if (r.source, r.target) == ("a", "m"))
    assert skip.points[0][1] == placed.axes["a"][1]
    assert min(y for _, y in skip.points) < placed.boxes["b"].y
    assert skip.points[-1] == (placed.boxes["m"].centre[0], placed.boxes["m"].y)


def test_a_short_branch_is_a_lane_and_a_long_one_the_axis() -> None:
    graph = shown("s>a", "a>b", "b>c", "c>m", "s>p", "p>m")
    placed = lay_out(graph, sizes(graph, m=OPERATOR))
    assert placed.axes["s"] == placed.axes["b"] == placed.axes["m"]
    assert placed.boxes["p"].bottom < placed.boxes["b"].y


def test_branches_alike_are_stacked_about_the_axis() -> None:
    graph = shown("s>a", "s>b", "s>c", "s>d", "a>m", "b>m", "c>m", "d>m")
    placed = lay_out(graph, sizes(graph, s=OPERATOR, m=OPERATOR))
    middles = [placed.axes[n][0] for n in "abcd"]
    assert middles == sorted(middles)
    assert sum(middles) == pytest.approx(0, abs=1e-6)


def test_a_valley_steps_down_and_up_again() -> None:
    graph = shown("a>p", "p>b", "b>u", "u>m", "a>m")
    fall = Extent(width=8, start=60, end=30)
    rise = Extent(width=8, start=30, end=60)
    low = Extent(width=10, start=30, end=30)
    high = Extent(width=10, start=60, end=60)
    placed = lay_out(graph, sizes(graph, a=high, p=fall, b=low, u=rise, m=OPERATOR))
    assert placed.axes["b"][0] > placed.axes["a"][0]
    assert placed.axes["p"] == (placed.axes["a"][0], placed.axes["b"][0])
    assert placed.axes["u"] == (placed.axes["b"][0], placed.axes["a"][0])
    assert placed.axes["m"] == placed.axes["a"]


def test_rows_break_between_parts_and_wires_run_on() -> None:
    graph = shown("a>b", "b>c", "c>d", "d>e", "e>f")
    placed = lay_out(graph, sizes(graph), spacing=Spacing(gap=10), length=85)
    assert placed.rows == 2
    assert placed.bounds.width <= 85 + 2 * Spacing(gap=10).split
    assert placed.boxes["d"].y > placed.boxes["c"].bottom
    carried = next(r for r in placed.routes if r.source == "c")
    assert carried.points[0] == (placed.boxes["c"].right, placed.axes["c"][1])
    assert carried.points[-1] == (placed.boxes["d"].x, placed.axes["d"][0])


def test_a_region_is_never_broken() -> None:
    graph = shown("a>b", "b>c", "c>d", "d>m", "a>m")
    with pytest.raises(DoesNotFit):
        lay_out(graph, sizes(graph, m=OPERATOR), length=60)


def test_running_down_turns_everything() -> None:
    graph = shown("a>b", "b>m", "a>m")
    right = lay_out(graph, sizes(graph, m=OPERATOR))
    down = lay_out(graph, sizes(graph, m=OPERATOR), vertical=True)
    assert (down.boxes["b"].x, down.boxes["b"].y) == (right.boxes["b"].y, right.boxes["b"].x)
    assert down.routes[0].points == tuple((y, x) for x, y in right.routes[0].points)


def test_labels_keep_their_room() -> None:
    graph = shown("a>b", "b>m", "a>m")
    roomy = Extent(width=20, start=30, end=30, above=12)
    plain = lay_out(graph, sizes(graph, m=OPERATOR))
    placed = lay_out(graph, sizes(graph, b=roomy, m=OPERATOR))
    assert placed.bounds.height == pytest.approx(plain.bounds.height + 12)


@st.composite
def networks(draw: st.DrawFn) -> GroupedGraph:
    """Any acyclic network of up to 14 nodes in which each node but the first has an input."""
    count = draw(st.integers(2, 14))
    links = []
    for i in range(1, count):
        sources = draw(st.sets(st.integers(0, i - 1), min_size=1, max_size=3))
        links += [f"n{s}>n{i}" for s in sorted(sources)]
    return shown(*links)


def _touches(placed: Placement, source: str, target: str) -> bool:
    route = next(r for r in placed.routes if (r.source, r.target) == (source, target))
    return all(
        box.grown(0.01).x <= x <= box.grown(0.01).right
        and box.grown(0.01).y <= y <= box.grown(0.01).bottom
        for box, (x, y) in (
            (placed.boxes[source], route.points[0]),
            (placed.boxes[target], route.points[-1]),
        )
    )


@given(networks())
def test_any_network_is_placed_without_overlap(graph: GroupedGraph) -> None:
    placed = lay_out(graph, sizes(graph))
    boxes = [placed.boxes[node.id] for node in graph.nodes]
    assert not any(a.overlaps(b, 0.01) for i, a in enumerate(boxes) for b in boxes[i + 1 :]), (
        "glyphs overlap"
    )
    for link in graph.links:
        assert _touches(placed, link.source, link.target)
    for route in placed.routes:
        for (ax, ay), (bx, by) in zip(route.points, route.points[1:], strict=False):
            assert abs(ax - bx) < 0.1 or abs(ay - by) < 0.1, "a wire runs askew"


@given(networks())
def test_no_wire_runs_through_a_foreign_glyph(graph: GroupedGraph) -> None:
    placed = lay_out(graph, sizes(graph))
    for route in placed.routes:
        for (ax, ay), (bx, by) in zip(route.points, route.points[1:], strict=False):
            for node, box in placed.boxes.items():
                if node in (route.source, route.target):
                    continue
                inner = box.grown(-0.2)
                assert not (
                    min(ax, bx) < inner.right
                    and max(ax, bx) > inner.x
                    and min(ay, by) < inner.bottom
                    and max(ay, by) > inner.y
                ), f"{route.source}>{route.target} runs through {node}"
