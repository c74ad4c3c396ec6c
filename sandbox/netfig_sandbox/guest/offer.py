"""From the record of a run to the models offered: walked, traced or, failing that, in part.

Whole models first. Where a program built layers but no model, the network built so far is offered
as it stands.
"""

from collections.abc import Mapping
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
    sublayers_of,
)
from netfig_sandbox.guest.execute import Enough, Execution, line_of
from netfig_sandbox.guest.kinds import is_input
from netfig_sandbox.guest.network import Network, Spec
from netfig_sandbox.guest.record import Record
from netfig_sandbox.guest.walk import Walker

MOST_DUMPED = 12
BIGGEST = 40_000
"""Calls of all models together: later, smaller models are left out beyond it."""


def offered(execution: Execution, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """The models as JSON, the one to draw first; and whether at least one is whole."""
    record, scope = execution.record, execution.scope
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
                with execution.traced():
                    network, guessed = network_of(record, found, options, scope)
            except Enough:
                record.warn("time", f"There was no time to look into `{found.model.name}`.")
                break
            except Exception as error:
                note_unreadable(record, found, error)
                continue
            if network is None or all(c.kind == "InputLayer" for c in network.calls):
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


def reason_of(error: Exception) -> str:
    """What was wrong, in one line: where Keras was is told first, and left out."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].startswith("Exception encountered when calling"):
        del lines[0]
    return f"{type(error).__name__}: {lines[0] if lines else ''}"


def note_unreadable(record: Record, found: choose.Found, error: Exception) -> None:
    """A model whose inside could not be seen."""
    name = found.variable or found.model.name
    reason = reason_of(error)[:160]
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
    record: Record,
    found: choose.Found,
    options: dict[str, Any],
    scope: Mapping[str, Any],
) -> tuple[Network | None, bool]:
    """The network of a model, and whether its input is a guess. Raises what tracing raises."""
    model = found.model
    graph = graph_of(model)
    if graph is not None and not feeds.declared(options, model):
        return Walker(record).whole(graph), bool(
            {id(operation_of(n)) for n in _inputs(graph)} & record.guessed
        )
    choices = [(fed, False) for fed in feeds.declared(options, model)]
    choices += [(fed, feeds.uncertain(fed)) for fed in feeds.seen(found.made)]
    choices += [(fed, True) for fed in feeds.in_scope(scope, model)]
    choices += [(fed, True) for fed in (*feeds.reshaped(found.made), *feeds.guesses(model))]
    failure: Exception | None = None
    ready = {id(layer) for layer in _all_layers(model) if layer.built}
    for fed, guessed in choices:
        if failure is not None:
            unbuild([layer for layer in _all_layers(model) if id(layer) not in ready])
        try:
            if isinstance(model, SEQUENTIALS):
                built = build_sequential(record, model, fed)
                if built is not None:
                    return Walker(record).whole(built), guessed
            network = traced(record, model, feeds.arguments(model, fed))
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


def _all_layers(model: Any) -> list[Any]:
    found: dict[int, Any] = {}
    todo = [model]
    while todo:
        layer = todo.pop()
        if id(layer) not in found and hasattr(layer, "built"):
            found[id(layer)] = layer
            todo += sublayers_of(layer)
    return list(found.values())


def unbuild(layers: list[Any]) -> None:
    """Lets layers that were built for an input that did not fit be built for another."""
    for layer in layers:
        if not getattr(layer, "built", False) or graph_of(layer) is not None:
            continue
        try:
            layer.built = False
            layer.input_spec = _without_axes(layer.input_spec)
            for name in ("_trainable_weights", "_non_trainable_weights"):
                if name in layer.__dict__:
                    del layer.__dict__[name][:]
            for name in ("_trainable_variables", "_non_trainable_variables"):
                if name in layer.__dict__:
                    layer._tracker.unlock()
                    list.clear(layer.__dict__[name])
        except Exception:  # A stranger's class may forbid any of it; the next try will tell.
            continue


def _without_axes(spec: Any) -> Any:
    """What a layer wants of its input, without the sizes it was built for."""
    if spec is None or isinstance(spec, list | tuple) or not getattr(spec, "axes", None):
        return spec
    return type(spec)(ndim=spec.ndim, min_ndim=spec.min_ndim, max_ndim=spec.max_ndim)


BATCH = 13
"""Samples in a batch for a `call` that does arithmetic with their number: a size met nowhere."""


def traced(record: Record, model: Any, args: tuple[Any, ...]) -> Network:
    """The network of `call`; where it cannot do with any number of samples, of a fixed one."""
    try:
        return Walker(record).traced(model, args)
    except Exception:
        fixed = _batched(args, None, BATCH)
        if fixed == args:
            raise
        try:
            network = Walker(record).traced(model, fixed)
        except Exception:
            network = None
        if network is None:
            raise
    for call in network.calls:
        call.inputs = _batched(call.inputs, BATCH, None)
        call.outputs = _batched(call.outputs, BATCH, None)
    return network


def _batched(value: Any, old: int | None, new: int | None) -> Any:
    """A structure of Specs with another number of samples."""
    if isinstance(value, Spec):
        first = bool(value.shape) and value.shape[0] == old
        return Spec((new, *value.shape[1:]), value.dtype) if first else value
    if isinstance(value, list | tuple):
        return type(value)(_batched(v, old, new) for v in value)
    if isinstance(value, dict):
        return {k: _batched(v, old, new) for k, v in value.items()}
    return value


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
