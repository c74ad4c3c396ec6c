"""What each node is drawn as: its shape, colours, bands, and the words that go with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from netfig.model.graph import Layer, LayerGraph, Tensor
from netfig.model.grouped import GroupedGraph, Kind, Node
from netfig.model.scene import Hatch
from netfig.model.spec import FigureSpec, Look
from netfig.styles import wording
from netfig.styles.colour import mix
from netfig.styles.families import family
from netfig.styles.palettes import PALETTES, Palette
from netfig.styles.tensors import View, view

SYMBOLS: Mapping[str, str] = {
    "add": "+",
    "subtract": "-",
    "multiply": "x",
    "concatenate": "||",
    "concat": "||",
    "stack": "||",
    "average": "avg",
    "maximum": "max",
    "minimum": "min",
    "dot": ".",
    "matmul": ".",
    "divide": "/",
    "truedivide": "/",
    "true_divide": "/",
    "einsum": ".",
}
"""Operations drawn as a small circle, by lower-case type, and the mark in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A modifier fused onto a glyph, or an activation that is a setting of its layer."""

    phrase: str
    family: str
    fill: str
    hatch: Hatch = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """How one node is drawn, before sizes.

    `shape` is "grid" (a box or trapezoid), "bar" (flat), "operator" (a circle) or "group".
    `key` names what a change of colour applies to: "type:Conv2D" or "kind:ID". `start` and `end`
    are what enters and leaves. `kernel` is text for inside. `note` is the ×n.
    """

    node: Node
    shape: str
    key: str
    phrase: str
    strong: str
    hatch: Hatch = "none"
    bands: tuple[Band, ...] = ()
    kernel: str = ""
    start: View
    end: View
    symbol: str = ""
    note: str = ""
    name: str = ""
    loop: bool = False
    unknown: bool = False


class Wardrobe:
    """Gives every node its glyph; one for a whole figure, so that equal types look equal."""

    def __init__(self, graph: LayerGraph, grouped: GroupedGraph, spec: FigureSpec) -> None:
        self.graph = graph
        self.layers: dict[str, Layer] = {layer.id: layer for layer in graph.layers}
        self.spec = spec
        self.palette: Palette = PALETTES[spec.palette]
        self.kinds: dict[str, Kind] = {kind.id: kind for kind in grouped.kinds}
        self._type_colours = self._colours_of_types(grouped)
        self._kind_colours = {
            kind.id: _cycled(self.palette.groups, i) for i, kind in enumerate(grouped.kinds)
        }

    def _colours_of_types(self, grouped: GroupedGraph) -> dict[str, tuple[str, Hatch]]:
        """The family's colour; further types of one family are hatched, or shifted in lightness
        where the palette has no hatches, so that they can be told apart without colour."""
        seen: dict[str, list[str]] = {}
        nodes = [*grouped.nodes, *(n for kind in grouped.kinds for n in kind.inside_nodes)]
        for node in nodes:
            if node.kind == "layer":
                layer = self.layers[node.main]
                types = seen.setdefault(family(layer.type), [])
                kin = _kin(layer)
                if kin not in types:
                    types.append(kin)
        shown: dict[str, tuple[str, Hatch]] = {}
        for name, types in seen.items():
            strong = self.palette.colour(name)
            hatch: Hatch = self.palette.hatch(name)
            for i, kin in enumerate(types):
                if i and self.palette.hatches:
                    shown[kin] = (strong, _EXTRA[(i - 1) % len(_EXTRA)])
                else:
                    shade = mix(strong, "#000000", 0.35) if i % 2 else strong
                    shown[kin] = (mix(shade, "#ffffff", 0.25 * (i // 2 % 2)), hatch)
        return shown

    def glyph(self, node: Node) -> Glyph:
        """How a node is drawn."""
        return self._group(node) if node.kind == "group" else self._layer(node)

    def _group(self, node: Node) -> Glyph:
        kind = self.kinds.get(node.group_kind or "")
        look = _merged(
            self.spec.kinds.get(node.group_kind or ""), self.spec.groups.get(node.group or "")
        )
        start, end = _first(node.inputs), _first(node.outputs[-1:])
        return Glyph(
            node=node,
            shape="group",
            key=f"kind:{node.group_kind}",
            phrase=look.label or (kind.label if kind else "group"),
            strong=look.fill or self._kind_colours.get(node.group_kind or "", "#56649e"),
            start=view(start if start is not None else end),
            end=view(end),
            note=f"×{node.repeat}" if node.repeat > 1 else "",
            name=look.label or "",
            unknown=view(end).open,
        )

    def _layer(self, node: Node) -> Glyph:
        layer = self.layers[node.main]
        kin, same = family(layer.type), _kin(layer)
        of_type = self.spec.types.get(layer.type, Look())
        own = self.spec.layers.get(layer.id, Look())
        strong, hatch = self._type_colours.get(same, (self.palette.colour(kin), "none"))
        strong = own.fill or of_type.fill or strong
        start, end = view(_widest(node.inputs)), view(_first(node.outputs))
        symbol = SYMBOLS.get(layer.type.lower(), "") if len(layer.inputs) > 1 else ""
        if not node.inputs:
            start = end
        flat = start.shape == "flat" and end.shape == "flat"
        return Glyph(
            node=node,
            shape="operator" if symbol else "bar" if flat else "grid",
            key=f"type:{layer.type}",
            phrase=of_type.label or same,
            strong=strong,
            hatch=hatch,
            bands=self._bands(node, layer, strong),
            kernel=wording.kernel(layer),
            start=start,
            end=end,
            symbol=symbol,
            name=own.label or layer.name,
            loop=family(layer.type) == "recurrent",
            unknown=end.open,
        )

    def _bands(self, node: Node, layer: Layer, strong: str) -> tuple[Band, ...]:
        bands = []
        phrase = wording.activation(layer) if layer.type != "Activation" else ""
        if phrase and family(layer.type) != "activation":
            bands.append(self._band(phrase, "activation", strong))
        for band in node.bands:
            modifier = self.layers[band]
            look = self.spec.types.get(modifier.type, Look())
            name = look.label or wording.phrase(modifier)
            bands.append(self._band(name, family(modifier.type), strong, look.fill))
        return tuple(bands)

    def _band(self, phrase: str, kin: str, strong: str, fill: str | None = None) -> Band:
        white = {"activation": 0.25, "normalisation": 0.5}.get(kin, 0.62)
        return Band(phrase=phrase, family=kin, fill=fill or mix(strong, "#ffffff", white))


_EXTRA: Sequence[Hatch] = ("rising", "falling", "cross", "dots", "horizontal", "vertical")


def _cycled(colours: Sequence[str], index: int) -> str:
    """The series of colours, darker in its second round and lighter in its third."""
    around, place = divmod(index, len(colours))
    shade = ("#000000", 0.35 * around) if around % 2 else ("#ffffff", 0.2 * around)
    return mix(colours[place], shade[0], min(0.6, shade[1]))


def _kin(layer: Layer) -> str:
    """Types that differ in their number of axes alone look alike."""
    return wording.phrase(layer) if not layer.custom else layer.type


def _first(tensors: Sequence[Tensor]) -> Tensor | None:
    return tensors[0] if tensors else None


def _widest(tensors: Sequence[Tensor]) -> Tensor | None:
    """The input that a glyph's left edge shows: the one with the largest extent."""
    if len(tensors) < 2:
        return _first(tensors)
    return max(tensors, key=lambda t: view(t).extent or 0.0)


def _merged(*looks: Look | None) -> Look:
    """The looks over one another, the last on top."""
    merged = Look()
    for look in looks:
        if look is not None:
            changes = {
                name: value
                for name in ("fill", "label", "hidden", "nudge")
                if (value := getattr(look, name)) is not None
            }
            merged = replace(merged, **changes)
    return merged
