"""The network as it is: layer calls and the tensors between them.

A node is one *call* of a layer, so that a layer shared by two towers is two nodes, and an edge
joins an output port to an input port, so that a tensor used twice by one layer is two edges.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from netfig.errors import InvalidGraph

Scalar = str | int | float | bool | None
Setting = Scalar | tuple["Setting", ...]
"""A layer setting: a scalar or a (nested) tuple of settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """A tensor without its values.

    `shape` holds a size per axis, None where the program leaves it open; `axes` names them, one
    name an axis, out of batch, depth, height, width, time, channels, and "axis" for what has no
    better name. Stages read sizes by name, never by position.
    """

    shape: tuple[int | None, ...]
    axes: tuple[str, ...]
    dtype: str = "float32"

    def size(self, axis: str) -> int | None:
        """The size of the named axis; None when it is open or absent."""
        return self.shape[self.axes.index(axis)] if axis in self.axes else None

    @property
    def spatial(self) -> tuple[int | None, ...]:
        """Sizes of depth, height, width, in that order, of those it has."""
        return tuple(
            self.shape[self.axes.index(a)] for a in ("depth", "height", "width") if a in self.axes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One function on the stack when a layer was called, outermost first.

    `invocation` numbers the calls of functions in one run, so that two layers made by the same
    invocation share the number. `line` is where, in that function, the next inner frame (or the
    layer) was called. `library` marks a frame of an installed package: its line is not of the
    pasted code.
    """

    function: str
    line: int
    invocation: int
    library: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One call of a layer (or of a plain tensor operation).

    `id` is unique in the graph and stable under re-running the same code. `layer` names the layer
    object: calls with the same `layer` share weights. `parameters` and `trainable` count the
    object's weights and stand on every call of it; totals are LayerGraph's. `path` names the nested
    models or attributes it lies in, outermost first. `line` is the line of the paste that made the
    call, 1-based, None when unknown.
    """

    id: str
    layer: str
    type: str
    name: str
    module: str = ""
    config: Mapping[str, Setting] = field(default_factory=lambda: MappingProxyType({}))
    inputs: tuple[Tensor, ...] = ()
    outputs: tuple[Tensor, ...] = ()
    parameters: int = 0
    trainable: int = 0
    path: tuple[str, ...] = ()
    stack: tuple[Frame, ...] = ()
    line: int | None = None
    operation: bool = False
    custom: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One tensor from an output port to an input port."""

    source: str
    target: str
    source_port: int = 0
    target_port: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerGraph:
    """A network: its calls in the order in which data can flow through them, and its edges.

    Raises InvalidGraph when an id is used twice, an edge names an unknown call or port, or the
    order contradicts an edge. Recurrence lies inside a layer, never in the edges.
    """

    name: str
    layers: tuple[Layer, ...]
    edges: tuple[Edge, ...]
    parameters: int
    trainable: int
    outputs: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        place = {layer.id: i for i, layer in enumerate(self.layers)}
        if len(place) != len(self.layers):
            raise InvalidGraph("two layer calls share one id")
        for edge in self.edges:
            if edge.source not in place or edge.target not in place:
                raise InvalidGraph(f"edge {edge.source} to {edge.target} names an unknown call")
            if place[edge.source] >= place[edge.target]:
                raise InvalidGraph(f"edge {edge.source} to {edge.target} runs backwards")
