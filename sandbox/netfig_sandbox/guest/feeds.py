"""What to feed a model that declares no input: what it was given in the paste, else a guess.

Gives structures of Specs, the likeliest first. It must not build anything.
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from netfig_sandbox.guest.engines import MODELS, flatten, graph_of, sublayers_of
from netfig_sandbox.guest.inert import Guess, is_inert
from netfig_sandbox.guest.network import Spec, spec_of
from netfig_sandbox.guest.opaque import TRANSFORMER
from netfig_sandbox.guest.record import Made

_IMAGES = ((224, 224), (128, 128), (64, 64), (32, 32), (28, 28))
_CHANNELS = (3, 1)
_MOST_DEEP = 6


def declared(options: dict[str, Any], model: Any) -> list[Any]:
    """Shapes the user gave for this model, by its name or its class."""
    shapes = options.get("input_shapes")
    if not isinstance(shapes, dict):
        return []
    given = shapes.get(model.name, shapes.get(type(model).__name__))
    if not isinstance(given, list | tuple) or not given:
        return []
    kind = _dtype(model)
    if isinstance(given[0], list | tuple):
        return [[Spec(_sizes(shape), kind) for shape in given]]
    return [Spec(_sizes(given), kind)]


def _sizes(shape: Any) -> tuple[int | None, ...]:
    sizes = tuple(None if s is None or int(s) <= 0 else int(s) for s in shape)
    return sizes if sizes[:1] == (None,) else (None, *sizes)


def seen(made: Made) -> list[Any]:
    """What the model was called, trained or built with, as far as it is known."""
    found = [fed for fed in made.fed if None not in flatten(fed)]
    built = getattr(made.model, "_build_input_shape", None)
    if built is None:
        shapes = getattr(made.model, "_build_shapes_dict", None)
        if isinstance(shapes, dict) and len(shapes) == 1:
            built = next(iter(shapes.values()))
    if built is not None:
        spec = _from_shape(built, _dtype(made.model))
        if spec is not None:
            found.append(spec)
    return found


def reshaped(made: Made) -> list[Any]:
    """What the model was called with, as many parts as there were, each of a usual shape: data
    that is not here has parts, and sizes that nobody can know."""
    specs = [spec for spec in _usual(made.model) if isinstance(spec, Spec)][:2]
    several = [fed for fed in made.fed if not isinstance(fed, Spec) and len(flatten(fed)) > 1]
    return [_with(fed, spec) for fed in several for spec in specs]


def _with(fed: Any, spec: Spec) -> Any:
    if fed is None or isinstance(fed, Spec):
        return spec
    if isinstance(fed, dict):
        return {name: _with(part, spec) for name, part in fed.items()}
    if isinstance(fed, list | tuple):
        return type(fed)(_with(part, spec) for part in fed)
    return fed


def uncertain(fed: Any) -> bool:
    """True where a size of what is fed is a guess itself."""
    return any(
        isinstance(size, Guess)
        for spec in flatten(fed) if isinstance(spec, Spec) for size in spec.shape
    )  # fmt: skip


def _from_shape(shape: Any, dtype: str) -> Any:
    if isinstance(shape, dict):
        return {k: _from_shape(v, dtype) for k, v in shape.items()}
    try:
        parts = list(shape)
    except TypeError:
        return None
    if parts and all(isinstance(p, list | tuple) for p in parts):
        return [_from_shape(p, dtype) for p in parts]
    try:
        sizes = [p if p is None or isinstance(p, Guess) else int(p) for p in parts]
    except (TypeError, ValueError):
        return None
    return Spec((None, *sizes[1:]), dtype) if sizes else None


def _inner(layer: Any, depth: int = 0) -> Iterator[Any]:
    for part in sublayers_of(layer):
        yield part
        if depth < _MOST_DEEP:
            yield from _inner(part, depth + 1)


def _first(layer: Any) -> str:
    """The class of the first layer inside that says what it wants."""
    for part in _inner(layer):
        name = type(part).__name__
        if getattr(part, "netfig_opaque", False):
            if name == "KerasLayer":
                return name
            if TRANSFORMER.search(name):
                return "Embedding"
        if name.startswith(("Conv", "SeparableConv", "DepthwiseConv", "Embedding", "Dense", "LSTM",
                            "GRU", "Bidirectional", "SimpleRNN", "MultiHeadAttention", "RNN",
                            "TextVectorization", "Resizing", "Rescaling",
                            "TimeDistributed")):  # fmt: skip
            return name
    return ""


def _dtype(layer: Any) -> str:
    first = _first(layer)
    if first in ("TextVectorization", "KerasLayer"):
        return "string"
    return "int32" if first == "Embedding" else "float32"


_DATA = re.compile(r"^(x|X|inputs?|images?|data|features|sample|batch)(_|$)|^(x|X)(train|test)|"
                   r"train_?(x|X|images?|data|features|ds|dataset|input)|^dataset$")  # fmt: skip


def in_scope(scope: Mapping[str, Any], model: Any) -> list[Any]:
    """What the program's own data, by their names inputs, would feed a model."""
    found = []
    for name, value in list(scope.items()):
        if not _DATA.search(name) or is_inert(value):
            continue
        spec = getattr(value, "element_spec", None)
        if isinstance(spec, tuple) and spec:
            spec = spec[0]
        shape = getattr(spec if spec is not None else value, "shape", None)
        try:
            sizes = tuple(shape) if shape is not None else ()
            if len(sizes) >= 2:
                found.append(Spec((None, *(None if s is None else int(s) for s in sizes[1:])),
                                  _dtype(model)))  # fmt: skip
        except (TypeError, ValueError):
            continue
    return list(dict.fromkeys(found))[:3]


def _declared_inside(model: Any) -> list[Any]:
    """What the first model inside says it takes."""
    for part in sublayers_of(model):
        graph = graph_of(part) if isinstance(part, MODELS) else None
        if graph is not None and len(graph.inputs) == 1:
            spec = spec_of(graph.inputs[0])
            return [Spec((None, *spec.shape[1:]), spec.dtype)]
        if not isinstance(part, MODELS):
            break
    return []


def guesses(model: Any) -> list[Any]:
    """Inputs that a network of this kind may want, with as many as its `call` needs."""
    known = _declared_inside(model)
    return [*known, *_usual(model)]


def _usual(model: Any) -> list[Any]:
    first = _first(model)
    shapes: list[tuple[int | None, ...]]
    if ("2D" in first and not first.startswith("ConvLSTM")) or first in ("Resizing", "Rescaling"):
        shapes = [(None, *size, c) for size in _IMAGES for c in _CHANNELS]
        if any(getattr(part, "data_format", "") == "channels_first" for part in _inner(model)):
            shapes = [(None, shape[-1], *shape[1:-1]) for shape in shapes]
    elif "3D" in first:
        shapes = [(None, 16, 112, 112, 3), (None, 32, 32, 32, 1)]
    elif first.startswith("ConvLSTM"):
        shapes = [(None, 10, 64, 64, 1), (None, 10, 64, 64, 3)]
    elif first == "Embedding":
        shapes = [(None, 100), (None, 10)]
    elif first in ("TextVectorization", "KerasLayer"):
        shapes = [(None,), (None, 1)]
    elif first == "Dense":
        shapes = [
            (None, 784),
            (None, 10),
            (None, 1),
            (None, 28, 28),
            (None, 28, 28, 1),
            (None, 100, 64),
        ]
    elif "1D" in first or first:
        shapes = [(None, 100, 64), (None, 100, 1), (None, 64), (None, 10, 64, 64, 3)]
    else:
        shapes = [(None, 10), (None, 100, 64), (None, 28, 28, 1)]
    kind = _dtype(model)
    wanted = arity(model)
    found: list[Any] = []
    for shape in shapes:
        spec = Spec(shape, kind)
        if wanted > 1:
            found.append([spec] * wanted)
        else:
            found.append(spec)
            if len(found) == 3:
                found.append([spec, spec])
    return found


def arity(model: Any) -> int:
    """Inputs that `call` takes without defaults, by position."""
    try:
        parameters = list(inspect.signature(type(model).call).parameters.values())[1:]
    except (TypeError, ValueError, AttributeError):
        return 1
    return max(1, len([name for name in _required(parameters) if not _besides(name)]))


def _required(parameters: list[inspect.Parameter]) -> list[str]:
    places = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [p.name for p in parameters if p.default is p.empty and p.kind in places]


def _besides(name: str) -> bool:
    """True for an argument of `call` that is no input: whether it trains, what it leaves out."""
    return name in ("training", "is_training", "train") or "mask" in name.lower()


def arguments(model: Any, fed: Any) -> tuple[Any, ...]:
    """The arguments of `call` for what is fed: by position where it takes several inputs."""
    wanted = arity(model)
    several = wanted > 1 and isinstance(fed, list | tuple) and len(fed) >= wanted
    given = list(fed) if several else [fed]
    try:
        names = _required(list(inspect.signature(type(model).call).parameters.values())[1:])
    except (TypeError, ValueError, AttributeError):
        return tuple(given)
    if len(given) != wanted or len(names) <= wanted or all(_besides(name) for name in names):
        return tuple(given)
    tensors = iter(given)
    return tuple(at_rest(name) if _besides(name) else next(tensors) for name in names)


def at_rest(name: str) -> bool | None:
    """What is given for an argument that is no input: no mask; not training."""
    return None if "mask" in name.lower() else False


def named(layer: Any) -> dict[str, bool | None]:
    """Those arguments without a default that are no inputs, where they stand last."""
    try:
        names = _required(list(inspect.signature(type(layer).call).parameters.values())[1:])
    except (TypeError, ValueError, AttributeError):
        return {}
    last = names[arity(layer) :]
    return {name: at_rest(name) for name in last} if all(map(_besides, last)) else {}
