"""Networks -> the JSON of the wire (see CAPTURE.md): ids, edges, parameters, axes, limits."""

import math
import platform
from typing import Any

from netfig_sandbox.guest import axes as naming
from netfig_sandbox.guest.engines import LAYERS, Engine
from netfig_sandbox.guest.kinds import is_library
from netfig_sandbox.guest.network import Call, Network, Spec
from netfig_sandbox.guest.settings import settings

LONGEST = 256
MOST_CALLS = 20_000
MOST_EDGES = 60_000


def engine_versions(engine: Engine) -> dict[str, str]:
    """What the paste ran on."""
    import tensorflow as tf

    return {
        "keras": engine.version,
        "backend": f"tensorflow {tf.__version__}",
        "python": platform.python_version(),
        "dialect": engine.dialect,
    }


def text(value: Any) -> str:
    """A string as the wire takes it."""
    return str(value).encode("utf-8", "replace").decode("utf-8")[:LONGEST]


def count(weights: list[Any]) -> int:
    """Scalars in a list of variables, each variable once."""
    seen: set[int] = set()
    total = 0
    for weight in weights:
        if id(weight) not in seen:
            seen.add(id(weight))
            try:
                total += math.prod(int(d) for d in weight.shape)
            except (TypeError, ValueError):
                continue
    return total


def parameters(layer: Any) -> tuple[int, int]:
    """Weights of a layer, all and trainable; (0, 0) for what is no layer."""
    if not isinstance(layer, LAYERS):
        return 0, 0
    try:
        weights = layer.weights
        if not weights:
            return 0, 0
        return count(weights), count(layer.trainable_weights)
    except Exception:
        return 0, 0


class Dump:
    """Writes the networks of one run; counts of shared layers are made once."""

    def __init__(self) -> None:
        self._counts: dict[int, tuple[int, int]] = {}

    def model(self, network: Network) -> dict[str, Any]:
        """`calls`, `edges` and `outputs` of a model."""
        calls = network.calls[:MOST_CALLS]
        ids, layers = _names(calls)
        axes = _axes(calls)
        edges = [
            [ids[source[0]], source[1], ids[call], port]
            for call in calls
            for port, source in enumerate(call.sources)
            if source is not None and source[0] in ids
        ][:MOST_EDGES]
        return {
            "calls": [self._call(c, ids[c], layers[c], axes[c]) for c in calls],
            "edges": edges,
            "outputs": [[ids[c], port] for c, port in network.outputs if c in ids],
        }

    def _call(
        self, call: Call, ident: str, layer: str, axes: tuple[list[Any], list[Any]]
    ) -> dict[str, Any]:
        total, trainable = self.counts(call.layer)
        if call.carried:
            total += count(call.carried)
            trainable += count([w for w in call.carried if getattr(w, "trainable", True)])
        origin = call.origin
        return {
            "id": ident,
            "layer": layer,
            "class": text(call.kind),
            "module": text(call.module),
            "name": text(call.name),
            "config": call.settings,
            "wrapped": wrapped(call.layer),
            "inputs": [_tensor(s, a) for s, a in zip(call.inputs, axes[0], strict=True)],
            "outputs": [_tensor(s, a) for s, a in zip(call.outputs, axes[1], strict=True)],
            "parameters": total,
            "trainable": trainable,
            "path": [text(p) for p in call.path],
            "stack": [
                {"function": text(f), "line": n, "invocation": i, "library": lib}
                for f, n, i, lib in origin.frames[-32:]
            ],
            "line": origin.line,
            "operation": call.operation,
            "custom": call.layer is not None and not is_library(type(call.layer)),
        }

    def counts(self, layer: Any) -> tuple[int, int]:
        """Parameters of a layer object, counted once."""
        if layer is None:
            return 0, 0
        known = self._counts.get(id(layer))
        if known is None:
            known = self._counts[id(layer)] = parameters(layer)
        return known


def wrapped(layer: Any) -> dict[str, Any] | None:
    """What Bidirectional or TimeDistributed wraps."""
    for attribute in ("forward_layer", "layer"):
        inner = layer.__dict__.get(attribute) if hasattr(layer, "__dict__") else None
        if isinstance(inner, LAYERS):
            return {"class": text(type(inner).__name__), "config": settings(inner)}
    return None


def _tensor(spec: Spec, axes: naming.Axes) -> dict[str, Any]:
    return {"shape": list(spec.shape), "dtype": spec.dtype, "axes": list(axes)}


def _names(calls: list[Call]) -> tuple[dict[Call, str], dict[Call, str]]:
    """Ids of calls and of layers: the path and name, "~2" for another object of the same name."""
    owners: dict[str, dict[int, str]] = {}
    times: dict[str, int] = {}
    taken: set[str] = set()
    ids: dict[Call, str] = {}
    layers: dict[Call, str] = {}
    for call in calls:
        base = text("/".join((*call.path, call.name)))[: LONGEST - 16]
        same = owners.setdefault(base, {})
        who = id(call.layer) if call.layer is not None else id(call)
        if who not in same:
            same[who] = base if not same else f"{base}~{len(same) + 1}"
        layer = same[who]
        times[layer] = times.get(layer, 0) + 1
        ident = layer if times[layer] == 1 else f"{layer}#{times[layer]}"
        while ident in taken:
            times[layer] += 1
            ident = f"{layer}#{times[layer]}"
        taken.add(ident)
        ids[call], layers[call] = ident, layer
    return ids, layers


def _axes(calls: list[Call]) -> dict[Call, tuple[list[Any], list[Any]]]:
    """Names of the axes of all tensors: backwards once, so that inputs are known, then forwards."""
    wanted: dict[tuple[Call, int], naming.Axes] = {}
    for call in reversed(calls):
        for port, source in enumerate(call.sources):
            if source is None or port >= len(call.inputs) or source in wanted:
                continue
            rank = len(call.inputs[port].shape)
            say = naming.expected(call.kind, call.settings, rank)
            if say is None and call.outputs:
                # What keeps the axes passes on what is wanted of its output.
                passed = wanted.get((call, 0))
                keeps = naming.produced(
                    call.kind, call.settings, None, [((None,) * rank, ("?",) * rank)],
                    call.outputs[0].shape,
                )  # fmt: skip
                if passed is not None and keeps in (
                    ("?",) * rank,
                    (*("?",) * (rank - 1), "channels"),
                ):
                    say = passed
            if say is not None:
                wanted[source] = say
    named: dict[tuple[Call, int], naming.Axes] = {}
    result: dict[Call, tuple[list[Any], list[Any]]] = {}
    for call in calls:
        entering: list[naming.Axes] = []
        for port, spec in enumerate(call.inputs):
            source = call.sources[port] if port < len(call.sources) else None
            known = named.get(source) if source is not None else None
            if known is None or len(known) != len(spec.shape):
                known = naming.expected(call.kind, call.settings, len(spec.shape))
            entering.append(known or naming.fallback(len(spec.shape)))
        leaving: list[naming.Axes] = []
        inside = wrapped(call.layer) if call.kind == "TimeDistributed" else None
        pairs = [(s.shape, a) for s, a in zip(call.inputs, entering, strict=True)]
        for port, spec in enumerate(call.outputs):
            found = naming.produced(
                call.kind, call.settings, inside, list(pairs), spec.shape
            ) or wanted.get((call, port))
            if found is None or len(found) != len(spec.shape):
                found = naming.fallback(len(spec.shape))
            named[(call, port)] = found
            leaving.append(found)
        result[call] = (entering, leaving)
    return result
