"""Figures that were looked at and accepted: the same capture must give the same scene.

`make test ACCEPT=1` takes what is drawn now. A failing run leaves `.cache/golden.html` with the
figure before and after, for a look before anything is accepted. The captures beside the scenes were
made from the programs named in CASES; `python -m golden.recapture` makes them anew.
"""

import gzip
import json
import os
from pathlib import Path

import pytest
from export.test_pdf import fonts
from golden.scene_text import written
from netfig.export import EXPORTERS, Options
from netfig.importers.capture import read
from netfig.model.spec import FigureSpec, Grouping, Labels, Page
from netfig.pipeline import Drawing, draw

HERE = Path(__file__).parent
REPORT = HERE.parent.parent / ".cache/golden.html"

CASES: dict[str, tuple[str, FigureSpec]] = {
    "resnet50-cvpr": ("resnet50", FigureSpec()),
    "resnet50-column": ("resnet50", FigureSpec(page=Page(column="one"))),
    "resnet50-down": ("resnet50", FigureSpec(page=Page(direction="down"))),
    "unet-cvpr": ("unet", FigureSpec()),
    "unet-column": ("unet", FigureSpec(page=Page(column="one"))),
    "unet-mono": ("unet", FigureSpec(palette="mono")),
    "vgg16-cvpr": ("vgg16", FigureSpec()),
    "vgg16-named": (
        "vgg16",
        FigureSpec(labels=Labels(names="below"), page=Page(direction="down")),
    ),
    "transformer-cvpr": ("transformer", FigureSpec()),
    "transformer-open": (
        "transformer",
        FigureSpec(page=Page(venue="free"), grouping=Grouping(level=0)),
    ),
    "lenet-nature": ("lenet", FigureSpec(page=Page(venue="nature", column="one"))),
    "mlp-ieee": ("mlp", FigureSpec(page=Page(venue="ieee", column="one"))),
}


def drawn(capture: str, spec: FigureSpec) -> Drawing:
    raw = json.loads(gzip.decompress((HERE / f"{capture}.json.gz").read_bytes()))
    return draw(read(raw).models[0].graph, spec)


@pytest.mark.parametrize("case", CASES)
def test_scene_is_the_accepted_one(case: str) -> None:
    drawing = drawn(*CASES[case])
    now, path = written(drawing.scene), HERE / f"{case}.scene"
    if os.environ.get("ACCEPT") == "1":
        path.write_text(now)
        picture = EXPORTERS["svg"].export(drawing.scene, Options(embed_fonts=False))
        (HERE / f"{case}.svg").write_bytes(picture.content)
    before = path.read_text() if path.exists() else ""
    if now != before:
        _report(case, drawing)
    assert now == before, f"{case} is drawn differently: look at .cache/golden.html"


@pytest.mark.needs("poppler")
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("outlined", [False, True])
def test_its_pdf_has_every_font_embedded(case: str, outlined: bool, tmp_path: Path) -> None:
    file = tmp_path / "figure.pdf"
    scene = drawn(*CASES[case]).scene
    file.write_bytes(EXPORTERS["pdf"].export(scene, Options(outlined=outlined)).content)
    found = fonts(file)
    assert bool(found) != outlined
    assert all(embedded == "yes" for _, _, embedded, _ in found)
    assert {kind for _, kind, _, _ in found} <= {"TrueType", "CID TrueType", "Type 1C"}


def _report(case: str, drawing: Drawing) -> None:
    REPORT.parent.mkdir(exist_ok=True)
    old = HERE / f"{case}.svg"
    new = EXPORTERS["svg"].export(drawing.scene, Options(embed_fonts=False)).content.decode()
    with REPORT.open("a") as page:
        page.write(f"<h2>{case}</h2><h3>before</h3>{old.read_text() if old.exists() else '-'}")
        page.write(f"<h3>after</h3>{new}")
