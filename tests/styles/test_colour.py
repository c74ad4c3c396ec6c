"""Colour maths against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from netfig.styles.colour import (
    DEFICIENCIES,
    band,
    channels,
    contrast,
    distance,
    grey,
    light,
    mix,
    oklab,
    readable,
    simulated,
)

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("strong", "fill"),
    [
        ("#0072b2", "#b8d8e9"),
        ("#d55e00", "#f3d2b8"),
        ("#009e73", "#b8e4d8"),
        ("#56649e", "#d0d4e4"),
        ("#8b6fb3", "#dfd7ea"),
        ("#8a929c", "#dee0e3"),
        ("#e69f00", "#f8e4b8"),
    ],
)
def test_light_fills_are_those_of_the_look(strong: str, fill: str) -> None:
    assert light(strong) == fill


def test_bands_are_those_of_the_look() -> None:
    assert band("#0072b2") == "#4095c5"


def test_contrast_as_the_guidelines_give_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.0, abs=0.005)


def test_oklab_as_its_author_gives_it() -> None:
    assert oklab("#ffffff") == pytest.approx((1, 0, 0), abs=1e-3)
    assert oklab("#ff0000") == pytest.approx((0.62796, 0.22486, 0.12585), abs=1e-4)
    assert oklab("#0000ff") == pytest.approx((0.45201, -0.03246, -0.31153), abs=1e-4)


@given(colours)
def test_greys_stay_grey_for_every_eye(colour: str) -> None:
    y = grey(colour)
    assert y[1:3] == y[3:5] == y[5:7]
    for deficiency in DEFICIENCIES:
        assert distance(simulated(y, deficiency), y) < 0.01


@given(colours, colours, st.floats(0, 1))
def test_a_mix_lies_between(first: str, second: str, share: float) -> None:
    for a, b, m in zip(
        channels(first), channels(second), channels(mix(first, second, share)), strict=True
    ):
        assert min(a, b) - 0.003 <= m <= max(a, b) + 0.003
    assert mix(first, second, 0) == first and mix(first, second, 1) == second


@given(colours, colours)
def test_readable_text_is_readable(colour: str, ground: str) -> None:
    assert contrast(readable(colour, ground), ground) >= 4.5
    if contrast(colour, ground) >= 4.5:
        assert readable(colour, ground) == colour


def test_red_and_green_meet_for_those_who_cannot_tell_them() -> None:
    normal = distance("#c0392b", "#6f7a00")
    assert distance(simulated("#c0392b", "deuteranopia"), simulated("#6f7a00", "deuteranopia")) < (
        normal / 3
    )


@pytest.mark.parametrize("wrong", ["red", "#fff", "0072b2", "#0072b", "#gggggg"])
def test_what_is_no_colour(wrong: str) -> None:
    with pytest.raises(ValueError):
        channels(wrong)
