"""A scene as lines of text, one item a line: what a golden file holds and a diff shows."""

import json
from dataclasses import asdict

from netfig.model.scene import Group, Item, Scene


def written(scene: Scene) -> str:
    """The scene, numbers to a hundredth of a point."""
    head = {"width": scene.width, "height": scene.height, "title": scene.title}
    lines = [_line(head)]
    _items(scene.items, 0, lines)
    return "\n".join(lines) + "\n"


def _items(items: tuple[Item, ...], depth: int, lines: list[str]) -> None:
    for item in items:
        fields = asdict(item)
        if isinstance(item, Group):
            del fields["items"]
        kind = type(item).__name__.lower()
        kept = {k: v for k, v in fields.items() if v not in ("", (), None, False)}
        lines.append("  " * depth + kind + " " + _line(kept))
        if isinstance(item, Group):
            _items(item.items, depth + 1, lines)


def _line(value: object) -> str:
    return json.dumps(_rounded(value), ensure_ascii=False)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 2) + 0.0
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(v) for v in value]
    return value
