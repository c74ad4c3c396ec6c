"""PNG: its size, its resolution, its ground, and what it says about itself."""

from io import BytesIO

import pytest
from export.resnet50_scene import resnet50
from netfig.errors import InputError
from netfig.export import EXPORTERS, Options
from netfig.model.scene import Rect, Scene
from PIL import Image


def picture(scene: Scene, **options: object) -> Image.Image:
    content = EXPORTERS["png"].export(scene, Options(**options)).content  # type: ignore[arg-type]
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("dpi", [72.0, 150.0, 300.0, 600.0])
def test_size_and_resolution(dpi: float) -> None:
    image = picture(resnet50(), dpi=dpi)
    assert image.size == (round(495 * dpi / 72), round(170 * dpi / 72))
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)


def test_the_ground_is_white_or_clear() -> None:
    box = Rect(x=5, y=5, width=5, height=5, fill="#0072b2")
    scene = Scene(width=20, height=20, items=(box,))
    assert picture(scene, dpi=72).convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)
    clear = picture(scene, dpi=72, background=False).convert("RGBA")
    assert clear.getpixel((1, 1)) == (0, 0, 0, 0)
    assert clear.getpixel((7, 7)) == (0, 0x72, 0xB2, 255)


def test_it_says_what_it_shows() -> None:
    image = picture(resnet50(), dpi=72, document='{"a": "é"}')
    image.load()
    texts = dict(image.text)  # type: ignore[attr-defined]
    assert texts["Title"] == "ResNet50" and "by hand" in texts["Description"]
    assert texts["netfig:document"] == '{"a": "é"}'


@pytest.mark.parametrize("dpi", [0.0, -1.0, 20_000.0, 9_000.0, float("nan")])
def test_impossible_resolutions_are_refused(dpi: float) -> None:
    with pytest.raises(InputError):
        picture(resnet50(), dpi=dpi)
