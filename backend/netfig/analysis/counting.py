"""Multiply-accumulates of a layer call, or why there are none to tell."""

from dataclasses import replace
from math import prod
from types import MappingProxyType

from netfig.analysis.formulas import FORMULAS
from netfig.analysis.free import free
from netfig.analysis.sizes import OpenSize, closed
from netfig.model.graph import Layer, Tensor

OPEN = "open size"
UNKNOWN = "no formula"


def macs(layer: Layer) -> tuple[int | None, str]:
    """(multiply-accumulates for one sample, "") or (None, why): OPEN or UNKNOWN."""
    if layer.custom:
        return None, UNKNOWN
    try:
        if layer.type == "Bidirectional":
            return _both_ways(layer)
        if layer.type == "TimeDistributed":
            return _each_step(layer)
        return _plain(layer)
    except OpenSize:
        return None, OPEN


def _plain(layer: Layer) -> tuple[int | None, str]:
    formula = FORMULAS.get(layer.type)
    if formula is None:
        return (0, "") if free(layer.type) else (None, UNKNOWN)
    try:
        return formula(layer), ""
    except (KeyError, IndexError, ValueError):
        return None, UNKNOWN


def _wrapped(layer: Layer) -> Layer:
    """The wrapped layer as if it were called by itself."""
    config = {key: value for key, value in layer.config.items() if key != "wrapped"}
    return replace(
        layer, type=str(layer.config.get("wrapped", "")), config=MappingProxyType(config)
    )


def _both_ways(layer: Layer) -> tuple[int | None, str]:
    """Twice what one direction costs."""
    one, why = _plain(_wrapped(layer))
    return (None, why) if one is None else (2 * one, "")


def _each_step(layer: Layer) -> tuple[int | None, str]:
    """Steps x what the wrapped layer costs at one step."""
    if not layer.inputs or len(layer.inputs[0].shape) < 2:
        return None, UNKNOWN
    inner = replace(
        _wrapped(layer),
        inputs=tuple(_step(tensor) for tensor in layer.inputs),
        outputs=tuple(_step(tensor) for tensor in layer.outputs),
    )
    one, why = _plain(inner)
    if not one:
        return one, why
    return closed(layer.inputs[0].shape[1]) * one, ""


def _step(tensor: Tensor) -> Tensor:
    return replace(
        tensor,
        shape=(tensor.shape[:1] + tensor.shape[2:]),
        axes=(tensor.axes[:1] + tensor.axes[2:]),
    )


_WIDTHS = {"float64": 8, "int64": 8, "uint64": 8, "complex64": 8, "complex128": 16}
_NARROW = {"float16": 2, "bfloat16": 2, "int16": 2, "uint16": 2, "int8": 1, "uint8": 1, "bool": 1}


def output_bytes(layer: Layer) -> int | None:
    """Memory of one sample of the call's outputs; None where a size is open.

    A type of number that is not known (a string) counts 4 bytes, as float32.
    """
    total = 0
    for tensor in layer.outputs:
        sizes = tensor.shape[1:]
        if any(size is None for size in sizes):
            return None
        width = _WIDTHS.get(tensor.dtype) or _NARROW.get(tensor.dtype, 4)
        total += width * prod(size for size in sizes if size is not None)
    return total
