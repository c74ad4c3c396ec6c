"""SVG: safe with any string, the same bytes always, the same picture everywhere."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path as File
from xml.etree import ElementTree

import browser
import pytest
from export.likeness import likeness, pixels
from export.resnet50_scene import resnet50
from export.specimen import STRINGS, line, specimen
from hypothesis import given
from hypothesis import strategies as st
from netfig.export import EXPORTERS, Options
from netfig.export.numbers import number
from netfig.model.scene import Group, Path, Rect, Scene, Text
from netfig.text.fonts import FACES

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg",
    "title",
    "desc",
    "metadata",
    "defs",
    "style",
    "g",
    "path",
    "rect",
    "text",
    "tspan",
}
anything = st.text(st.characters(codec=None), max_size=30)


def svg(scene: Scene, **options: object) -> str:
    return EXPORTERS["svg"].export(scene, Options(**options)).content.decode()  # type: ignore[arg-type]


def parsed(scene: Scene, **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(svg(scene, **options))


@given(anything, anything, anything, anything)
def test_strings_of_strangers_stay_strings(label: str, source: str, title: str, text: str) -> None:
    hostile = '</text><script>alert(1)</script>"\' onload="x'
    for extra in ("", hostile):
        content = line(text + extra, 5, 5, source=source)
        group = Group(items=(content,), label=label + extra, source=source + extra)
        scene = Scene(width=50, height=50, items=(group,), title=title + extra, description=text)
        root = parsed(scene, embed_fonts=False, document=json.dumps({"a": text}))
        names = {element.tag.split("}")[1] for element in root.iter()} - {"document"}
        assert names <= ALLOWED
        assert not [
            name for element in root.iter() for name in element.attrib if name.startswith("on")
        ]


def test_no_reference_leaves_the_file() -> None:
    content = svg(specimen(), document="{}")
    for forbidden in ("foreignObject", "<script", "href", "<use", "<image", "clip-path", "@import"):
        assert forbidden not in content
    assert content.count("url(") == content.count("url(data:font/woff2;base64,") > 0


def test_text_is_one_plain_element_a_line_with_its_anchor() -> None:
    scene = Scene(
        width=99, height=99, items=(line("Conv & BN", 40, 20, anchor="middle", bold=True),)
    )
    (text,) = parsed(scene).iter(f"{SVG}text")
    assert (text.text, text.get("text-anchor"), text.get("x")) == ("Conv & BN", "middle", "40")
    assert text.get("font-weight") == "700" and len(text) == 0


def test_a_line_of_several_fonts_keeps_its_words_in_order() -> None:
    (text,) = parsed(Scene(width=99, height=99, items=(line(STRINGS[4], 0, 20),))).iter(
        f"{SVG}text"
    )
    assert "".join(text.itertext()) == STRINGS[4]
    assert {span.get("font-family") for span in text} == {None, "'DejaVu Sans', sans-serif"}


def test_groups_are_named_once_and_tied_to_their_source() -> None:
    def group(label: str, source: str) -> Group:
        return Group(items=(Rect(x=0, y=0, width=1, height=1),), label=label, source=source)

    items = (group("conv 1", "node:a/b"), group("conv 1", "node:a b"), group("", ""))
    root = parsed(Scene(width=9, height=9, items=items))
    groups = list(root.iter(f"{SVG}g"))
    assert [g.get("data-source") for g in groups] == ["node:a/b", "node:a b"]
    assert [g.get("id") for g in groups] == ["netfig-node-a-b", "netfig-node-a-b--2"]
    label = "{http://www.inkscape.org/namespaces/inkscape}label"
    assert [g.get(label) for g in groups] == ["conv 1", "conv 1"]


def test_size_title_description_and_background() -> None:
    scene = resnet50()
    root = parsed(scene)
    assert (root.get("width"), root.get("height")) == ("495pt", "170pt")
    assert root.get("viewBox") == "0 0 495 170"
    assert root.findtext(f"{SVG}title") == scene.title
    assert root.findtext(f"{SVG}desc") == scene.description

    def papers(root: ElementTree.Element) -> int:
        return sum(r.get("width") == "495" for r in root.iter(f"{SVG}rect"))

    assert papers(root) == 1
    assert papers(parsed(scene, background=False)) == 0


def test_outlined_text_needs_no_font_and_says_what_it_is() -> None:
    root = parsed(resnet50(), outlined=True)
    assert not list(root.iter(f"{SVG}text")) and not list(root.iter(f"{SVG}style"))
    assert "7×7" in [path.get("aria-label") for path in root.iter(f"{SVG}path")]


@pytest.mark.parametrize(
    ("value", "written"),
    [(1.0, "1"), (-0.0001, "0"), (2.5, "2.5"), (1 / 3, "0.333"), (1e-9, "0"), (1200.0, "1200")],
)
def test_one_way_to_write_a_number(value: float, written: str) -> None:
    assert number(value) == written


def test_dashes_have_flat_ends() -> None:
    dashed = Path(segments=(("M", (0.0, 0.0)), ("L", (9.0, 0.0))), stroke="#000000", dash=(2, 1))
    (path,) = parsed(Scene(width=9, height=9, items=(dashed,))).iter(f"{SVG}path")
    assert (path.get("stroke-dasharray"), path.get("stroke-linecap")) == ("2 1", "butt")


def test_every_process_writes_the_same_bytes() -> None:
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "from export.specimen import specimen\n"
        "from netfig.export import EXPORTERS, Options\n"
        "for name, exporter in EXPORTERS.items():\n"
        "    content = exporter.export(specimen(), Options(document='{}')).content\n"
        "    print(name, hashlib.sha256(content).hexdigest())\n"
    )
    tests = str(File(__file__).parents[1])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, tests],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) == len(EXPORTERS)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Each scene's SVG, and our PNG of it at 216 dots per inch."""
    options = Options(dpi=216)
    return {
        scene.title: (
            EXPORTERS["svg"].export(scene, options).content,
            EXPORTERS["png"].export(scene, options).content,
        )
        for scene in (resnet50(), specimen())
    }


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("title", ["ResNet50", "Specimen"])
def test_chromium_shows_what_we_paint(title: str, pictures: dict[str, tuple[bytes, bytes]]) -> None:
    content, png = pictures[title]
    with browser.page(width=1100, height=400, scale=2.25) as page:
        page.set_content(f"<body style='margin:0'>{content.decode()}</body>")
        page.evaluate("document.fonts.ready")
        shot = page.locator("svg").screenshot()
    ours = pixels(png)
    theirs = pixels(shot)[: ours.shape[0], : ours.shape[1]]  # a part pixel more at the edges
    assert likeness(ours, theirs) >= 0.99


@pytest.mark.needs("rsvg")
def test_rsvg_shows_what_we_paint(pictures: dict[str, tuple[bytes, bytes]], tmp_path: File) -> None:
    content, png = pictures["ResNet50"]
    shown = subprocess.run(
        ["rsvg-convert", "--dpi-x=216", "--dpi-y=216"],
        input=content,
        capture_output=True,
        check=True,
        cwd=str(FACES),
        env={**os.environ, "FONTCONFIG_FILE": str(FACES / "fonts.conf"), "HOME": str(tmp_path)},
    ).stdout
    ours = pixels(png)
    assert likeness(ours, pixels(shown)) >= 0.99


def test_outlines_look_like_the_text(pictures: dict[str, tuple[bytes, bytes]]) -> None:
    from netfig.export.render import render
    from netfig.export.svg import write

    glyphs = write(specimen(), Options(embed_fonts=False), pinned=True).encode()
    ours = pixels(pictures["Specimen"][1])
    painted = render("png", glyphs, width=ours.shape[1], height=ours.shape[0])
    assert hashlib.sha256(painted).digest() != hashlib.sha256(pictures["Specimen"][1]).digest()
    assert likeness(ours, pixels(painted)) >= 0.98


def test_a_text_without_letters_is_left_out() -> None:
    empty = Text(x=1, y=1, string="", size=7, width=0)
    assert not list(parsed(Scene(width=9, height=9, items=(empty,))).iter(f"{SVG}text"))
