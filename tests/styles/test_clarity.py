"""The check of a figure's colours: it warns where it must, and what it offers helps."""

from dataclasses import replace

from figures.building import unet
from netfig.model.spec import FigureSpec, Look
from netfig.pipeline import draw
from netfig.styles.clarity import Used, unclear


def look(label: str, fill: str, **more: str) -> Used:
    return Used(target="type", id=label, label=label, **{"shape": "grid", "fill": fill} | more)  # type: ignore[arg-type]


def test_red_and_green_of_one_lightness_are_told_by_whom() -> None:
    (pair,) = unclear([look("a", "#c04b4b"), look("b", "#5f7d2e")])
    assert "deuteranopia" in pair.under and "all" not in pair.under
    assert pair.fix is not None and pair.fix.id == "b"
    assert unclear([look("a", "#c04b4b"), look("b", pair.fix.fill)]) == ()


def test_shape_hatch_and_kinship_tell_as_well() -> None:
    one = look("a", "#0072b2")
    assert unclear([one, look("b", "#0072b2")])[0].under[0] == "all"
    assert unclear([one, look("b", "#0072b2", shape="bar")]) == ()
    assert unclear([one, look("b", "#0072b2", hatch="dots")]) == ()
    assert unclear([one, replace(one, id="Conv1D")]) == ()


def test_a_figure_says_so_and_taking_the_offer_mends_it() -> None:
    alike = {"Conv2D": Look(fill="#336699"), "MaxPooling2D": Look(fill="#336699")}
    drawing = draw(unet(2, 64), FigureSpec(types=alike))
    (pair,) = [p for p in drawing.telling if "all" in p.under]
    assert {pair.first, pair.second} == {"Conv", "Max pooling"} and pair.fix is not None
    taken = FigureSpec(types=alike | {pair.fix.id: Look(fill=pair.fix.fill)})
    assert not [
        p
        for p in draw(unet(2, 64), taken).telling
        if {p.first, p.second} == {pair.first, pair.second}
    ]


def test_the_hatched_palette_confuses_nobody() -> None:
    assert draw(unet(2, 64), FigureSpec(palette="mono")).telling == ()
