"""The settings of a layer that a figure or a reader wants: what differs from the class's defaults.

Read from the layer's attributes by the names of its class's arguments, which costs a tenth of
get_config(). It must not know the wire beyond scalars, lists and short strings.
"""

import inspect
import math
import re
from typing import Any

from netfig_sandbox.guest.engines import LAYERS

ALWAYS = frozenset(
    [
        "filters",
        "units",
        "kernel_size",
        "strides",
        "pool_size",
        "size",
        "padding",
        "activation",
        "rate",
        "axis",
        "num_heads",
        "key_dim",
        "dilation_rate",
        "groups",
        "data_format",
        "depth_multiplier",
        "target_shape",
        "dims",
    ]
)
_NEVER = frozenset(
    [
        "self",
        "args",
        "kwargs",
        "name",
        "dtype",
        "trainable",
        "input_shape",
        "batch_input_shape",
        "batch_shape",
        "input_tensor",
        "weights",
        "layer",
        "layers",
        "cell",
        "inputs",
        "outputs",
        "function",
    ]
)
LONGEST = 256
_MISSING = object()

_arguments: dict[type, tuple[tuple[str, Any], ...]] = {}


def arguments(cls: type) -> tuple[tuple[str, Any], ...]:
    """Names and defaults of the arguments of a class, those of its bases where it takes kwargs."""
    known = _arguments.get(cls)
    if known is None:
        found: dict[str, Any] = {}
        for base in cls.__mro__:
            if base in LAYERS or base is object:
                break
            init = base.__dict__.get("__init__")
            if init is None:
                continue
            try:
                parameters = inspect.signature(init).parameters.values()
            except (TypeError, ValueError):
                break
            open_ended = False
            for parameter in parameters:
                if parameter.kind is parameter.VAR_KEYWORD:
                    open_ended = True
                elif parameter.kind is not parameter.VAR_POSITIONAL:
                    found.setdefault(parameter.name, parameter.default)
            if not open_ended:
                break
        known = tuple((n, d) for n, d in found.items() if n not in _NEVER)
        _arguments[cls] = known
    return known


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON: scalars and lists as they are, functions by name, the rest by class."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < 2**53 else str(int(value))[:LONGEST]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    if isinstance(value, str):
        return value[:LONGEST]
    if isinstance(value, list | tuple):
        if depth > 3:
            return "…"
        items = [plain(v, depth + 1) for v in value[:32]]
        return [*items, "…"] if len(value) > 32 else items
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "ndim", None) == 0:
        try:
            return plain(item(), depth)
        except Exception:
            return type(value).__name__
    name = getattr(value, "__name__", None)
    if isinstance(name, str):
        return name[:LONGEST]
    return type(value).__name__[:LONGEST]


def settings(layer: Any) -> dict[str, Any]:
    """The settings of a layer worth telling; never raises."""
    found: dict[str, Any] = {}
    for name, default in arguments(type(layer)):
        try:
            value = getattr(layer, name, _MISSING)
            if value is _MISSING:
                value = _auto(layer, name)
            if value is _MISSING or isinstance(value, LAYERS):
                continue
            if default is inspect.Parameter.empty:
                default = _MISSING
            if name not in ALWAYS and _is_default(value, default):
                continue
            if value is None and default is _MISSING:
                continue
            found[name] = plain(value)
        except Exception:  # A property of a stranger's class may do anything.
            continue
        if len(found) >= 40:
            break
    return {k: v for k, v in found.items() if v is not None or k not in ALWAYS}


def _auto(layer: Any, name: str) -> Any:
    config = getattr(layer, "_auto_config", None)
    values = getattr(config, "config", None)
    return values.get(name, _MISSING) if isinstance(values, dict) else _MISSING


def _is_default(value: Any, default: Any) -> bool:
    if value is default:
        return True
    if default is _MISSING:
        return False
    if isinstance(default, str) and not isinstance(value, str | int | float | bool):
        named = getattr(value, "__name__", None) or _snake(type(value).__name__)
        return default.lower() in (named, _snake(type(value).__name__))
    if isinstance(value, list | tuple) and isinstance(default, int):
        return all(v == default for v in value)
    if isinstance(value, list | tuple) and isinstance(default, list | tuple):
        return list(value) == list(default)
    try:
        return bool(value == default)
    except Exception:
        return False
