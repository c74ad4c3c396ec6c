"""Figures as a browser and other painters show them: no fault in Chromium, one picture everywhere.

The page's examples and ten networks of keras.applications, on three venues each.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import ceil
from pathlib import Path as File

import browser
import pytest
import tools
from export.likeness import likeness, pixels
from export.test_pdf import fonts
from figures.captures import SOURCES, capture
from figures.geometry import glyphs, words
from figures.rendered import seen
from netfig.export import EXPORTERS, Options
from netfig.grouping import Hierarchy, find
from netfig.model.scene import Scene, Text
from netfig.model.spec import FigureSpec, Page
from netfig.pipeline import draw
from netfig.text.fonts import FACES
from playwright.sync_api import Page as Shown

pytestmark = [
    pytest.mark.skipif(not tools.local_guest(), reason=tools.reason("guest")),
    pytest.mark.slow,
]

APPLICATIONS = (
    "ResNet50", "VGG16", "InceptionV3", "MobileNetV2", "DenseNet121", "EfficientNetB0",
    "NASNetMobile", "Xception", "ConvNeXtTiny", "InceptionResNetV2",
)  # fmt: skip
NAMES = [n for n in SOURCES if n.startswith("examples/")] + [
    f"applications/{name}" for name in APPLICATIONS
]
PAGES = {
    "cvpr": Page(),
    "nature": Page(venue="nature", column="one", direction="down"),
    "ieee": Page(venue="ieee", column="one", font="serif"),
}
DPI = 216


@cache
def _found(name: str) -> Hierarchy:
    return find(capture(name).models[0].graph, FigureSpec())


@cache
def scene(name: str, page: str) -> Scene:
    graph = capture(name).models[0].graph
    return draw(graph, FigureSpec(page=PAGES[page]), hierarchy=_found(name)).scene


def exported(form: str, name: str, page: str) -> bytes:
    return EXPORTERS[form].export(scene(name, page), Options(dpi=DPI)).content


def on_pixels(form: str, name: str, page: str) -> bytes:
    """The same on a page enlarged to whole pixels: a part of a pixel is rounded by each painter in
    a way of its own, which moves everything by half of one."""
    own = scene(name, page)
    width, height = (ceil(side * DPI / 72) * 72 / DPI for side in (own.width, own.height))
    whole = replace(own, width=width, height=height)
    return EXPORTERS[form].export(whole, Options(dpi=DPI)).content


@pytest.fixture(scope="module")
def chromium() -> Iterator[Shown]:
    if not tools.present("chromium"):
        pytest.skip(tools.reason("chromium"))
    with browser.page(width=1400, height=1200, scale=DPI / 96) as page:
        yield page


every = [(name, page) for name in NAMES for page in PAGES]


@pytest.mark.parametrize(("name", "page"), every)
def test_a_browser_sees_no_fault(chromium: Shown, name: str, page: str) -> None:
    found = seen(chromium, exported("svg", name, page))
    assert found.faults == []
    assert found.texts == len(words(scene(name, page)))
    assert found.glyphs == len(glyphs(scene(name, page)))


def test_a_browser_sees_faults_where_there_are(chromium: Shown) -> None:
    """Words on words, off the page and on a foreign glyph: the check itself can fail."""
    good = scene("examples/lenet", "cvpr")
    first = words(good)[0]
    box = glyphs(good)[0].box
    bad = [
        Text(x=first.box.x, y=first.box.bottom - 1, string=first.string, size=7, width=9),
        Text(x=good.width - 3, y=20, string="outside", size=7, width=9),
        Text(x=box.centre[0], y=box.centre[1], string="on", size=7, width=9, anchor="middle"),
    ]
    worse = Scene(width=good.width, height=good.height, items=(*good.items, *bad))
    found = seen(chromium, EXPORTERS["svg"].export(worse, Options()).content).faults
    assert any(f"text {first.string} over text {first.string}" in fault for fault in found)
    assert "text outside leaves the page" in found
    assert any(fault.startswith("text on over node:") for fault in found)


@pytest.mark.parametrize(("name", "page"), every[::2])
def test_chromium_and_our_png_show_one_picture(chromium: Shown, name: str, page: str) -> None:
    chromium.set_content(f"<body style='margin:0'>{on_pixels('svg', name, page).decode()}</body>")
    chromium.evaluate("document.fonts.ready")
    ours = pixels(on_pixels("png", name, page))
    theirs = pixels(chromium.locator("svg").screenshot())
    height, width = (min(a, b) for a, b in zip(ours.shape, theirs.shape, strict=True))
    assert abs(ours.shape[0] - theirs.shape[0]) <= 3 and abs(ours.shape[1] - theirs.shape[1]) <= 3
    assert likeness(ours[:height, :width], theirs[:height, :width]) >= 0.99


@pytest.mark.needs("rsvg")
@pytest.mark.parametrize(("name", "page"), every[::2])
def test_rsvg_and_our_png_show_one_picture(tmp_path: File, name: str, page: str) -> None:
    shown = subprocess.run(
        ["rsvg-convert", f"--dpi-x={DPI}", f"--dpi-y={DPI}"],
        input=on_pixels("svg", name, page),
        capture_output=True,
        check=True,
        cwd=str(FACES),
        env={**os.environ, "FONTCONFIG_FILE": str(FACES / "fonts.conf"), "HOME": str(tmp_path)},
    ).stdout
    ours, theirs = pixels(on_pixels("png", name, page)), pixels(shown)
    height, width = (min(a, b) for a, b in zip(ours.shape, theirs.shape, strict=True))
    assert likeness(ours[:height, :width], theirs[:height, :width]) >= 0.99


@pytest.mark.needs("poppler")
@pytest.mark.parametrize(("name", "page"), every[1::2])
def test_every_font_of_the_pdf_is_embedded(tmp_path: File, name: str, page: str) -> None:
    file = tmp_path / "figure.pdf"
    file.write_bytes(exported("pdf", name, page))
    found = fonts(file)
    assert found and all(row[2] == "yes" for row in found)
    assert {row[1] for row in found} <= {"TrueType", "CID TrueType", "Type 1C", "CID Type 0C"}
