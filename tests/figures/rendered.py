"""The same faults as in `geometry`, told by a browser from what it has laid out: the boxes of its
own letters, its own paths. Nothing of our ruler or our scene is believed here.
"""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

LOOK = Path(__file__).with_suffix(".js").read_text()


@dataclass(frozen=True)
class Seen:
    """What the browser found in a figure; `texts` and `glyphs` are how many it looked at."""

    faults: list[str]
    texts: int
    glyphs: int


def seen(page: Page, svg: bytes) -> Seen:
    """Show an exported SVG, wait for the fonts it carries, look."""
    page.set_content(f"<!doctype html><body style='margin:0'>{svg.decode()}</body>")
    page.evaluate("document.fonts.ready")
    found = page.evaluate(LOOK)
    assert set(found["fonts"]) <= {"loaded"}, found["fonts"]
    return Seen(found["faults"], found["texts"], found["glyphs"])
