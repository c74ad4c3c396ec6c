"""The caption and the description of a figure, made from the network's own facts."""

import re
from collections.abc import Iterable
from functools import lru_cache

from netfig.model.graph import LayerGraph, Tensor
from netfig.model.spec import FigureSpec
from netfig.styles import wording
from netfig.styles.tensors import view

_MADE_UP = re.compile(r"(model|functional|sequential)(_\d+)?", re.IGNORECASE)
"""Names that Keras gives where the author gave none."""

_SCALES = {"log2": "logarithmic", "sqrt": "square-root", "linear": "linear"}


def caption(graph: LayerGraph, spec: FigureSpec, blocks: Iterable[tuple[str, int]]) -> str:
    """What stands below the figure: the user's own words, else the facts.

    `blocks` are the folded blocks in the figure as (name, times in a row).
    """
    if spec.caption:
        return spec.caption
    name = spec.title or graph.name
    subject = "The network" if _MADE_UP.fullmatch(name) else name
    parts = [f"Architecture of {subject}: {_facts(graph)}.".replace("of The", "of the")]
    counts: dict[str, int] = {}
    for block, times in blocks:
        counts[block] = counts.get(block, 0) + times
    if counts:
        said = "; ".join(f"{block} ×{n}" if n > 1 else block for block, n in counts.items())
        parts.append(f"Blocks: {said}.")
    return " ".join(parts + _scales(graph, spec))


def description(graph: LayerGraph, spec: FigureSpec, blocks: Iterable[tuple[str, int]]) -> str:
    """The figure in words, for who does not see it: what it is, then its caption."""
    said = caption(graph, spec, blocks)
    return said if spec.caption else f"Diagram of a neural network. {said}"


def _facts(graph: LayerGraph) -> str:
    layers = {layer.id: layer for layer in graph.layers}
    enter = [t for layer in graph.layers if not layer.inputs for t in layer.outputs[:1]]
    leave = [layers[i].outputs[port] for i, port in graph.outputs if port < len(layers[i].outputs)]
    parts = [
        _number(len(graph.layers), "layer"),
        _number(graph.parameters, "parameter"),
        *_shapes("input", enter),
        *_shapes("output", leave),
    ]
    return ", ".join(parts)


def _number(number: int, thing: str) -> str:
    return f"{wording.count(number)} {thing}{'' if number == 1 else 's'}"


def _shapes(end: str, tensors: list[Tensor]) -> list[str]:
    """ "input 224×224×3", "outputs 1, 5 and 2"; nothing where there is no end."""
    said = [shape(tensor.shape[1:]) for tensor in tensors]
    if len(said) > 4:
        return [f"{len(said)} {end}s"]
    if len(said) > 1:
        return [f"{end}s {', '.join(said[:-1])} and {said[-1]}"]
    return [f"{end} {only}" for only in said]


@lru_cache(maxsize=4096)
def shape(sizes: tuple[int | None, ...]) -> str:
    """Sizes for readers: "224×224×3", "?" for an unknown one."""
    return "×".join("?" if size is None else str(size) for size in sizes) or "scalar"


def _scales(graph: LayerGraph, spec: FigureSpec) -> list[str]:
    """What the glyphs' sizes stand for, where there is an extent to be seen."""
    if not any(t.spatial and view(t).extent for layer in graph.layers for t in layer.outputs):
        return []
    across, along = ("width", "height") if spec.page.direction == "down" else ("height", "width")
    said = []
    if spec.scale.height in _SCALES:
        said.append(f"The {across} of a glyph shows the spatial extent")
    if spec.scale.width in _SCALES:
        start = f"its {along}" if said else f"The {along} of a glyph shows"
        said.append(f"{start} the number of channels")
    if not said:
        return []
    scales = list(
        dict.fromkeys(_SCALES[s] for s in (spec.scale.height, spec.scale.width) if s in _SCALES)
    )
    return [f"{', '.join(said)} ({' and '.join(scales)} scale{'s' * (len(scales) > 1)})."]
