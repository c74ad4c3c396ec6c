"""Sizes inside a nested model that is applied to a tensor of another size than it was built for.

Keras keeps the sizes of the first application, or none (`ResNet50(include_top=False)`, a head
shared by the levels of a pyramid). What is known outside is passed through again, layer by layer.
"""

from typing import Any

from netfig_sandbox.guest.engines import (
    KERAS3,
    Key,
    arguments_of,
    engine_of,
    inputs_of,
    key_of,
    operation_of,
    outputs_of,
)
from netfig_sandbox.guest.network import Source, Spec, spec_of

Sizes = dict[Key, Spec]
"""The tensors of one application whose sizes differ from those that Keras keeps."""


def entering(tensors: list[Any], sources: list[Source | None]) -> Sizes:
    """What enters a nested model, where more is known of it outside."""
    found: Sizes = {}
    for tensor, source in zip(tensors, sources, strict=False):
        if source is None:
            continue
        own, outside = spec_of(tensor), source[0].outputs[source[1]]
        if len(own.shape) != len(outside.shape):
            continue
        shape = tuple(o if n is None else n for o, n in zip(own.shape, outside.shape, strict=True))
        if shape != own.shape:
            found[key_of(tensor)] = Spec(shape, own.dtype)
    return found


def pass_through(node: Any, sizes: Sizes) -> None:
    """Adds to `sizes` what a call gives; leaves out what cannot be told."""
    if not any(key_of(t) in sizes for t in inputs_of(node)):
        return
    try:
        given = _given(node, sizes)
    except Exception:  # whatever a layer of the paste raises: its own sizes stand
        return
    outputs = outputs_of(node)
    if len(given) != len(outputs):
        return
    for tensor, shape in zip(outputs, given, strict=True):
        own = spec_of(tensor)
        if len(shape) == len(own.shape) and shape != own.shape:
            sizes[key_of(tensor)] = Spec(shape, own.dtype)


def _given(node: Any, sizes: Sizes) -> list[tuple[int | None, ...]]:
    layer = operation_of(node)
    if engine_of(layer) is KERAS3:
        args, kwargs = (_resized(part, sizes) for part in arguments_of(node))
        return [spec_of(t).shape for t in _flat(layer.compute_output_spec(*args, **kwargs))]
    shapes = [sizes.get(key_of(t), spec_of(t)).shape for t in inputs_of(node)]
    answer = layer.compute_output_shape(shapes[0] if len(shapes) == 1 else shapes)
    several = isinstance(answer, list)
    return [tuple(shape) for shape in (answer if several else [answer])]


def _resized(value: Any, sizes: Sizes) -> Any:
    if isinstance(value, KERAS3.tensor):
        spec = sizes.get(key_of(value))
        return value if spec is None else KERAS3.tensor(spec.shape, dtype=spec.dtype)
    if type(value) in (list, tuple):
        return type(value)(_resized(part, sizes) for part in value)
    if type(value) is dict:
        return {name: _resized(part, sizes) for name, part in value.items()}
    return value


def _flat(answer: Any) -> list[Any]:
    if isinstance(answer, list | tuple):
        return [tensor for part in answer for tensor in _flat(part)]
    return [answer]
