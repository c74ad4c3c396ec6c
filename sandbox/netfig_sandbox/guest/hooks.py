"""Puts the recorder's ears on both Keras generations, once per process.

The hooks add a note to the current Record and change nothing else about what a program sees.
"""

import inspect
from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import Any

import keras.src.models.functional as functional3
import tf_keras.src.backend as backend2
import tf_keras.src.engine.functional as functional2
import tf_keras.src.engine.functional_utils as functional_utils2
from keras.src.utils import naming

from netfig_sandbox.guest import guards, shapes, speed, spellings, trace, training
from netfig_sandbox.guest.engines import ENGINES, KERAS3, operation_of
from netfig_sandbox.guest.record import CURRENT

_done = False


def _after(owner: type, name: str, note: Callable[..., None]) -> None:
    original = getattr(owner, name)

    def hooked(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, *args, **kwargs)
        if CURRENT.record is not None:
            note(self, *args, **kwargs)
        return result

    update_wrapper(hooked, original)
    # Keras reads signatures both through and without __wrapped__: let the two agree.
    hooked.__signature__ = inspect.signature(original)  # type: ignore[attr-defined]
    setattr(owner, name, hooked)


def _note_model(model: Any, *_: Any, **__: Any) -> None:
    record = CURRENT.record
    if record is not None and not record.sequential:
        record.model(model)


def _note_added(_: Any, layer: Any = None, *__: Any, **___: Any) -> None:
    CURRENT.record.stacked.add(id(layer))  # type: ignore[union-attr]


def _note_layer(layer: Any, *_: Any, **__: Any) -> None:
    CURRENT.record.layer(layer)  # type: ignore[union-attr]


def _hook_nodes(node_class: type) -> None:
    original = node_class.__init__  # type: ignore[misc]

    @wraps(original)
    def hooked(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        record = CURRENT.record
        if record is not None:
            record.node(self, operation_of(self))

    node_class.__init__ = hooked  # type: ignore[misc]


def _hook_sequential_build(sequential: type) -> None:
    # A Sequential keeps an inner functional model of its own making: not one of the paste's.
    original = sequential.build  # type: ignore[attr-defined]

    @wraps(original)
    def hooked(self: Any, *args: Any, **kwargs: Any) -> Any:
        record = CURRENT.record
        if record is None:
            return original(self, *args, **kwargs)
        record.sequential += 1
        try:
            return original(self, *args, **kwargs)
        finally:
            record.sequential -= 1

    sequential.build = hooked  # type: ignore[attr-defined]


def _hook_masks(layer: type) -> None:
    # Keras 3 computes masks (mask_zero) by operations that stand among the author's own layers.
    original = layer._set_mask_metadata  # type: ignore[attr-defined]

    @wraps(original)
    def hooked(*args: Any, **kwargs: Any) -> Any:
        record = CURRENT.record
        if record is None:
            return original(*args, **kwargs)
        record.masking += 1
        try:
            return original(*args, **kwargs)
        finally:
            record.masking -= 1

    layer._set_mask_metadata = hooked  # type: ignore[attr-defined]


def _hook_clones(module: Any) -> None:
    original = module.clone_graph_nodes

    @wraps(original)
    def hooked(*args: Any, **kwargs: Any) -> Any:
        record = CURRENT.record
        if record is None:
            return original(*args, **kwargs)
        record.clones += 1
        try:
            return original(*args, **kwargs)
        finally:
            record.clones -= 1

    module.clone_graph_nodes = hooked


def install() -> None:
    """Installs every hook; a second call does nothing."""
    global _done
    if _done:
        return
    _done = True
    speed.install()
    for engine in ENGINES:
        _hook_nodes(engine.node)
        _after(engine.layer, "__init__", _note_layer)
        for owner in (engine.model, engine.functional, engine.sequential):
            _after(owner, "__init__", _note_model)
        _after(engine.sequential, "add", _note_added)
    _hook_sequential_build(KERAS3.sequential)
    _hook_masks(KERAS3.layer)
    _hook_clones(functional3)
    _hook_clones(functional_utils2)
    if hasattr(functional2, "clone_graph_nodes"):
        _hook_clones(functional2)
    spellings.install()
    training.install()
    trace.install()
    guards.install()
    shapes.install()


def forget_names() -> None:
    """Automatic names start anew: dense, not dense_7."""
    naming.reset_uids()
    backend2.reset_uids()
