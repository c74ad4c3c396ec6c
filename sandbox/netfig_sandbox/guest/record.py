"""What happened while the paste ran, written down as it happens.

One Record a run; the hooks in `hooks` write it and `dump` reads it. It must not know either Keras.
"""

from dataclasses import dataclass, field
from typing import Any

from netfig_sandbox.guest.provenance import NOWHERE, Origin, Provenance


@dataclass
class Seen:
    """A call of a layer on symbolic tensors: its graph node, when and where it was made."""

    node: Any
    number: int
    origin: Origin


@dataclass
class Made:
    """A model: when and where it was made, and what it was called or trained with."""

    model: Any
    number: int
    origin: Origin
    fed: list[Any] = field(default_factory=list)


@dataclass
class Record:
    """Everything noted in one run. Objects are kept alive, so that their ids stay theirs."""

    provenance: Provenance = field(default_factory=Provenance)
    nodes: dict[int, Seen] = field(default_factory=dict)
    layers: dict[int, tuple[Any, Origin]] = field(default_factory=dict)
    stacked: set[int] = field(default_factory=set)
    models: dict[int, Made] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    clones: int = 0
    sequential: int = 0
    count: int = 0
    trained: int = 0
    quiet: bool = False
    lacking: int = 0
    guessed: set[int] = field(default_factory=set)
    masking: int = 0
    masks: set[int] = field(default_factory=set)
    unmade: list[str] = field(default_factory=list)
    replaced: dict[int, Any] = field(default_factory=dict)

    def node(self, node: Any, operation: Any) -> None:
        """Notes a call. A graph cloned by Keras keeps the origin of what it was cloned from."""
        self.count += 1
        origin = None
        if self.clones:
            for older in operation._inbound_nodes:
                seen = self.nodes.get(id(older))
                if seen is not None and older is not node:
                    origin = seen.origin
                    if id(older) in self.masks:
                        self.masks.add(id(node))
                    break
        if origin is None:
            origin = self.provenance.here(3)
        self.nodes[id(node)] = Seen(node, self.count, origin)
        if self.masking:
            self.masks.add(id(node))

    def layer(self, layer: Any) -> None:
        """Notes that a layer object was made."""
        if id(layer) not in self.layers:
            self.layers[id(layer)] = (layer, self.provenance.here(3))

    def model(self, model: Any) -> Made:
        """Notes that a model was made; a second note of the same model is not one."""
        made = self.models.get(id(model))
        if made is None and self.quiet:
            return Made(model, 0, NOWHERE)
        if made is None:
            self.count += 1
            made = Made(model, self.count, self.provenance.here(3))
            self.models[id(model)] = made
        return made

    def origin_of_node(self, node: Any) -> Origin:
        seen = self.nodes.get(id(node))
        return NOWHERE if seen is None else seen.origin

    def origin_of_layer(self, layer: Any) -> Origin:
        known = self.layers.get(id(layer))
        return NOWHERE if known is None else known[1]

    def warn(self, code: str, message: str, line: int | None = None) -> None:
        """Adds a warning once."""
        entry = {"code": code, "message": message, "line": line}
        if entry not in self.warnings and len(self.warnings) < 100:
            self.warnings.append(entry)


class Current:
    """Holder of the run's record: hooks are installed once, records come and go."""

    record: Record | None = None


CURRENT = Current()
