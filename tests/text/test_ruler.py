"""The ruler against the real renderers, and what text becomes before it is drawn."""

import subprocess
import time
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import browser
import pytest
from export.specimen import STRINGS, lettering
from hypothesis import given
from hypothesis import strategies as st
from netfig.export import EXPORTERS, Options
from netfig.model.scene import Scene, Text
from netfig.text.fonts import FONTS, coverage, metrics, runs
from netfig.text.ruler import ascent, cap_height, descent, drawable, shorten, width, wrap, x_height


def page_of_lines() -> tuple[Scene, list[Text]]:
    lines = [item for item in lettering() if isinstance(item, Text)]
    return Scene(width=785, height=150, items=tuple(lines)), lines


@pytest.mark.needs("chromium")
def test_lengths_are_those_of_the_browser() -> None:
    scene, lines = page_of_lines()
    svg = EXPORTERS["svg"].export(scene, Options()).content.decode()
    with browser.page() as page:
        page.set_content(svg)
        page.evaluate("document.fonts.ready")
        families = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length")
        measured = page.evaluate(
            "[...document.querySelectorAll('text')].map(t => t.getComputedTextLength())"
        )
    assert families == 14  # 12 faces and the two of symbols, none taken from the machine
    assert len(measured) == len(lines)
    for line, length in zip(lines, measured, strict=True):
        pieces = len(runs(line.string, line.font, line.bold, line.italic))
        # Chromium rounds the length of each stretch of one face up to 1/64.
        assert length == pytest.approx(line.width, abs=0.01 + pieces / 64), line


@pytest.mark.needs("poppler")
def test_lengths_are_those_of_the_pdf(tmp_path: Path) -> None:
    scene, lines = page_of_lines()
    file = tmp_path / "page.pdf"
    file.write_bytes(EXPORTERS["pdf"].export(scene, Options()).content)
    html = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    words = [
        (word.text, *(float(word.get(side, 0)) for side in ("xMax", "yMin", "yMax")))
        for word in ElementTree.fromstring(html).iter("{http://www.w3.org/1999/xhtml}word")
    ]
    for line in lines:
        last = line.string.split()[-1]
        ends = [
            right
            for text, right, top, bottom in words
            if (text or "").endswith(last) and top < line.y < bottom
        ]
        # PDF gives advances in whole thousandths of an em.
        assert any(abs(line.x + line.width - right) < 0.15 for right in ends), line


def test_lengths_add_up_and_scale() -> None:
    for font in FONTS:
        for string in STRINGS:
            whole = width(string, size=7, font=font)
            assert whole == pytest.approx(sum(width(c, size=7, font=font) for c in string))
            assert width(string, size=14, font=font) == pytest.approx(2 * whole)
    # Arial's widths, on which Liberation Sans is made: 556, 722 and 584 thousandths of an em.
    assert width("0R+", size=1000) == pytest.approx(556 + 722 + 584, abs=1)


def test_heights_follow_the_letters() -> None:
    for font in FONTS:
        heights = [f(10, font) for f in (x_height, cap_height, ascent)]
        assert heights == sorted(heights)
        assert 4 < heights[0] < 5.5 and 6 < heights[1] < 7.5 and 1.5 < descent(10, font) < 4


def test_ten_thousand_labels_take_little_time() -> None:
    width("x", size=7)
    best = 1.0
    for attempt in range(3):
        labels = [f"conv{attempt}_block{i}_relu" for i in range(10_000)]
        start = time.process_time()
        for label in labels:
            width(label, size=7)
        best = min(best, time.process_time() - start)
    assert best < 0.1


@pytest.mark.parametrize(
    ("string", "drawn"),
    [
        ("conv2d_1", "conv2d_1"),
        ("e\u0301tage", "étage"),
        ("a\u202eb", "a[U+202E]b"),
        ("nul\0", "nul[U+0000]"),
        ("\ud800", "[U+D800]"),
        ("two\nlines\tand", "two lines and"),
        ("層", "[U+5C64]"),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("\ufeffx\u200d", "[U+FEFF]x[U+200D]"),
        ("q\u0303", "q[U+0303]"),
        ("a ⊕ b → ∈ σ", "a ⊕ b → ∈ σ"),
    ],
)
def test_what_cannot_be_drawn_is_spelt_out(string: str, drawn: str) -> None:
    for font in FONTS:
        assert drawable(string, font) == drawn


@given(st.text(st.characters(codec=None), max_size=40), st.sampled_from(sorted(FONTS)))
def test_every_character_drawn_has_a_glyph(string: str, font: str) -> None:
    drawn = drawable(string, font)
    assert drawable(drawn, font) == drawn
    assert set(drawn) <= coverage(font)
    assert all(unicodedata.category(c)[0] not in "CM" for c in drawn)
    for bold in (False, True):
        for italic in (False, True):
            parts = runs(drawn, font, bold, italic)
            assert "".join(part.string for part in parts) == drawn
            assert all(c in metrics(part.face).advances for part in parts for c in part.string)


@given(st.text(max_size=40), st.floats(0, 200), st.booleans())
def test_a_shortened_string_fits_or_is_empty(string: str, limit: float, middle: bool) -> None:
    short = shorten(string, limit, size=7, middle=middle)
    assert width(short, size=7) <= limit
    if width(string, size=7) <= limit:
        assert short == drawable(string)
    else:
        assert short == "" or "…" in short


def test_a_shortened_name_keeps_what_tells_it_apart() -> None:
    assert shorten("conv2_block1_1_conv", 50, size=7) == "conv2_block1…"
    kept = shorten("conv2_block1_1_conv", 50, size=7, middle=True)
    assert kept.startswith("conv2") and kept.endswith("_conv")


@given(st.text(max_size=60), st.floats(20, 200))
def test_wrapped_lines_fit_and_lose_nothing(string: str, limit: float) -> None:
    lines = wrap(string, limit, size=7)
    assert all(width(line, size=7) <= limit for line in lines)
    kept = "".join(drawable(part) for part in string.splitlines())
    assert "".join("".join(lines).split()) == "".join(kept.split())


def test_lines_break_at_words_then_at_joints() -> None:
    assert wrap("residual block, identity", 50, size=7) == ("residual block,", "identity")
    assert wrap("first\nsecond", 200, size=7) == ("first", "second")
    assert wrap("residual_block_identity", 50, size=7) == ("residual_block_", "identity")
