"""What Keras does on each layer that no figure needs, left out: half the time of building a model.

Saving to TensorFlow's object graph needs every attribute of a layer tracked twice, and automatic
configs need signatures, which are read anew for each layer. Neither changes what is built.
"""

import inspect
from functools import lru_cache
from types import FunctionType, SimpleNamespace
from typing import Any


def install() -> None:
    """Applies all of it; a second call does nothing harmful."""
    _plain_attributes()
    _remembered_signatures()
    _untracked_scalars()
    _tensors_by_type()
    import keras

    keras.config.disable_traceback_filtering()


def _plain_attributes() -> None:
    from keras.src.backend.tensorflow import trackable

    def assign(self: Any, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    trackable.KerasAutoTrackable.__setattr__ = assign


_PLAIN = frozenset([int, float, bool, str, bytes, type(None), FunctionType])


def _untracked_scalars() -> None:
    """What can hold neither a weight nor a layer is not asked whether it does."""
    from keras.src.layers.layer import Layer

    tracked = Layer.__setattr__

    def assign(self: Any, name: str, value: Any) -> None:
        if type(value) in _PLAIN and "_tracker" in self.__dict__:
            object.__setattr__(self, name, value)
        else:
            tracked(self, name, value)

    Layer.__setattr__ = assign
    from tf_keras.src.engine.base_layer import Layer as Layer2

    tracked2 = Layer2.__setattr__

    def assign2(self: Any, name: str, value: Any) -> None:
        own = self.__dict__
        if (
            type(value) in _PLAIN
            and not hasattr(type(self), name)
            and type(own.get(name)) in _PLAIN
        ):
            own[name] = value
        else:
            tracked2(self, name, value)

    Layer2.__setattr__ = assign2


def _tensors_by_type() -> None:
    """Whether a value is a tensor is asked ten times a layer, and is a matter of its type."""
    import tensorflow as tf

    asked = tf.is_tensor
    known: dict[type, bool] = {}

    def is_tensor(value: Any) -> bool:
        cls = type(value)
        found = known.get(cls)
        if found is None:
            found = bool(asked(value))
            # A class of the paste lives no longer than the paste.
            if cls.__module__.partition(".")[0] in ("builtins", "numpy", "keras", "tensorflow"):
                known[cls] = found
        return found

    tf.is_tensor = is_tensor


def _remembered_signatures() -> None:
    from keras.src.layers import layer
    from keras.src.ops import operation

    remembered = SimpleNamespace(**{n: getattr(inspect, n) for n in dir(inspect) if n[0] != "_"})
    remembered.getfullargspec = lru_cache(2048)(inspect.getfullargspec)
    by_function = lru_cache(2048)(inspect.signature)

    def signature(thing: Any, *args: Any, **kwargs: Any) -> inspect.Signature:
        if args or kwargs or not inspect.isfunction(thing) or "<locals>" in thing.__qualname__:
            return inspect.signature(thing, *args, **kwargs)
        return by_function(thing)

    remembered.signature = signature
    for module in (layer, operation):
        module.inspect = remembered
