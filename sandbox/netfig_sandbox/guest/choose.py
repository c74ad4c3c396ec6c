"""Which models a run made, in the order of their interest, and what each is called in the paste.

The most interesting is the outermost, then the largest, then the last made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netfig_sandbox.guest.engines import LAYERS, MODELS, SEQUENTIALS, graph_of, sublayers_of
from netfig_sandbox.guest.record import Made, Record

MOST = 40


@dataclass
class Found:
    """A model of the paste, the name it goes by, and whether another found model contains it."""

    made: Made
    variable: str | None
    layers: frozenset[int]
    contained: bool = False

    @property
    def model(self) -> Any:
        return self.made.model


def leaves(layer: Any, seen: set[int] | None = None) -> set[int]:
    """Ids of all layers inside, at any depth."""
    seen = set() if seen is None else seen
    for inner in sublayers_of(layer):
        if id(inner) not in seen:
            seen.add(id(inner))
            leaves(inner, seen)
    return seen


def names_in(scope: Mapping[str, Any]) -> dict[int, str]:
    """The names models are bound to: variables, attributes of objects, items of lists and dicts."""
    found: dict[int, str] = {}
    later: list[tuple[str, Any]] = []
    for name, value in list(scope.items()):
        if name.startswith("__"):
            continue
        if isinstance(value, MODELS):
            found[id(value)] = name
        else:
            later.append((name, value))
    for name, value in later:
        parts: list[tuple[str, Any]] = []
        if type(value) is dict:
            parts = [(f"{name}[{k!r}]", v) for k, v in list(value.items())[:50]]
        elif type(value) in (list, tuple):
            parts = [(f"{name}[{i}]", v) for i, v in enumerate(value[:50])]
        elif type(value).__module__ == scope.get("__name__") and hasattr(value, "__dict__"):
            parts = [(f"{name}.{k}", v) for k, v in list(vars(value).items())[:200]]
        for label, part in parts:
            if isinstance(part, MODELS):
                found.setdefault(id(part), label)
    return found


def models(record: Record, scope: Mapping[str, Any]) -> list[Found]:
    """Every model worth offering, the one to draw first."""
    names = names_in(scope)
    for old, new in record.replaced.items():
        if old in names:
            names[id(new)] = names[old]
    found = []
    for made in record.models.values():
        inside = leaves(made.model)
        if not inside and not isinstance(made.model, SEQUENTIALS):
            continue
        name = names.get(id(made.model))
        if name is None:
            own = [f for f in made.origin.frames if not f[3]]
            name = own[-1][0] if own else None
        found.append(Found(made, name, frozenset(inside)))
    for one in found:
        for other in found:
            if other is one:
                continue
            if id(one.model) in other.layers or (
                one.layers < other.layers and graph_of(one.model) is not None
            ):
                one.contained = True
                break
    # One network made twice over the same layers is offered once, under its last making.
    last: dict[frozenset[int], Found] = {}
    for one in found:
        key = one.layers or frozenset((id(one.model),))
        kept = last.get(key)
        if kept is None or one.variable is not None or kept.variable is None:
            last[key] = one
    ordered = sorted(last.values(), key=lambda f: (f.contained, -_size(f), -f.made.number))
    return ordered[:MOST]


def _size(found: Found) -> int:
    return len(found.layers)


def is_layer_class(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, LAYERS)


def is_model_class(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, MODELS)
