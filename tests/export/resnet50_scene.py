"""The figure of a ResNet50 put down by hand: what a page looks like that a style has finished."""

from itertools import pairwise

from netfig.model.scene import Group, Item, Path, Rect, Scene, Segment, Text
from netfig.text.ruler import width

INK, GREY = "#23272e", "#5b6470"
BLUE, ORANGE, GREEN, INDIGO, VIOLET = "#0072b2", "#d55e00", "#009e73", "#56649e", "#8b6fb3"
LIGHT = {
    "#8a929c": "#dee0e3",
    BLUE: "#b8d8e9",
    ORANGE: "#f3d2b8",
    GREEN: "#b8e4d8",
    INDIGO: "#d0d4e4",
    VIOLET: "#dfd7ea",
}
AXIS = 62.0


def text(string: str, x: float, y: float, **changes: object) -> Text:
    style: dict[str, object] = {"size": 7.0, "anchor": "middle", **changes}
    measure = width(string, size=float(str(style["size"])), bold=bool(style.get("bold")))
    return Text(x=x, y=y, string=string, width=measure, **style)  # type: ignore[arg-type]


def polygon(points: list[tuple[float, float]]) -> tuple[Segment, ...]:
    return (("M", points[0]), *(("L", point) for point in points[1:]), ("Z", ()))


def slab(x: float, w: float, start: float, end: float, inset: float = 0.0) -> tuple[Segment, ...]:
    def half(at: float) -> float:
        return (start + (end - start) * (at - x) / w) / 2 - inset

    left, right = x + inset, x + w - inset
    return polygon(
        [
            (left, AXIS - half(left)),
            (right, AXIS - half(right)),
            (right, AXIS + half(right)),
            (left, AXIS + half(left)),
        ]
    )


def arrow(x: float, end: float, y: float = AXIS) -> tuple[Item, ...]:
    line = Path(segments=(("M", (x, y)), ("L", (end - 1, y))), stroke=INK)
    points = [(end, y), (end - 3.8, y - 1.6), (end - 2.8, y), (end - 3.8, y + 1.6)]
    return line, Path(segments=polygon(points), fill=INK)


# name, x, width, height in and out, colour, below, above
GLYPHS = [
    ("input", 10.0, 9.0, 90.0, 90.0, "#8a929c", "3", ""),
    ("conv1", 31.6, 21.66, 90.0, 75.0, BLUE, "64", ""),
    ("pool1", 65.84, 21.66, 75.0, 60.0, ORANGE, "64", ""),
    ("conv2_block1", 100.1, 27.4, 60.0, 60.0, INDIGO, "256", ""),
    ("conv2_block2", 140.1, 27.4, 60.0, 60.0, VIOLET, "256", "×2"),
    ("conv3_block1", 180.1, 30.26, 60.0, 45.0, INDIGO, "512", ""),
    ("conv3_block2", 222.9, 30.26, 45.0, 45.0, VIOLET, "512", "×3"),
    ("conv4_block1", 265.8, 33.13, 45.0, 30.0, INDIGO, "1024", ""),
    ("conv4_block2", 311.5, 33.13, 30.0, 30.0, VIOLET, "1024", "×5"),
    ("conv5_block1", 357.2, 36.0, 30.0, 15.0, INDIGO, "2048", ""),
    ("conv5_block2", 405.8, 36.0, 15.0, 15.0, VIOLET, "2048", "×2"),
    ("avg_pool", 454.4, 9.0, 15.0, 9.0, ORANGE, "2048", ""),
]
EXTENTS = {"conv1": "112²", "pool1": "56²", "conv3_block1": "28²", "conv4_block1": "14²"}
KERNELS = {"conv1": "7×7", "pool1": "3×3"}


def glyph(index: int) -> Group:
    name, x, w, start, end, colour, below, above = GLYPHS[index]
    items: list[Item] = [
        Path(segments=slab(x, w, start, end), fill=LIGHT[colour], stroke=colour),
    ]
    if colour in (INDIGO, VIOLET):
        inner = slab(x, w, start, end, inset=2.2)
        items.append(Path(segments=inner, stroke=colour, stroke_width=0.5))
    if name == "conv1":
        band = slab(x + w - 2.6, 2.6, start - (start - end) * (w - 2.6) / w, end)
        items.append(Path(segments=band, fill="#4095c5", stroke=colour, stroke_width=0.5))
    middle = x + w / 2
    items.append(text(below, middle, AXIS + max(start, end) / 2 + 9, fill=INK))
    if above:
        items.append(text(above, middle, AXIS - start / 2 - 4, size=8.0, bold=True, fill=colour))
    if name in EXTENTS:
        items.append(text(EXTENTS[name], x + w - 3, AXIS - end / 2 - 4, anchor="start", fill=GREY))
    if name in KERNELS:
        items.append(text(KERNELS[name], middle, AXIS + 2.4))
    return Group(items=tuple(items), label=name, source=f"node:{name}")


def legend() -> Group:
    items: list[Item] = []
    x = 10.0
    for key, colour in (("Conv + BN + ReLU", BLUE), ("Pooling", ORANGE)):
        items.append(
            Rect(x=x, y=130, width=9, height=18, fill=LIGHT[colour], stroke=colour, radius=0)
        )
        items.append(text(key, x + 13, 141.5, anchor="start"))
        x += 13 + width(key, size=7) + 9
    items.append(Rect(x=x, y=130, width=7, height=18, radius=3.5, fill=LIGHT[GREEN], stroke=GREEN))
    items.append(text("Dense", x + 13, 141.5, anchor="start"))
    return Group(items=tuple(items), label="legend", source="legend:all")


def resnet50() -> Scene:
    items: list[Item] = [glyph(i) for i in range(len(GLYPHS))]
    for before, after in pairwise(GLYPHS):
        source = f"link:{before[0]}>{after[0]}"
        items.append(Group(items=arrow(before[1] + before[2] + 0.4, after[1]), source=source))
    items.append(Group(items=arrow(463.8, 476.0), source="link:avg_pool>predictions"))
    dense = Rect(x=476, y=39, width=9, height=46, radius=4.5, fill=LIGHT[GREEN], stroke=GREEN)
    items.append(
        Group(
            items=(dense, text("1000", 480.5, 94)), label="predictions", source="node:predictions"
        )
    )
    items.append(text("224²", 14.5, 13, fill=GREY))
    items.append(legend())
    return Scene(
        width=495.0,
        height=170.0,
        items=tuple(items),
        title="ResNet50",
        description="A residual network of 50 layers & its legend, <drawn> by hand.",
    )
