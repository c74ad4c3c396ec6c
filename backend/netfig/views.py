"""What the page tells about each glyph: where it is, what it stands for, its facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from netfig.fitting import Draft
from netfig.model.geometry import Box
from netfig.model.graph import Layer, LayerGraph
from netfig.model.grouped import Node
from netfig.styles import wording
from netfig.styles.appearance import Glyph
from netfig.styles.caption import shape
from netfig.styles.glyphs.draw import Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeView:
    """A glyph as the page shows and edits it: where it is and what it stands for."""

    id: str
    kind: str
    title: str
    type: str
    detail: tuple[str, ...]
    box: Box
    layers: tuple[str, ...]
    lines: tuple[int, ...]
    group: str | None
    group_kind: str | None
    repeat: int
    fill: str
    look: str


def views(graph: LayerGraph, draft: Draft, drawn: Drawn) -> tuple[NodeView, ...]:
    """The views of the glyphs shown, in the order of the data flow."""
    layers = {layer.id: layer for layer in graph.layers}
    shown = []
    for node in draft.grouped.nodes:
        glyph = draft.glyphs[node.id]
        lines = tuple(sorted({line for i in node.layers if (line := layers[i].line) is not None}))
        shown.append(
            NodeView(
                id=node.id,
                kind=node.kind,
                title=_title(node, glyph),
                type=layers[node.main].type if node.kind == "layer" else glyph.phrase,
                detail=_detail(node, layers),
                box=drawn.boxes[node.id],
                layers=node.layers,
                lines=lines,
                group=node.group,
                group_kind=node.group_kind,
                repeat=node.repeat,
                fill=glyph.strong,
                look=glyph.key,
            )
        )
    return tuple(shown)


def _title(node: Node, glyph: Glyph) -> str:
    return f"{glyph.phrase} {glyph.note}".strip() if node.kind == "group" else glyph.name


def _detail(node: Node, layers: Mapping[str, Layer]) -> tuple[str, ...]:
    """The lines of a tooltip: shapes and parameters."""
    way_in = " + ".join(shape(t.shape[1:]) for t in node.inputs)
    way_out = ", ".join(shape(t.shape[1:]) for t in node.outputs)
    weights: dict[str, int] = {}
    for i in node.layers:
        weights[layers[i].layer] = layers[i].parameters
    total = sum(weights.values())
    shapes = f"{way_in} → {way_out}" if way_in else way_out
    count = f"{wording.count(total)} parameters" if total else "no parameters"
    return (
        (shapes, count) if node.kind == "layer" else (shapes, count, f"{len(node.layers)} layers")
    )
