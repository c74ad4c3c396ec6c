"""`make gallery`: the page's examples and every program of tests/networks, on every venue's page.

Writes into .cache/gallery: index.html (a row a network, each figure at the size it is printed),
an SVG a figure, and contact.png, all networks at one venue side by side. A look at them is how a
change of style is judged. Captures are shared with the tests, in .cache/captures.

    python scripts/gallery.py [WORD…]     only networks whose name has one of the words
"""

import html
import sys
import time
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from figures.captures import SOURCES, capture  # noqa: E402
from figures.pages import PAGES, named  # noqa: E402
from netfig.errors import NetfigError  # noqa: E402
from netfig.export import EXPORTERS, Options  # noqa: E402
from netfig.grouping import find  # noqa: E402
from netfig.model.scene import Scene  # noqa: E402
from netfig.model.spec import FigureSpec, Page  # noqa: E402
from netfig.pipeline import draw  # noqa: E402

OUT = ROOT / ".cache" / "gallery"
SHOWN = [page for page in PAGES if page.direction == "right" or page.venue == "cvpr"]
SHEET = Page()
"""The page of the contact sheet."""

DPI, COLUMNS, GAP = 110, 3, 24

HEAD = """<!doctype html><meta charset="utf-8"><title>Netfig: gallery</title>
<style>body{font:14px sans-serif;margin:2em}section{margin-bottom:3em}
div{display:flex;flex-wrap:wrap;gap:1.5em;align-items:flex-start}figure{margin:0}
img{display:block;border:1px solid #ddd}figcaption{color:#666}p{color:#a00}</style>
"""


def section(name: str, sheet: list[tuple[str, Scene]]) -> str:
    """One network on all pages; its figure for the contact sheet is added to `sheet`."""
    start, figures, failed = time.monotonic(), [], 0
    graph = capture(name).models[0].graph
    hierarchy = find(graph, FigureSpec())
    for page in SHOWN:
        file = f"{name.replace('/', '-')}-{named(page)}.svg"
        try:
            scene = draw(graph, FigureSpec(page=page), hierarchy=hierarchy).scene
        except NetfigError as error:
            failed += 1
            shown = f"<p>{html.escape(error.message)}: {html.escape(error.hint)}</p>"
        else:
            (OUT / file).write_bytes(EXPORTERS["svg"].export(scene, Options()).content)
            shown = f'<img src="{file}" loading="lazy" alt="{html.escape(scene.description)}">'
            if page == SHEET:
                sheet.append((name, scene))
        figures.append(f"<figure><figcaption>{named(page)}</figcaption>{shown}</figure>")
    said = f", {failed} do not fit" if failed else ""
    print(f"{time.monotonic() - start:6.1f} s  {name}{said}", flush=True)
    return f"<section><h2>{html.escape(name)}</h2><div>{''.join(figures)}</div></section>\n"


def contact(sheet: list[tuple[str, Scene]]) -> Image.Image:
    """The figures in columns at print size, each under its name."""
    tiles = [
        (name, Image.open(BytesIO(EXPORTERS["png"].export(scene, Options(dpi=DPI)).content)))
        for name, scene in sheet
    ]
    width = max(tile.width for _, tile in tiles) + GAP
    heights = [GAP] * COLUMNS
    places = []
    for _, tile in tiles:
        column = heights.index(min(heights))
        places.append((GAP + column * width, heights[column]))
        heights[column] += tile.height + 2 * GAP
    paper = Image.new("RGB", (GAP + COLUMNS * width, max(heights)), "white")
    pen = ImageDraw.Draw(paper)
    for (name, tile), (x, y) in zip(tiles, places, strict=True):
        pen.text((x, y), name, fill="#999999")
        paper.paste(tile.convert("RGB"), (x, y + 14))
    return paper


def main(words: list[str]) -> None:
    """Draw them all."""
    OUT.mkdir(parents=True, exist_ok=True)
    names = [name for name in SOURCES if not name.startswith("applications/")]
    sheet: list[tuple[str, Scene]] = []
    page = HEAD
    for name in names:
        if not words or any(word in name for word in words):
            page += section(name, sheet)
    (OUT / "index.html").write_text(page)
    if sheet:
        contact(sheet).save(OUT / "contact.png")
    print(f"wrote {OUT.relative_to(ROOT)}/index.html and contact.png")


if __name__ == "__main__":
    main(sys.argv[1:])
