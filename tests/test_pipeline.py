"""From a network to a page: width, truth, edits, determinism."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from figures.building import Net, chain, residual, unet
from figures.geometry import faults, items, words
from netfig.errors import DoesNotFit, ProgramError
from netfig.model import venues
from netfig.model.graph import LayerGraph
from netfig.model.scene import Text
from netfig.model.spec import FigureSpec, GroupEdit, Grouping, Labels, Look, Page
from netfig.pipeline import Drawing, draw, first

NETWORKS = {
    "chain": chain("Conv2D", "ReLU", "Dropout", "Conv2D"),
    "unet": unet(4, 256),
    "residual": residual(6),
}
PAGES = [
    Page(venue=venue, column=column, direction=direction)  # type: ignore[arg-type]
    for venue in venues.VENUES
    for column in ("one", "full")
    for direction in ("right", "down")
]


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("page", PAGES, ids=lambda p: f"{p.venue}-{p.column}-{p.direction}")
def test_pages_are_exactly_as_wide_as_asked_and_without_fault(name: str, page: Page) -> None:
    drawing = draw(NETWORKS[name], FigureSpec(page=page))
    asked = venues.width(page)
    if asked is not None:
        assert drawing.scene.width == pytest.approx(asked, abs=0.1 * venues.MILLIMETRE)
    assert faults(drawing.scene) == []
    floor = venues.VENUES[page.venue].text
    assert all(t.size >= floor for t in items(drawing.scene) if isinstance(t, Text))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_is_accounted_for_at_every_level(name: str) -> None:
    network = NETWORKS[name]
    levels = draw(network, FigureSpec(page=Page(venue="free"))).levels
    for level in range(levels):
        spec = FigureSpec(page=Page(venue="free"), grouping=Grouping(level=level))
        drawing = draw(network, spec)
        held = [layer for node in drawing.nodes for layer in node.layers]
        assert sorted(held) == sorted(layer.id for layer in network.layers)
        home = {layer: node.id for node in drawing.nodes for layer in node.layers}
        crossing = {
            (home[e.source], home[e.target])
            for e in network.edges
            if home[e.source] != home[e.target]
        }
        assert {(link.source, link.target) for link in drawing.links} == crossing


def strings(drawing: Drawing) -> set[str]:
    return {word.string for word in words(drawing.scene)}


def test_labels_tell_shapes() -> None:
    shown = strings(draw(unet(2, 64), FigureSpec()))
    assert {"64²", "32²", "16²", "16", "32", "64", "Concatenate"} <= shown
    assert "Conv 3×3 + ReLU" in shown or "Conv + ReLU" in shown


def test_labels_can_be_turned_off() -> None:
    spec = FigureSpec(labels=Labels(channels="off", extent="off", kernel="off"), legend="off")
    assert strings(draw(unet(2, 64), spec)) == set()


def test_names_on_request() -> None:
    spec = FigureSpec(labels=Labels(names="below"), grouping=Grouping(level=0))
    assert {"down0", "bottom", "up1"} <= strings(draw(unet(2, 64), spec))


def test_a_types_colour_and_label_reach_glyphs_and_legend() -> None:
    spec = FigureSpec(types={"Conv2D": Look(fill="#aa0000", label="Faltung")})
    drawing = draw(unet(2, 64), spec)
    convs = [node for node in drawing.nodes if node.type == "Conv2D"]
    assert convs and all(node.fill == "#aa0000" for node in convs)
    assert any(text.startswith("Faltung") for text in strings(drawing))
    assert any(entry.fill == "#aa0000" for entry in drawing.legend)


def test_one_layers_colour_stays_its_own() -> None:
    drawing = draw(unet(2, 64), FigureSpec(layers={"bottom": Look(fill="#123456")}))
    fills = {node.id: node.fill for node in drawing.nodes}
    assert list(fills.values()).count("#123456") == 1


def test_residual_blocks_fold_under_the_authors_name() -> None:
    drawing = draw(residual(6), FigureSpec(page=Page(venue="cvpr", column="one")))
    assert any("residual block" in text for text in strings(drawing))
    assert "×5" in strings(drawing)


def test_a_group_opens_alone() -> None:
    network = residual(12)
    folded = draw(network, FigureSpec())
    group = next(node for node in folded.nodes if node.kind == "group")
    assert group.group is not None
    grouping = Grouping(groups={group.group: GroupEdit(folded=False)}, level=folded.level)
    opened = draw(network, FigureSpec(grouping=grouping))
    assert len(opened.nodes) > len(folded.nodes)
    assert group.group not in {node.group for node in opened.nodes}


def test_a_figure_nobody_chose_a_page_for_is_drawn_however_large() -> None:
    net = Net("table")
    ends = []
    for i in range(40):
        column = net.add(f"column{i}", "InputLayer", (), (1,))
        ends.append(net.add(f"dense{i}", "Dense", [column], (i + 2,), units=i + 2))
    net.add("joined", "Concatenate", ends, (860,))
    with pytest.raises(DoesNotFit):
        draw(net.graph(), FigureSpec())
    drawing = first(net.graph())
    assert drawing.spec.page.venue == "free"
    assert len(drawing.nodes) == 81
    assert "too large for CVPR" in drawing.warnings[-1]
    assert first(NETWORKS["residual"]).spec == FigureSpec()


def test_a_page_too_narrow_says_so() -> None:
    with pytest.raises(DoesNotFit):
        draw(unet(4, 256), FigureSpec(page=Page(venue="free", width=20)))


def test_branches_too_high_for_the_page_are_lowered_not_hidden() -> None:
    net = Net("towers")
    image = net.add("image", "InputLayer", (), (512, 512, 3))
    ends = []
    for i in range(8):
        x = net.add(f"small{i}", "Conv2D", [image], (32, 32, 64 + i), kernel_size=(3, 3))
        ends.append(net.add(f"large{i}", "UpSampling2D", [x], (512, 512, 64 + i)))
    net.add("joined", "Concatenate", ends, (512, 512, 512))
    for asked in (None, 0):
        page = FigureSpec(page=Page(venue="cvpr"), grouping=Grouping(level=asked))
        drawing = draw(net.graph(), page)
        assert len(drawing.nodes) == 18
        assert drawing.scene.height <= venues.height(page.page)
        assert faults(drawing.scene) == []


def test_hostile_names_are_drawn_as_text() -> None:
    net = Net("<script>")
    net.add("in", "InputLayer", (), (8, 8, 1))
    net.add("</text><script>alert(1)</script>\u202e\x00" + "x" * 200, "Conv2D", ["in"], (8, 8, 4))
    spec = FigureSpec(labels=Labels(names="below"), page=Page(venue="free"))
    drawn = strings(draw(net.graph(), spec))
    assert any("[U+202E]" in text or "</text>" in text for text in drawn)
    assert not any("\u202e" in text or "\x00" in text for text in drawn)


def test_a_single_layer_draws_and_nothing_is_refused() -> None:
    net = Net()
    net.add("in", "InputLayer", (), (4,))
    assert len(draw(net.graph(), FigureSpec()).nodes) == 1
    with pytest.raises(ProgramError):
        draw(LayerGraph(name="x", layers=(), edges=(), parameters=0, trainable=0), FigureSpec())


def test_same_input_same_scene_in_another_process() -> None:
    """No order of hashes, no clock, no chance: the scene is the same with other hash seeds."""
    code = (
        "from figures.building import unet; from netfig.pipeline import draw;"
        "from netfig.model.spec import FigureSpec; import hashlib;"
        "print(hashlib.sha256(repr(draw(unet(3), FigureSpec()).scene).encode()).hexdigest())"
    )
    seen = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
        seen.add(subprocess.check_output([sys.executable, "-c", code], env=env, text=True))
    assert len(seen) == 1


def test_description_states_the_facts() -> None:
    net = residual(2)
    text = draw(net, FigureSpec()).scene.description
    assert f"{len(net.layers)} layers" in text and "64×64×3" in text


def test_font_and_size_are_obeyed() -> None:
    spec = FigureSpec(page=replace(Page(), font="serif", text=9.0))
    texts = [t for t in items(draw(unet(2), spec).scene) if isinstance(t, Text)]
    assert texts and all(t.font == "serif" and t.size >= 9 for t in texts)
