"""What kinds of blocks are called."""

import re
from collections.abc import Mapping, Sequence

from netfig.grouping.fusing import MERGES
from netfig.grouping.hierarchy import Block
from netfig.grouping.order import Wiring
from netfig.model.graph import Layer


def words(name: str) -> str:
    """An identifier as words: `_ResidualBlock_v1` gives "residual block"."""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    name = re.sub(r"(_fn|_v\d+|_\d+)+$", "", name.strip("_"))
    return " ".join(w for w in name.split("_") if w) or "block"


def kind_labels(
    layers: Sequence[Layer], wires: Wiring, blocks: Sequence[Block]
) -> Mapping[str, str]:
    """A label for each kind; kinds that would share one are told apart by their structure."""
    first: dict[str, Block] = {}
    for block in blocks:
        if block.kind not in first or block.repeat < first[block.kind].repeat:
            first[block.kind] = block
    base = {k: words(b.label) if b.label else "block" for k, b in first.items()}
    shared: dict[str, list[str]] = {}
    for kind, label in base.items():
        shared.setdefault(label, []).append(kind)
    labels: dict[str, str] = {}
    for label, kinds in shared.items():
        if len(kinds) == 1:
            labels[kinds[0]] = label
            continue
        marks = [_shortcut(layers, wires, first[k].members) for k in kinds]
        if len(set(marks)) < len(kinds):
            marks = [f"{m} {chr(65 + n % 26)}{n // 26 or ''}".strip() for n, m in enumerate(marks)]
        for kind, mark in zip(kinds, marks, strict=True):
            labels[kind] = f"{label}, {mark}" if mark else label
    return labels


def _shortcut(layers: Sequence[Layer], wires: Wiring, members: Sequence[int]) -> str:
    """ "identity" or "projection" after the short way into the block's last merge, "" without."""
    inside = set(members)
    for i in reversed(members):
        if layers[i].type in MERGES:
            straight = any(s not in inside for s in wires.before[i])
            return "identity" if straight else "projection"
    return "plain"
