"""The network between Keras and the wire: calls, where each of their inputs comes from.

Made by `walk` and `trace`, read by `dump`. It must not know JSON.
"""

from dataclasses import dataclass, field
from typing import Any

from netfig_sandbox.guest.provenance import NOWHERE, Origin


@dataclass(frozen=True, slots=True)
class Spec:
    """A tensor without values."""

    shape: tuple[int | None, ...]
    dtype: str = "float32"


@dataclass(eq=False)
class Call:
    """One application of a layer or operation. `sources[i]` is what enters port i.

    `layer` is the object (None for an operation of TensorFlow itself), `kind` the class as it is
    shown, `carried` weights that belong to no layer of their own but are used here.
    """

    layer: Any
    kind: str
    module: str
    name: str
    path: tuple[str, ...]
    origin: Origin = NOWHERE
    sources: list["Source | None"] = field(default_factory=list)
    inputs: list[Spec] = field(default_factory=list)
    outputs: list[Spec] = field(default_factory=list)
    operation: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    carried: list[Any] = field(default_factory=list)


Source = tuple[Call, int]
"""An output port of a call."""


@dataclass
class Network:
    """Calls in an order in which every edge runs forwards, and the sources of the outputs."""

    calls: list[Call] = field(default_factory=list)
    outputs: list[Source] = field(default_factory=list)
    opened: set[int] = field(default_factory=set)


def spec_of(tensor: Any) -> Spec:
    """Shape and dtype of a tensor of either Keras, of TensorFlow or numpy."""
    try:
        shape = tuple(None if d is None else int(d) for d in tensor.shape)
    except (TypeError, ValueError, AttributeError):
        shape = ()
    dtype = getattr(tensor, "dtype", "float32")
    name = getattr(dtype, "name", None)
    kind = str(name if name is not None else dtype)[:32]
    return Spec(shape, "string" if kind.startswith(("str", "<U", "bytes", "object")) else kind)
