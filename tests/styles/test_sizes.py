"""Heights and widths: monotonic, equal for equals, bounded."""

import pytest
from figures.building import tensor
from hypothesis import given
from hypothesis import strategies as st
from netfig.model.spec import Scale
from netfig.styles.sizes import LOWEST, SMALLEST, Sizer
from netfig.styles.tensors import view


def sizer(*sides: int, how: str = "log2", fullness: float = 1.0) -> Sizer:
    views = [view(tensor(s, s, 2**i)) for i, s in enumerate(sides, 1)]
    return Sizer.over(views, Scale(height=how), fullness)  # type: ignore[arg-type]


def height(of: Sizer, side: int | None) -> float:
    return of.height(view(tensor(side, side, 3)))


def test_resnets_extents_fall_by_equal_steps() -> None:
    """224 to 7 is five octaves over 75 pt: 15 pt each, as in the look to reach."""
    of = sizer(224, 112, 56, 28, 14, 7)
    assert [height(of, s) for s in (224, 112, 56, 28, 14, 7)] == pytest.approx(
        [90, 75, 60, 45, 30, 15]
    )


def test_unets_four_octaves_do_not_overstretch() -> None:
    of = sizer(256, 128, 64, 32, 16)
    assert height(of, 256) - height(of, 128) == pytest.approx(18.5)


@pytest.mark.parametrize("how", ["log2", "sqrt", "linear"])
@given(st.lists(st.integers(2, 2000), min_size=2, max_size=8, unique=True))
def test_larger_extents_are_taller(how: str, sides: list[int]) -> None:
    of = sizer(*sides, how=how)
    heights = [height(of, s) for s in sorted(sides)]
    assert heights == sorted(heights)
    assert len({round(h, 6) for h in heights}) == len(heights)
    assert heights[-1] == pytest.approx(90)
    assert heights[0] >= LOWEST - 1e-9


def test_unknown_and_single_pixels_are_smallest() -> None:
    of = sizer(64, 8)
    assert height(of, None) == height(of, 1) == SMALLEST


def test_fixed_scale_ignores_extents() -> None:
    of = sizer(64, 8, how="fixed")
    assert height(of, 64) == height(of, 8)


def test_widths_grow_with_features_and_with_room() -> None:
    narrow, wide = sizer(64, 32, 16, fullness=0.0), sizer(64, 32, 16, fullness=1.0)
    few, many = view(tensor(64, 64, 2)), view(tensor(64, 64, 8))
    assert narrow.width(few) < narrow.width(many) < wide.width(many)
    assert narrow.width(few) < wide.width(few) < wide.width(many)


def test_bars_grow_with_units_up_to_a_bound() -> None:
    of = sizer(64, 8)
    bars = [of.bar(view(tensor(n))) for n in (1, 10, 1000, 4096, 10**6)]
    assert bars == sorted(bars)
    assert bars[0] == 12 and bars[3] == bars[4] == 54
