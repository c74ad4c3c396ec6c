"""Programs that define a network and never make it: its builders are called with guessed arguments.

Functions and classes without required arguments come first, then those that need some, then
blocks that want a tensor, then layers. What is called, and with what, is told to the user.
"""

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from netfig_sandbox.guest import choose, feeds
from netfig_sandbox.guest.engines import (
    ENGINES,
    LAYERS,
    MODELS,
    TENSORS,
    flatten,
    operation_of,
    sublayers_of,
)
from netfig_sandbox.guest.execute import Execution
from netfig_sandbox.guest.guesses import MODELS as MEANT_MODELS
from netfig_sandbox.guest.guesses import TENSORS as MEANT_TENSORS
from netfig_sandbox.guest.guesses import compared, guess, shape_for
from netfig_sandbox.guest.inert import Guess, Inert, is_inert
from netfig_sandbox.guest.kinds import is_input
from netfig_sandbox.guest.lookup import active
from netfig_sandbox.guest.network import Spec
from netfig_sandbox.guest.offer import reason_of, unbuild
from netfig_sandbox.guest.program import Program

_LIKELY = ("get_model", "build_model", "create_model", "make_model", "model", "build", "create",
           "get", "make", "define", "construct", "net", "gan", "unet", "generator",
           "discriminator", "encoder", "decoder", "main", "train", "run")  # fmt: skip
_RUNNERS = ("main", "train", "run", "fit", "test", "predict", "eval", "load", "plot", "save")
_METHODS = ("build", "model", "create", "net", "generator", "discriminator", "encoder", "decoder",
            "get", "make", "define", "critic", "actor", "init", "setup", "construct", "gan",
            "classifier", "autoencoder", "vae", "lstm", "cnn")  # fmt: skip
_SIGNS = ("Model(", "Sequential(", "layers", "Input(", "Dense(", "Conv", "LSTM(", "add(", "GRU(",
          "Layer", "Embedding(")  # fmt: skip
_VOLUME = re.compile(r"Input\((?:shape=)?\(\s*\w+,\s*\w+,\s*\w+,\s*\w+,?\s*\)")
"""An input of four axes: what is called its channels has to outlive the pooling."""
_MOST_CALLED = 14
_MOST_MADE = 8
_SHAPES = ((256, 256, 3), (128, 128, 1), (384, 384, 3), (64, 64, 3), (100, 64), (100,))


@dataclass
class Builder:
    """Something of the paste that may make a network. `kind`: function, method, class, layer."""

    name: str
    function: Callable[..., Any]
    node: ast.AST
    text: str
    rank: int
    kind: str

    @property
    def runs(self) -> bool:
        last = self.name.rsplit(".", 1)[-1].lower()
        return last.startswith(_RUNNERS)


def untold(execution: Execution, program: Program) -> None:
    """Calls what a paste defines and never calls, until networks are made, and what holds those."""
    record = execution.record
    builders = _builders(execution.scope, program)
    before = execution.error, execution.error_line
    failure: tuple[Any, Any] | None = None
    missed: tuple[str, Exception] | None = None
    called = made = 0
    makers: list[str] = []
    for wanted in (_without, _with, _blocks, _layers):
        parts = list(makers)
        for builder in builders:
            if called >= _MOST_CALLED or made >= _MOST_MADE or execution.ended is not None:
                break
            if not wanted(builder) or _known(execution, builder):
                continue
            if made and builder.runs:
                continue
            if parts and not _holds(builder, parts):
                continue
            called += 1
            execution.error, execution.error_line = None, None
            if _call(execution, builder, builders):
                made += 1
                makers.append(builder.name.rsplit(".", 1)[-1])
                if execution.error is not None and before[0] is None:
                    # The network it made may lack what follows: that must be told.
                    before = execution.error, execution.error_line
            elif execution.error is not None and failure is None:
                failure = execution.error, execution.error_line
                if isinstance(execution.error, Exception) and not builder.runs:
                    missed = builder.name, execution.error
    execution.error, execution.error_line = before
    if failure is None or before[0] is not None:
        return
    if not record.models:
        execution.error, execution.error_line = failure
    elif missed is not None:
        reason = reason_of(missed[1])[:200]
        record.warn("error", f"`{missed[0]}` could not be made: {reason}", failure[1])


def _holds(builder: Builder, parts: list[str]) -> bool:
    """True for a builder that uses one that has made a network: what that made is a part of it."""
    used = any(re.search(rf"\b{re.escape(part)}\s*\(", builder.text) for part in parts)
    return used and builder.kind != "layer"


def _without(builder: Builder) -> bool:
    return builder.kind != "layer" and not _needed(builder.function)


def _with(builder: Builder) -> bool:
    needed = _needed(builder.function)
    return builder.kind != "layer" and bool(needed) and not _takes_tensor(builder)


def _blocks(builder: Builder) -> bool:
    return builder.kind != "layer" and _takes_tensor(builder)


def _layers(builder: Builder) -> bool:
    return builder.kind == "layer"


def _takes_tensor(builder: Builder) -> bool:
    needed = _needed(builder.function)
    return builder.kind != "class" and bool(needed) and bool(MEANT_TENSORS.match(needed[0]))


def _known(execution: Execution, builder: Builder) -> bool:
    """True where the builder has run already, within another."""
    last = builder.name.rsplit(".", 1)[-1]
    return any(
        last == frame[0] for made in execution.record.models.values() for frame in
        made.origin.frames
    )  # fmt: skip


def _call(execution: Execution, builder: Builder, builders: list[Builder]) -> bool:
    """Calls a builder; True where it made a network that was not there."""
    record = execution.record
    for shape in (None, *_SHAPES):
        count = len(record.models)
        given = {
            name: _argument(name, builder, builders, execution, shape)
            for name in _needed(builder.function)
        }
        execution.error = None
        result = execution.call(builder.function, **given)
        if execution.ended is not None:
            return False
        if builder.kind == "layer" and isinstance(result, LAYERS):
            result = _applied(execution, result, builder)
        _joined(builder, given, result)
        if len(record.models) > count and not _only_empty(record, count):
            _tell(execution, builder, given)
            return True
        if execution.error is None or not _shaped(given):
            return False
    return False


def _only_empty(record: Any, count: int) -> bool:
    """True where what was made since is but Sequentials without a layer."""
    new = list(record.models.values())[count:]
    return all(not choose.leaves(made.model) for made in new)


def _shaped(given: dict[str, Any]) -> bool:
    """True where another input shape may do."""
    return any(
        isinstance(v, tuple | Guess) or any(isinstance(leaf, TENSORS) for leaf in flatten(v))
        for v in given.values()
    )


def _argument(
    name: str, builder: Builder, builders: list[Builder], execution: Execution,
    shape: tuple[int, ...] | None,
) -> Any:  # fmt: skip
    word = compared(builder.node, name)
    if word is not None:
        return word
    shapes = shape or shape_for(builder.text)
    if MEANT_TENSORS.match(name) and builder.kind != "class" and not _counted(builder, name):
        engine = active()
        return engine.module.Input(tuple(Guess(s) for s in shapes))
    if MEANT_MODELS.match(name):
        return _model_for(name, builder, builders, execution)
    given = _as_shape(builder, name)
    if given is not None:
        whole = tuple(Guess(s) for s in shapes)
        return whole if given == 0 else whole[:-given] or whole
    value = guess(name, builder.text)
    if _VOLUME.search(builder.text) and re.search(r"channels$|depth$|slices$|frames$", name):
        return Guess(shape[0] // 4 if shape else 32)
    if isinstance(value, tuple) and _a_number(builder, name):
        return Guess(shape[0] if shape else 224)
    if name == "depth" and {"width", "height"} <= set(_needed(builder.function)):
        return Guess(3)  # The depth of a picture, not of a network.
    if shape is not None and isinstance(value, tuple):
        return tuple(Guess(s) for s in shape)
    if is_inert(value) and name in execution.scope:
        return execution.scope[name]
    return value


def _as_shape(builder: Builder, name: str) -> int | None:
    """How many axes are joined to a parameter that is given to Input as a shape: `size + (3,)`."""
    for part in ast.walk(builder.node):
        if not isinstance(part, ast.Call):
            continue
        if getattr(part.func, "id", getattr(part.func, "attr", "")) != "Input":
            continue
        shape = [*part.args[:1], *(k.value for k in part.keywords if k.arg == "shape")]
        for value in shape:
            if isinstance(value, ast.Name) and value.id == name:
                return 0
            if (
                isinstance(value, ast.BinOp)
                and isinstance(value.left, ast.Name)
                and value.left.id == name
                and isinstance(value.right, ast.Tuple)
            ):
                return len(value.right.elts)
    return None


def _a_number(builder: Builder, name: str) -> bool:
    """True where what sounds like a shape is one of its sizes: by annotation, or `(size, size)`."""
    for part in ast.walk(builder.node):
        if isinstance(part, ast.arg) and part.arg == name:
            return (isinstance(part.annotation, ast.Name) and part.annotation.id == "int") or any(
                isinstance(element, ast.Name) and element.id == name
                for tuple_ in ast.walk(builder.node)
                if isinstance(tuple_, ast.Tuple)
                for element in tuple_.elts
            )
    return False


def _counted(builder: Builder, name: str) -> bool:
    """True where a function does arithmetic or makes an Input with the parameter: no tensor."""
    for part in ast.walk(builder.node):
        if isinstance(part, ast.Call) and getattr(part.func, "id", getattr(part.func, "attr", "")) \
                == "Input":  # fmt: skip
            values = [*part.args, *(k.value for k in part.keywords)]
            if any(isinstance(n, ast.Name) and n.id == name for v in values for n in ast.walk(v)):
                return True
    return False


def _model_for(name: str, builder: Builder, builders: list[Builder], execution: Execution) -> Any:
    """A model of that name: the paste's own builder of it, else a stand-in that becomes a box."""
    known = execution.scope.get(name)
    if isinstance(known, MODELS):
        return known
    for other in builders:
        last = other.name.rsplit(".", 1)[-1].lower()
        if other is builder or name.lower() not in last or other.runs:
            continue
        needed = _needed(other.function)
        if any(MEANT_MODELS.match(n) or MEANT_TENSORS.match(n) for n in needed):
            continue
        result = execution.call(
            other.function, **{n: _argument(n, other, [], execution, None) for n in needed}
        )
        if isinstance(result, LAYERS):
            return result
    return Inert(f"{name}()")


def _joined(builder: Builder, given: dict[str, Any], result: Any) -> None:
    """Tensors in and tensors out make a network, named after the function."""
    tensors = [t for t in flatten(result) if isinstance(t, TENSORS)]
    entering = [t for v in given.values() for t in flatten(v) if isinstance(t, TENSORS)]
    if not tensors or not entering or any(t is e for t in tensors for e in entering):
        return
    engine = next(e for e in ENGINES if isinstance(tensors[-1], e.tensor))
    name = builder.name.rsplit(".", 1)[-1]
    try:
        engine.model(inputs=entering, outputs=tensors, name=name)
    except Exception:
        return


def _applied(execution: Execution, layer: Any, builder: Builder) -> Any:
    """A layer of the paste applied to inputs it may want; a model of it is made."""
    engine = active()
    for fed in feeds.guesses(layer):
        specs = fed if isinstance(fed, list) else [fed]
        inputs = [
            engine.module.Input(tuple(Guess(s) if s else s for s in spec.shape[1:]),
                                dtype=spec.dtype)
            for spec in specs if isinstance(spec, Spec)
        ]  # fmt: skip
        execution.error = None
        unbuild([layer, *sublayers_of(layer)])
        count = execution.record.count
        together = inputs if len(inputs) > 1 else inputs[0]
        given = inputs if feeds.arity(layer) == len(inputs) > 1 else [together]
        output = execution.call(layer, *given, **feeds.named(layer))
        tensors = [t for t in flatten(output) if isinstance(t, TENSORS)]
        if execution.error is None and tensors and execution.record.count > count:
            name = builder.name.rsplit(".", 1)[-1]
            execution.call(engine.model, inputs=inputs, outputs=tensors, name=name)
            return None
        if execution.ended is not None:
            return None
    return None


def _tell(execution: Execution, builder: Builder, given: dict[str, Any]) -> None:
    record = execution.record
    if not given:
        return
    shown = ", ".join(f"{k}={_shown(v)}" for k, v in given.items())[:160]
    code = getattr(builder.function, "__code__", None)
    line = code.co_firstlineno if code is not None else getattr(builder.node, "lineno", None)
    record.warn(
        "guess",
        f"`{builder.name}` is never called in the program; it was called with {shown}.",
        line,
    )
    record.guessed |= {
        id(operation_of(s.node)) for s in record.nodes.values() if is_input(operation_of(s.node))
    }


def _shown(value: Any) -> str:
    if isinstance(value, TENSORS) and hasattr(value, "shape"):
        return f"an input of shape {tuple(value.shape)}"
    if isinstance(value, LAYERS):
        return type(value).__name__
    return "a stand-in" if is_inert(value) else repr(value)


def _needed(function: Callable[..., Any]) -> list[str]:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [
        p.name
        for p in parameters
        if p.default is p.empty and p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    ]


def _builders(scope: Mapping[str, Any], program: Program) -> list[Builder]:
    """Functions and classes of the paste whose text speaks of layers, the likeliest first."""
    found: list[tuple[int, int, Builder]] = []
    lines = program.text.split("\n")
    for place, part in enumerate(program.tree.body):
        if not isinstance(part, ast.FunctionDef | ast.ClassDef):
            continue
        value = scope.get(part.name)
        if value is None or is_inert(value) or not callable(value):
            continue
        text = "\n".join(lines[part.lineno - 1 : part.end_lineno])
        if not any(sign in text for sign in _SIGNS) and not choose.is_model_class(value):
            continue
        low = part.name.lower()
        rank = next((i for i, word in enumerate(_LIKELY) if word in low), len(_LIKELY))
        kind = "function"
        if isinstance(part, ast.ClassDef):
            kind = "class"
            rank += 30
            if choose.is_layer_class(value) and not choose.is_model_class(value):
                kind = "layer"
        found.append((rank, -place, Builder(part.name, value, part, text, rank, kind)))
        if isinstance(part, ast.ClassDef) and not choose.is_layer_class(value):
            found += _methods(part, value, rank, place, text)
    found.sort(key=lambda f: f[:2])
    return [builder for _, _, builder in found]


def _methods(
    part: ast.ClassDef, cls: Any, rank: int, place: int, text: str
) -> list[tuple[int, int, Builder]]:
    """Builder methods of a plain class: static ones, or of an instance made for the purpose."""
    found = []
    for method in part.body:
        if not isinstance(method, ast.FunctionDef) or method.name.startswith("__"):
            continue
        if not any(word in method.name.lower() for word in _METHODS):
            continue
        raw = inspect.getattr_static(cls, method.name, None)
        name = f"{part.name}.{method.name}"
        fixed = isinstance(raw, staticmethod | classmethod)
        function = getattr(cls, method.name) if fixed else _bound(cls, method.name, text)
        found.append(
            (rank + 2, -place,
             Builder(name, function, method, ast.unparse(method), rank, "method"))
        )  # fmt: skip
    return found


def _bound(cls: Any, method: str, text: str) -> Callable[..., Any]:
    """The method on an instance whose own arguments are guessed; the signature is the method's."""

    def call(**given: Any) -> Any:
        try:
            instance = cls(**{name: guess(name, text) for name in _needed(cls)})
        except Exception:
            # Its making needs what is not here; what the method needs it may have all the same.
            instance = cls.__new__(cls)
        return getattr(instance, method)(**given)

    plain = getattr(cls, method)
    try:
        parameters = list(inspect.signature(plain).parameters.values())[1:]
        call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        pass
    return call
