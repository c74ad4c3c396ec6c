"""PDF and EPS, read with poppler and Ghostscript."""

import subprocess
from itertools import pairwise
from pathlib import Path as File

import pytest
from export.likeness import likeness, pixels
from export.resnet50_scene import resnet50
from export.specimen import STRINGS, line, specimen
from netfig.export import EXPORTERS, Options
from netfig.model.scene import Rect, Scene
from netfig.text.fonts import FONTS

DOCUMENT = '{"version": 1, "title": "é ⊕"}'


def poppler(program: str, *arguments: object) -> str:
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, check=True
    ).stdout


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> File:
    file = tmp_path_factory.mktemp("pdf") / "figure.pdf"
    content = EXPORTERS["pdf"].export(resnet50(), Options(document=DOCUMENT)).content
    file.write_bytes(content)
    return file


def fonts(file: File) -> list[list[str]]:
    """Name, type (as it is, with spaces), embedded, subset of every font."""
    rows = poppler("pdffonts", file).splitlines()
    starts = [0, *(i for i, c in enumerate(rows[1]) if c == " "), len(rows[1])]
    cut = [[row[a:b].strip() for a, b in pairwise(starts)] for row in rows[2:]]
    return [[row[0], row[1], row[3], row[4]] for row in cut]


@pytest.mark.needs("poppler")
def test_every_font_is_embedded_and_none_is_type_3(tmp_path: File) -> None:
    file = tmp_path / "specimen.pdf"
    file.write_bytes(EXPORTERS["pdf"].export(specimen(), Options()).content)
    found = fonts(file)
    assert all(embedded == "yes" == subset for _, _, embedded, subset in found)
    assert {kind for _, kind, _, _ in found} <= {
        "TrueType",
        "CID TrueType",
        "Type 1C",
        "CID Type 0C",
    }
    names = {name.split("+")[1].split("-")[0] for name, _, _, _ in found}
    assert names == {"LiberationSans", "LiberationSerif", "LMRoman10", "DejaVuSans"}


@pytest.mark.needs("poppler")
def test_outlined_text_leaves_no_font(tmp_path: File) -> None:
    file = tmp_path / "outlined.pdf"
    file.write_bytes(EXPORTERS["pdf"].export(resnet50(), Options(outlined=True)).content)
    assert fonts(file) == []


@pytest.mark.needs("poppler")
@pytest.mark.parametrize("font", sorted(FONTS))
def test_text_can_be_selected(font: str, tmp_path: File) -> None:
    items = tuple(line(string, 10, 20.0 + 20 * i, font=font) for i, string in enumerate(STRINGS))
    file = tmp_path / "text.pdf"
    file.write_bytes(
        EXPORTERS["pdf"].export(Scene(width=200, height=150, items=items), Options()).content
    )
    read = poppler("pdftotext", "-layout", file, "-")
    assert [row.replace(" ", "") for row in read.split("\n") if row.strip()] == [
        string.replace(" ", "") for string in STRINGS
    ]
    assert "Conv + BN + ReLU" in read


@pytest.mark.needs("poppler")
@pytest.mark.parametrize("width", [234.0, 495.0, 345.8268, 252.283])
def test_the_page_is_as_large_as_the_scene(width: float, tmp_path: File) -> None:
    file = tmp_path / "page.pdf"
    scene = Scene(width=width, height=width / 3, items=())
    file.write_bytes(EXPORTERS["pdf"].export(scene, Options()).content)
    (size,) = [row for row in poppler("pdfinfo", file).splitlines() if row.startswith("Page size")]
    tenth_of_a_millimetre = 72 / 254
    assert abs(float(size.split()[2]) - width) < tenth_of_a_millimetre / 10
    assert abs(float(size.split()[4]) - width / 3) < tenth_of_a_millimetre / 10


@pytest.mark.needs("poppler")
def test_metadata_and_the_attached_document(figure: File, tmp_path: File) -> None:
    facts = poppler("pdfinfo", figure)
    assert "Title:           ResNet50\n" in facts and "<drawn> by hand" in facts
    assert "CreationDate" not in facts and "ModDate" not in facts
    poppler("pdfdetach", "-save", 1, "-o", tmp_path / "document", figure)
    assert (tmp_path / "document").read_text() == DOCUMENT


@pytest.mark.needs("poppler")
def test_poppler_shows_what_we_paint(figure: File) -> None:
    shown = subprocess.run(
        ["pdftoppm", "-r", "216", "-png", figure], capture_output=True, check=True
    ).stdout
    png = EXPORTERS["png"].export(resnet50(), Options(dpi=216)).content
    assert likeness(pixels(png), pixels(shown)) >= 0.97  # poppler moves lines to whole pixels


@pytest.mark.needs("ghostscript")
@pytest.mark.parametrize("outlined", [False, True])
def test_ghostscript_shows_the_eps(outlined: bool, tmp_path: File) -> None:
    file = tmp_path / "figure.eps"
    options = Options(document=DOCUMENT, outlined=outlined, dpi=216)
    content = EXPORTERS["eps"].export(resnet50(), options).content
    file.write_bytes(content)
    assert content.startswith(b"%!PS-Adobe-3.0 EPSF-3.0") and b"CreationDate" not in content
    assert b"%%BoundingBox: 0 0 495 170" in content and b"/FontType 3" not in content
    switches = "-q -dSAFER -dBATCH -dNOPAUSE -dEPSCrop -dTextAlphaBits=4 -dGraphicsAlphaBits=4"
    shown = subprocess.run(
        ["gs", *switches.split(" "), "-sDEVICE=png16m", "-r216", "-sOutputFile=-", file],
        capture_output=True,
        check=True,
    ).stdout
    png = EXPORTERS["png"].export(resnet50(), options).content
    assert likeness(pixels(png), pixels(shown)) >= 0.95


@pytest.mark.needs("ghostscript")
def test_the_eps_says_exactly_where_the_figure_is(tmp_path: File) -> None:
    file = tmp_path / "box.eps"
    full = Rect(x=0, y=0, width=100.4, height=50.3, fill="#0072b2")
    scene = Scene(width=100.4, height=50.3, items=(full,))
    file.write_bytes(EXPORTERS["eps"].export(scene, Options()).content)
    said = [row for row in file.read_text().splitlines() if row.startswith("%%HiResBoundingBox")]
    seen = subprocess.run(
        ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=bbox", file],
        capture_output=True,
        text=True,
        check=True,
    ).stderr.splitlines()
    drawn = [row for row in seen if row.startswith("%%HiResBoundingBox")]
    ours, theirs = ([float(n) for n in rows[0].split()[1:]] for rows in (said, drawn))
    assert ours == pytest.approx(theirs, abs=0.05)
