"""From the record of a run to the models offered: walked, traced or, failing that, in part.

Whole models first. Where a program built layers but no model, the network built so far is offered
as it stands.
"""

import ast
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from netfig_sandbox.guest import choose, feeds
from netfig_sandbox.guest.dump import Dump, count, text
from netfig_sandbox.guest.engines import (
    SEQUENTIALS,
    engine_of,
    graph_of,
    inputs_of,
    key_of,
    operation_of,
    outputs_of,
)
from netfig_sandbox.guest.execute import Execution
from netfig_sandbox.guest.inert import Guess, is_inert
from netfig_sandbox.guest.kinds import is_input
from netfig_sandbox.guest.network import Network, Spec
from netfig_sandbox.guest.program import Program
from netfig_sandbox.guest.record import Record
from netfig_sandbox.guest.walk import Walker

MOST_DUMPED = 12
BIGGEST = 40_000
"""Calls of all models together: later, smaller models are left out beyond it."""


def offered(
    record: Record, scope: Mapping[str, Any], options: dict[str, Any]
) -> tuple[list[dict[str, Any]], bool]:
    """The models as JSON, the one to draw first; and whether at least one is whole."""
    dump = Dump()
    result: list[dict[str, Any]] = []
    size = 0
    listening = record.quiet
    record.quiet = True
    try:
        towers(record)
        networks: dict[int, tuple[Network, bool]] = {}
        seen = []
        for found in choose.models(record, scope):
            try:
                network, guessed = network_of(record, found, options)
            except Exception as error:
                note_unreadable(record, found, error)
                continue
            if network is None or not network.calls:
                continue
            found.layers = frozenset(id(c.layer) for c in network.calls if c.layer is not None)
            found.opened = frozenset(network.opened)
            found.weights = _weights(found.model)
            networks[id(found.model)] = network, guessed
            seen.append(found)
        for found in _wanted_first(choose.ordered(seen), options):
            if len(result) >= MOST_DUMPED or size > BIGGEST:
                break
            network, guessed = networks[id(found.model)]
            size += len(network.calls)
            result.append(_model(dump, found, network, guessed))
        whole = bool(result)
        if not result:
            loose = loose_network(record)
            if loose is not None:
                result.append(loose_model(dump, loose))
    finally:
        record.quiet = listening
    return result, whole


def note_unreadable(record: Record, found: choose.Found, error: Exception) -> None:
    """A model whose inside could not be seen."""
    from netfig_sandbox.guest.execute import line_of

    name = found.variable or found.model.name
    reason = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:160]
    record.warn(
        "input-shape" if not found.made.fed else "error",
        f"The inside of `{name}` could not be read ({reason}).",
        line_of(error) or found.made.origin.line,
    )


def _wanted_first(found: list[choose.Found], options: dict[str, Any]) -> list[choose.Found]:
    wanted = options.get("model")
    if isinstance(wanted, int) and 0 <= wanted < len(found):
        return [found[wanted], *(f for i, f in enumerate(found) if i != wanted)]
    if isinstance(wanted, str):
        for one in found:
            if wanted in (one.variable, one.model.name, type(one.model).__name__):
                return [one, *(f for f in found if f is not one)]
    return found


def network_of(
    record: Record, found: choose.Found, options: dict[str, Any]
) -> tuple[Network | None, bool]:
    """The network of a model, and whether its input is a guess. Raises what tracing raises."""
    model = found.model
    graph = graph_of(model)
    if graph is not None and not feeds.declared(options, model):
        return Walker(record).whole(graph), bool(
            {id(operation_of(n)) for n in _inputs(graph)} & record.guessed
        )
    choices = [(fed, False) for fed in (*feeds.declared(options, model), *feeds.seen(found.made))]
    choices += [(fed, True) for fed in feeds.guesses(model)]
    failure: Exception | None = None
    for fed, guessed in choices:
        try:
            if isinstance(model, SEQUENTIALS):
                built = build_sequential(record, model, fed)
                if built is not None:
                    return Walker(record).whole(built), guessed
            network = Walker(record).traced(model, feeds.arguments(model, fed))
            if network.calls:
                return network, guessed
        except NotImplementedError as error:
            # A model without `call` trains others; they are offered themselves.
            if "call" in str(error):
                return None, False
            failure = failure or error
        except Exception as error:
            failure = failure or error
    if failure is not None:
        raise failure
    return None, False


def _inputs(graph: Any) -> list[Any]:
    by_depth = graph._nodes_by_depth
    return [n for nodes in by_depth.values() for n in nodes if is_input(operation_of(n))]


def build_sequential(record: Record, model: Any, fed: Any) -> Any | None:
    """The graph of a Sequential that was made without an input shape."""
    if not isinstance(fed, Spec):
        return None
    if engine_of(model).dialect == "keras3":
        model.build(fed.shape)
    else:
        model._build_graph_network_for_inferred_shape(fed.shape, fed.dtype)
    return graph_of(model)


def _model(dump: Dump, found: choose.Found, network: Network, guessed: bool) -> dict[str, Any]:
    model = found.model
    try:
        weights, trainable = count(model.weights), count(model.trainable_weights)
    except Exception:
        weights, trainable = _sum(dump, network)
    return {
        "name": text(model.name),
        "variable": text(found.variable) if found.variable else None,
        "class": text(type(model).__name__),
        "line": found.made.origin.line,
        "parameters": weights,
        "trainable": trainable,
        "contained": found.contained,
        "inputs_guessed": guessed,
        **dump.model(network),
    }


def _weights(model: Any) -> int:
    try:
        return count(model.weights)
    except Exception:
        return 0


def _sum(dump: Dump, network: Network) -> tuple[int, int]:
    layers = {id(c.layer): c.layer for c in network.calls if c.layer is not None}
    counts = [dump.counts(layer) for layer in layers.values()]
    return sum(c[0] for c in counts), sum(c[1] for c in counts)


def towers(record: Record) -> None:
    """Keras 1's Sequentials that begin with a merge of others become models of their own."""
    for made in list(record.models.values()):
        begun = made.model.__dict__.get("_netfig_towers")
        if begun is None:
            continue
        inputs, output = begun
        engine = engine_of(made.model)
        try:
            joined = engine.model(inputs=inputs, outputs=output, name=made.model.name + "_merged")
        except Exception:
            continue
        made.model.__dict__.pop("_netfig_towers", None)
        record.replaced[id(made.model)] = joined
        record.models.pop(id(made.model))
        made.model = joined
        record.models[id(joined)] = made


class Loose:
    """Symbolic calls that no model holds, seen as a graph: those the last tensor depends on."""

    def __init__(self, nodes: list[Any], outputs: list[Any]) -> None:
        self._nodes_by_depth = {-i: [node] for i, node in enumerate(nodes)}
        self.outputs = outputs
        self.inputs: list[Any] = []


def loose_network(record: Record) -> tuple[Network, int | None] | None:
    """The network that was being built when the program ended."""
    seen = sorted(record.nodes.values(), key=lambda s: s.number)
    makers: dict[Any, Any] = {}
    used: set[Any] = set()
    for one in seen:
        for tensor in outputs_of(one.node):
            makers[key_of(tensor)] = one
        used |= {key_of(t) for t in inputs_of(one.node)}
    ends = [
        one
        for one in seen
        if inputs_of(one.node) and not any(key_of(t) in used for t in outputs_of(one.node))
    ]
    if not ends:
        return None
    wanted: set[int] = set()
    todo = [ends[-1]]
    while todo:
        one = todo.pop()
        if id(one.node) in wanted:
            continue
        wanted.add(id(one.node))
        todo += [makers[k] for t in inputs_of(one.node) if (k := key_of(t)) in makers]
    nodes = [one.node for one in seen if id(one.node) in wanted]
    if len(nodes) < 3:
        return None
    graph = Loose(nodes, outputs_of(ends[-1].node))
    return Walker(record).whole(graph), ends[-1].origin.line


def loose_model(dump: Dump, loose: tuple[Network, int | None]) -> dict[str, Any]:
    """The wire's model of a loose network."""
    network, line = loose
    weights, trainable = _sum(dump, network)
    return {
        "name": "unfinished", "variable": None, "class": "Functional", "line": line,
        "parameters": weights, "trainable": trainable, "contained": False,
        "inputs_guessed": False, **dump.model(network),
    }  # fmt: skip


# Programs that define a model and never make it.

_LIKELY = ("get_model", "build_model", "create_model", "make_model", "model", "build", "create",
           "get", "make", "define", "construct", "net", "unet", "main", "train")  # fmt: skip
_MOST_CALLED = 12
_BY_NAME: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("input_shape", "shape", "img_shape", "image_shape", "in_shape"), (224, 224, 3)),
    (("input_size",), (256, 256, 3)),
    (("class", "n_out", "num_labels", "output_dim", "nb_out", "n_label"), 10),
    (("height", "width", "img_rows", "img_cols", "image_size", "img_size", "rows", "cols"), 224),
    (("channel", "depth"), 3),
    (("vocab", "max_features", "num_words", "n_words"), 10000),
    (("maxlen", "max_len", "seq", "length", "timesteps", "steps", "window", "lookback"), 100),
    (("embed", "latent", "hidden", "units", "dim", "neurons", "filters"), 64),
    (("rate", "dropout", "lr", "momentum", "alpha"), 0.1),
    (("activation",), "relu"),
    (("optimizer",), "adam"),
    (("loss",), "mse"),
    (("layers", "blocks", "num", "n_", "size"), 2),
    (("features", "inputs"), 10),
)  # fmt: skip


def untold(execution: Execution, program: Program) -> None:
    """Calls what a paste defines and never calls: builders without required arguments first."""
    record = execution.record
    builders = _builders(execution.scope, program)
    for required in (False, True):
        for name, function in builders[:_MOST_CALLED]:
            needed = _needed(function)
            if bool(needed) != required:
                continue
            given = {p: _guess(p) for p in needed}
            before_error = execution.error, execution.error_line
            result = execution.call(function, **given)
            if execution.ended is not None:
                return
            if record.models:
                execution.error, execution.error_line = before_error
                if needed:
                    shown = ", ".join(f"{k}={v!r}" for k, v in given.items())
                    record.warn(
                        "guess", f"`{name}` is never called in the program; it was called with "
                        f"{shown}.", getattr(function, "__code__", None)
                        and function.__code__.co_firstlineno,
                    )  # fmt: skip
                    record.guessed |= {
                        id(operation_of(s.node))
                        for s in record.nodes.values()
                        if is_input(operation_of(s.node))
                    }
                return
            if before_error[0] is not None or required:
                execution.error, execution.error_line = before_error
            del result


def _guess(name: str) -> Any:
    low = name.lower()
    for parts, value in _BY_NAME:
        if any(part in low for part in parts):
            return Guess(value) if type(value) is int else value
    return Guess(10)


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


_SIGNS = ("Model(", "Sequential(", "layers", "Input(", "Dense(", "Conv", "LSTM(", "add(")


def _builders(scope: Mapping[str, Any], program: Program) -> list[tuple[str, Callable[..., Any]]]:
    """Functions and classes of the paste whose text speaks of layers, the likeliest first."""
    found: list[tuple[int, int, str, Any]] = []
    lines = program.text.split("\n")
    for place, part in enumerate(program.tree.body):
        if not isinstance(part, ast.FunctionDef | ast.ClassDef):
            continue
        value = scope.get(part.name)
        if value is None or is_inert(value) or not callable(value):
            continue
        body = "\n".join(lines[part.lineno - 1 : part.end_lineno])
        if not any(sign in body for sign in _SIGNS):
            continue
        low = part.name.lower()
        rank = next((i for i, word in enumerate(_LIKELY) if word in low), len(_LIKELY))
        if isinstance(part, ast.ClassDef):
            if choose.is_layer_class(value) and not choose.is_model_class(value):
                continue
            rank += 30
        found.append((rank, -place, part.name, value))
        if isinstance(part, ast.ClassDef) and not choose.is_layer_class(value):
            found += _methods(part, value, rank, place)
    found.sort(key=lambda f: f[:2])
    return [(name, value) for _, _, name, value in found]


def _methods(
    part: ast.ClassDef, cls: Any, rank: int, place: int
) -> list[tuple[int, int, str, Any]]:
    """Builder methods of a plain class: static ones, or of an instance made for the purpose."""
    found = []
    for method in part.body:
        if not isinstance(method, ast.FunctionDef) or method.name.startswith("__"):
            continue
        low = method.name.lower()
        if not any(word in low for word in ("build", "model", "create", "net", "generator",
                                            "discriminator", "encoder", "decoder")):  # fmt: skip
            continue
        raw = inspect.getattr_static(cls, method.name, None)
        if isinstance(raw, staticmethod | classmethod):
            found.append((rank + 1, -place, f"{part.name}.{method.name}",
                          getattr(cls, method.name)))  # fmt: skip
            continue
        found.append((rank + 2, -place, f"{part.name}.{method.name}", _bound(cls, method.name)))
    return found


def _bound(cls: Any, method: str) -> Callable[..., Any]:
    """The method on an instance whose own arguments are guessed; the signature is the method's."""

    def call(**given: Any) -> Any:
        instance = cls(**{name: _guess(name) for name in _needed(cls)})
        return getattr(instance, method)(**given)

    plain = getattr(cls, method)
    try:
        parameters = list(inspect.signature(plain).parameters.values())[1:]
        call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        pass
    return call
