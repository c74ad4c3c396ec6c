"""The same items elsewhere, or larger."""

from dataclasses import replace

from netfig.model.scene import Group, Item, Path, Rect


def moved(item: Item, dx: float, dy: float) -> Item:
    """The same item elsewhere."""
    if isinstance(item, Path):
        segments = tuple(
            (op, tuple(v + (dy if i % 2 else dx) for i, v in enumerate(values)))
            for op, values in item.segments
        )
        return replace(item, segments=segments)
    if isinstance(item, Group):
        return replace(item, items=tuple(moved(i, dx, dy) for i in item.items))
    return replace(item, x=item.x + dx, y=item.y + dy)


def larger(item: Item, by: float) -> Item:
    """The item `by` times as large about the page's corner: lengths, lines and text."""
    if isinstance(item, Group):
        return replace(item, items=tuple(larger(i, by) for i in item.items))
    if isinstance(item, Path):
        segments = tuple((op, tuple(v * by for v in values)) for op, values in item.segments)
        return replace(
            item,
            segments=segments,
            stroke_width=item.stroke_width * by,
            dash=tuple(v * by for v in item.dash),
        )
    if isinstance(item, Rect):
        return replace(
            item,
            x=item.x * by,
            y=item.y * by,
            width=item.width * by,
            height=item.height * by,
            radius=item.radius * by,
            stroke_width=item.stroke_width * by,
            dash=tuple(v * by for v in item.dash),
        )
    return replace(
        item,
        x=item.x * by,
        y=item.y * by,
        size=round(item.size * by, 6),
        width=item.width * by,
    )
