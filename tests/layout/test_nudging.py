"""Moves made by hand: glyphs go where they were put, wires follow at right angles."""

from hypothesis import given
from hypothesis import strategies as st
from layout.shown import shown, sizes
from layout.test_engine import OPERATOR
from netfig.layout import lay_out, nudge

GRAPH = shown("a>b", "b>m", "a>m", "m>c")
PLACED = lay_out(GRAPH, sizes(GRAPH, m=OPERATOR))


def test_nothing_moved_nothing_changed() -> None:
    assert nudge(PLACED, {}) is PLACED
    assert nudge(PLACED, {"unknown": (3, 3)}) is PLACED


def test_a_moved_glyph_takes_its_axis_along() -> None:
    moved = nudge(PLACED, {"b": (4.0, -7.0)})
    assert moved.boxes["b"] == PLACED.boxes["b"].moved(4.0, -7.0)
    assert moved.axes["b"][0] == PLACED.axes["b"][0] - 7.0
    assert moved.boxes["a"] == PLACED.boxes["a"]


@given(
    st.sampled_from("abmc"),
    st.floats(-40, 40, allow_nan=False),
    st.floats(-40, 40, allow_nan=False),
    st.booleans(),
)
def test_wires_follow_at_right_angles(node: str, dx: float, dy: float, vertical: bool) -> None:
    placed = lay_out(GRAPH, sizes(GRAPH, m=OPERATOR), vertical=vertical)
    moved = nudge(placed, {node: (dx, dy)})
    for route in moved.routes:
        for (ax, ay), (bx, by) in zip(route.points, route.points[1:], strict=False):
            assert abs(ax - bx) < 0.1 or abs(ay - by) < 0.1
        for end, (x, y) in ((route.source, route.points[0]), (route.target, route.points[-1])):
            box = moved.boxes[end].grown(0.1)
            assert box.x <= x <= box.right and box.y <= y <= box.bottom
        assert all(
            moved.bounds.grown(0.1).x <= x <= moved.bounds.grown(0.1).right for x, _ in route.points
        )
