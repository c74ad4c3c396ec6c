"""Captions say what is so, in the network's own figures."""

from dataclasses import replace

from figures.building import Net, chain, residual, unet
from netfig.model.spec import FigureSpec, Page, Scale
from netfig.pipeline import draw
from netfig.styles.caption import caption, description, shape


def test_facts_of_a_small_network() -> None:
    net = Net("tiny")
    net.add("a", "InputLayer", (), (8, 6, 1))
    net.add("b", "InputLayer", (), (8, 6, 1))
    net.add("both", "Concatenate", ["a", "b"], (8, 6, 2))
    said = caption(net.graph(), FigureSpec(scale=Scale(height="linear", width="fixed")), [])
    assert said.startswith("Architecture of tiny: 3 layers, 0 parameters, inputs 8×6×1 and 8×6×1")
    assert said.endswith("The height of a glyph shows the spatial extent (linear scale).")


def test_a_name_that_keras_made_up_is_not_told() -> None:
    network = chain("Dense")
    for name in ("functional_3", "Sequential", "model"):
        assert "of the network:" in caption(replace(network, name=name), FigureSpec(), [])
    assert "of my model:" in caption(replace(network, name="my model"), FigureSpec(), [])
    assert "of LeNet:" in caption(network, FigureSpec(title="LeNet"), [])


def test_blocks_are_counted_over_the_figure() -> None:
    said = caption(chain("Dense"), FigureSpec(), [("a", 1), ("b, c", 3), ("b, c", 2)])
    assert "Blocks: a; b, c ×5." in said


def test_down_the_page_extents_are_widths() -> None:
    said = caption(unet(2), FigureSpec(page=Page(direction="down")), [])
    assert "The width of a glyph shows the spatial extent, its height the number of" in said


def test_the_users_words_are_the_caption_and_the_description() -> None:
    spec = FigureSpec(caption="Our network <at a glance>.")
    network = residual(6)
    drawing = draw(network, spec)
    assert drawing.facts["caption"] == drawing.scene.description == spec.caption
    column = FigureSpec(page=Page(column="one"))
    plain = draw(network, column)
    assert plain.scene.description == description(
        network, column, [(n.type, n.repeat) for n in plain.nodes if n.kind == "group"]
    )
    assert "residual block" in plain.scene.description


def test_unknown_sizes_stay_unknown() -> None:
    assert shape((None, 3)) == "?×3" and shape(()) == "scalar"
