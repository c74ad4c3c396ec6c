"""The palettes: complete, told apart by everybody, and honest where they are not."""

from itertools import pairwise

import pytest
from netfig.styles.colour import contrast, light, luminance, readable
from netfig.styles.families import FAMILIES
from netfig.styles.palettes import PALETTES, confusions

SEEN_TOGETHER = (
    *("input", "conv", "pooling", "dense", "upsampling"),
    *("recurrent", "attention", "embedding", "merge"),
)


@pytest.mark.parametrize("name", sorted(PALETTES))
def test_every_family_has_a_colour_and_text_on_it_is_readable(name: str) -> None:
    palette = PALETTES[name]
    assert palette.families.keys() == FAMILIES.keys()
    for strong in (*palette.families.values(), *palette.groups):
        assert contrast("#23272e", light(strong)) >= 4.5
        assert contrast(readable(strong), "#ffffff") >= 4.5
    assert palette.colour("no such family") == palette["custom"]


@pytest.mark.parametrize("name", ["default", "okabe-ito", "nature-neutral"])
def test_colour_blind_readers_tell_the_usual_families_apart(name: str) -> None:
    palette = PALETTES[name]
    chosen = {family: palette[family] for family in SEEN_TOGETHER}
    assert [c for c in confusions(chosen) if set(c.under) - {"grey"}] == []


@pytest.mark.parametrize("name", ["default", "nature-neutral"])
def test_colour_blind_readers_tell_all_families_apart(name: str) -> None:
    assert not [c for c in confusions(PALETTES[name].families) if set(c.under) - {"grey"}]


@pytest.mark.parametrize("name", ["mono", "grey"])
def test_usual_families_are_told_apart_in_grey_print(name: str) -> None:
    palette = PALETTES[name]
    chosen = {family: palette[family] for family in SEEN_TOGETHER}
    assert confusions(chosen, palette.marks) == []


def test_the_kinds_of_groups_are_told_apart() -> None:
    for name in ("default", "nature-neutral"):
        groups = {str(i): colour for i, colour in enumerate(PALETTES[name].groups)}
        assert not [c for c in confusions(groups) if set(c.under) - {"grey"}]


def test_the_look_that_was_drawn_by_hand() -> None:
    default = PALETTES["default"]
    assert [default[f] for f in ("input", "conv", "pooling", "dense", "upsampling", "merge")] == [
        "#8a929c",
        "#0072b2",
        "#d55e00",
        "#009e73",
        "#e69f00",
        "#23272e",
    ]
    assert default.groups[:2] == ("#56649e", "#8b6fb3")


def test_a_venue_that_forbids_hatches_gets_none() -> None:
    assert not PALETTES["nature-neutral"].hatches and not PALETTES["nature-neutral"].marks
    for palette in PALETTES.values():
        assert palette.hatches or not palette.marks


def test_known_confusions_are_found() -> None:
    # Red and green of equal lightness: the textbook case. Blue and orange: never confused.
    pairs = confusions({"red": "#c0392b", "green": "#6f7a00", "blue": "#0072b2"})
    (found,) = [pair for pair in pairs if "deuteranopia" in pair.under]
    assert (found.first, found.second) == ("red", "green")
    assert "all" not in found.under
    assert confusions({"a": "#0072b2", "b": "#e69f00"}) == []
    (same,) = confusions({"a": "#0072b2", "b": "#0073b2"})
    assert "all" in same.under and "grey" in same.under
    assert confusions({"a": "#0072b2", "b": "#0073b2"}, {"a": "dots"}) == []


def test_grey_steps_are_ordered_by_lightness() -> None:
    greys = [PALETTES["grey"][family] for family in SEEN_TOGETHER]
    values = sorted(luminance(grey) for grey in greys)
    assert all(b - a > 0.005 for a, b in pairwise(values))
    assert all(g[1:3] == g[3:5] == g[5:7] for g in greys)
