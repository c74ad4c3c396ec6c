"""Which models a run made, in the order of their interest, and what each is called in the paste.

The most interesting is the outermost, then the largest (by layers, then by weights), then the last
made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from netfig_sandbox.guest.engines import LAYERS, MODELS, SEQUENTIALS, sublayers_of
from netfig_sandbox.guest.record import Made, Record

MOST = 40


@dataclass
class Found:
    """A model of the paste, the name it goes by, and whether another found model contains it."""

    made: Made
    variable: str | None
    layers: frozenset[int] = frozenset()
    opened: frozenset[int] = frozenset()
    weights: int = 0
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
            found.setdefault(id(value), name)
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
    """Every model that was made, in the order of making, with the name it goes by."""
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
        found.append(Found(made, name))
    return found[-MOST:]


def ordered(found: list[Found]) -> list[Found]:
    """The models in the order of their interest, from what their networks hold (`layers`)."""
    for one in found:
        one.contained = any(_within(one, other) for other in found if other is not one)
    # One network made twice over the same layers is offered once, under its last making.
    last: dict[frozenset[int], Found] = {}
    for one in found:
        kept = last.get(one.layers)
        if kept is None or one.variable is not None or kept.variable is None:
            last[one.layers] = one
    return sorted(
        last.values(), key=lambda f: (f.contained, -len(f.layers), -f.weights, -f.made.number)
    )


def _within(one: Found, other: Found) -> bool:
    if id(one.model) in other.opened:
        return True
    # A model of a library of which the program made one of its own.
    ours, theirs = _by_library(other), _by_library(one)
    if theirs != ours and one.layers & other.layers:
        return theirs
    return one.layers < other.layers


def _by_library(found: Found) -> bool:
    return any(library for _, _, _, library in found.made.origin.frames)


def is_layer_class(value: Any) -> bool:
    """Whether a value is a class of layers, of either engine."""
    return isinstance(value, type) and issubclass(value, LAYERS)


def is_model_class(value: Any) -> bool:
    """Whether a value is a class of models, of either engine."""
    return isinstance(value, type) and issubclass(value, MODELS)
