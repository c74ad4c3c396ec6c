"""Hatches: inside the outline, dense enough to be seen, in a softer tone of the stroke."""

from math import hypot
from typing import get_args

import pytest
from netfig.export.hatching import DOT, SPACING, hatching
from netfig.export.outline import polygons, segments
from netfig.model.scene import Hatch, Path, Rect

TRIANGLE = Path(
    segments=(("M", (10.0, 10.0)), ("L", (50.0, 30.0)), ("L", (10.0, 50.0)), ("Z", ())),
    fill="#ffffff",
    stroke="#0072b2",
    hatch="rising",
)


def in_triangle(x: float, y: float, slack: float = 1e-6) -> bool:
    return x >= 10 - slack and abs(y - 30) <= (50 - x) / 2 + slack


def strokes(path: Path) -> list[tuple[float, float, float, float]]:
    points = [numbers for _, numbers in path.segments]
    return [(*a, *b) for a, b in zip(points[::2], points[1::2], strict=True)]  # type: ignore[misc]


def channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("hatch", [h for h in get_args(Hatch) if h != "none"])
def test_strokes_stay_inside(hatch: Hatch) -> None:
    path = hatching(
        Path(segments=TRIANGLE.segments, stroke="#0072b2", fill="#ffffff", hatch=hatch, source="s")
    )
    assert path is not None and (path.fill, path.source) == ("none", "s")
    for soft, own in zip(channels(path.stroke), channels("#0072b2"), strict=True):
        assert own < soft < (own + 255) / 2 + 1
    lines = strokes(path)
    assert lines
    for x0, y0, x1, y1 in lines:
        reach = DOT if hatch == "dots" else 0
        for x, y in ((x0, y0), (x1, y1), ((x0 + x1) / 2, (y0 + y1) / 2)):
            assert in_triangle(x - reach, y) and in_triangle(x, y + reach)


@pytest.mark.parametrize("hatch", ["rising", "falling", "horizontal", "vertical"])
def test_lines_cover_the_area_evenly(hatch: Hatch) -> None:
    box = Rect(x=3, y=4, width=60, height=40, stroke="#000000", hatch=hatch)
    path = hatching(box)
    assert path is not None
    length = sum(hypot(x1 - x0, y1 - y0) for x0, y0, x1, y1 in strokes(path))
    assert length == pytest.approx(60 * 40 / SPACING, rel=0.05)
    slopes = {(x1 - x0 > 0.1) - (y1 - y0 > 0.1) for x0, y0, x1, y1 in strokes(path)}
    assert len(slopes) == 1


def test_a_ring_is_hatched_around_its_hole() -> None:
    def square(low: float, high: float) -> tuple[tuple[str, tuple[float, ...]], ...]:
        corners = ((low, low), (high, low), (high, high), (low, high))
        return (("M", corners[0]), *(("L", c) for c in corners[1:]), ("Z", ()))

    ring = Path(segments=square(0, 40) + square(10, 30), stroke="#000000", hatch="horizontal")
    path = hatching(ring)
    assert path is not None
    for x0, y, x1, _ in strokes(path):
        assert not (10 < y < 30 and x0 < 20 < x1)


def test_nothing_to_draw() -> None:
    plain = Rect(x=0, y=0, width=9, height=9, stroke="#000000")
    assert hatching(plain) is None
    assert hatching(Rect(x=0, y=0, width=9, height=9, hatch="cross")) is None
    tiny = Rect(x=0.1, y=0.1, width=0.2, height=0.2, stroke="#000000", hatch="dots")
    assert hatching(tiny) is None


def test_round_corners_are_round() -> None:
    pill = Rect(x=0, y=0, width=10, height=30, radius=99)
    (outline,) = polygons(segments(pill))
    for x, y in outline:
        centre = min(max(y, 5), 25)
        assert hypot(x - 5, y - centre) == pytest.approx(5, abs=0.01)
