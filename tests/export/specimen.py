"""A page with everything a scene can hold: every font, style, anchor, angle, hatch and dash."""

from typing import get_args

from netfig.model.scene import Group, Hatch, Item, Path, Rect, Scene, Text
from netfig.text.fonts import FONTS
from netfig.text.ruler import width

STRINGS = (
    "Conv + BN + ReLU",
    "AVATAR To. LT fi ffl Wáy",
    "residual_block_3/conv2d_17",
    "3×3, 224² → 112², ≤ 5 Σσβ",
    "a ⊕ b ⊗ c ‖ d ∈ ℝ",
    "Свёртка и объединение",
)
"""Kerning pairs and ligatures, identifiers, signs, and characters that need a fallback."""


def line(string: str, x: float, y: float, **style: object) -> Text:
    """A measured line of text."""
    size = float(str(style.pop("size", 7.0)))
    face = {name: style[name] for name in ("font", "bold", "italic") if name in style}
    measure = width(string, size=size, **face)  # type: ignore[arg-type]
    return Text(x=x, y=y, string=string, size=size, width=measure, **style)  # type: ignore[arg-type]


def lettering() -> list[Item]:
    items: list[Item] = []
    y = 12.0
    for font in FONTS:
        for bold, italic in ((False, False), (True, False), (False, True), (True, True)):
            for column, string in enumerate(STRINGS):
                x = 8.0 + 128 * column
                items.append(line(string, x, y, font=font, bold=bold, italic=italic))
            y += 11
    return items


def specimen() -> Scene:
    items = lettering()
    y = 155.0
    for column, anchor in enumerate(("start", "middle", "end")):
        items.append(line("Anchored 1 ⊕", 100.0 + 150 * column, y, anchor=anchor, size=9.0))
    items.append(line("turned left ⊕", 600, y + 60, anchor="middle", angle=-90.0))
    items.append(line("turned right", 640, y + 60, anchor="middle", angle=90.0))
    items.append(line("two  spaces ", 680, y + 60))
    for column, hatch in enumerate(get_args(Hatch)):
        x = 10.0 + 80 * column
        box = Rect(
            x=x, y=170, width=30, height=50, fill="#b8d8e9", stroke="#0072b2", hatch=hatch, radius=6
        )
        outline = (
            ("M", (x + 36, 170.0)),
            ("L", (x + 66, 185.0)),
            ("C", (x + 76, 195.0, x + 76, 200.0, x + 66, 210.0)),
            ("L", (x + 36, 220.0)),
            ("Z", ()),
        )
        slope = Path(segments=outline, fill="#f3d2b8", stroke="#d55e00", hatch=hatch)
        items.append(Group(items=(box, slope), label=hatch, source=f"legend:{hatch}"))
    dashed = Path(
        segments=(("M", (10.0, 235.0)), ("L", (560.0, 235.0))),
        stroke="#23272e",
        dash=(4.0, 2.0),
        stroke_width=1.2,
    )
    items.append(dashed)
    return Scene(width=784, height=248, items=tuple(items), title="Specimen")
