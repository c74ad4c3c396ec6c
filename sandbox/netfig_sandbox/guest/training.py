"""The training surface of models, made harmless: nothing is trained, saved, loaded or plotted.

What is passed still teaches: the shapes of fed arrays and datasets are kept with the model, so
that a model without a declared input can be built from them.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from netfig_sandbox.guest.engines import ENGINES, KERAS2, KERAS3, TENSORS
from netfig_sandbox.guest.inert import Guess, Inert, is_inert
from netfig_sandbox.guest.network import Spec
from netfig_sandbox.guest.record import CURRENT
from netfig_sandbox.guest.tables import Table

BATCH = 2


class Scores(list[float]):
    """Result of evaluate: as many zeros as are asked for."""

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int) and key >= len(self):
            return 0.0
        return super().__getitem__(key)

    def __float__(self) -> float:
        return 0.0

    def __format__(self, spec: str) -> str:
        try:
            return format(0.0, spec)
        except ValueError:
            return "0"

    def __mul__(self, other: Any) -> Any:
        return 0.0

    __rmul__ = __mul__


class Curves(dict[str, list[float]]):
    """`history.history`: any name gives a short curve."""

    def __missing__(self, key: str) -> list[float]:
        return [0.5, 0.5]

    def __contains__(self, key: object) -> bool:
        return True


class History(Inert):
    """Result of fit."""

    def __init__(self) -> None:
        super().__init__(
            "history",
            history=Curves(loss=[0.5, 0.5], accuracy=[0.5, 0.5], val_loss=[0.5, 0.5],
                           val_accuracy=[0.5, 0.5]),
            epoch=[0, 1], params={"epochs": 2, "steps": 1},
        )  # fmt: skip


def specs(value: Any) -> Any:
    """The Specs of what is fed, in its own structure; None where it says nothing."""
    if value is None or isinstance(value, str | bytes | int | float | bool):
        return None
    if is_inert(value):
        return _of_absent(value)
    element = getattr(value, "element_spec", None)
    if element is not None:
        first = element[0] if isinstance(element, tuple) and element else element
        return _mapped(first)
    if isinstance(value, TENSORS):
        return _mapped(value)
    if isinstance(value, dict | list | tuple):
        if isinstance(value, list | tuple) and value and isinstance(value[0], int | float):
            return Spec((None, *np.shape(value)[1:]))
        return _mapped(value)
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return _mapped(value)
    fed = getattr(value, "netfig_spec", None)
    if fed is not None:
        return fed
    if hasattr(value, "__getitem__") and hasattr(value, "__len__") and not is_inert(value):
        try:
            first = value[0]
            return specs(first[0] if isinstance(first, tuple | list) else first)
        except Exception:
            return None
    if hasattr(value, "__next__"):
        try:
            first = next(value)
            return specs(first[0] if isinstance(first, tuple | list) else first)
        except Exception:
            return None
    return None


def _of_absent(value: Any) -> Any:
    """What a stand-in for data says of its shape: a flow of images, a table."""
    if isinstance(value, Table):
        sizes = tuple(value.shape)[1:]
        return Spec((None, *sizes)) if sizes else None
    kept = getattr(value, "_kept", None)
    return kept.get("netfig_spec") if isinstance(kept, dict) else None


def _mapped(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _mapped(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_mapped(v) for v in value) if type(value) in (list, tuple) else None
    shape = getattr(value, "shape", None)
    if shape is None or is_inert(value):
        return None
    try:
        sizes = [d if d is None or isinstance(d, Guess) else int(d) for d in shape]
    except (TypeError, ValueError):
        return None
    dtype = getattr(getattr(value, "dtype", None), "name", None) or str(
        getattr(value, "dtype", "float32")
    )
    if dtype in ("float64", "object", "uint8") or dtype.startswith(("str", "<U", "bytes")):
        dtype = "float32"
    return Spec((None, *sizes[1:]), dtype) if sizes else None


def note_fed(model: Any, value: Any) -> None:
    """Remembers what a model was given."""
    record = CURRENT.record
    if record is None:
        return
    record.trained += 1
    made = record.models.get(id(model))
    if made is None or len(made.fed) >= 4:
        return
    try:
        found = specs(value)
    except Exception:
        return
    if found is not None:
        made.fed.append(found)


def _fit(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
    note_fed(self, x if x is not None else kwargs.get("generator"))
    return History()


def _evaluate(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
    note_fed(self, x)
    given = self.__dict__.get("_netfig_metrics") or ()
    count = len(given) if isinstance(given, list | tuple | dict) else 1
    return Scores([0.0] * (1 + count)) if count else 0.0


def _train(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
    return _evaluate(self, x)


def _predict(self: Any, x: Any = None, *args: Any, **kwargs: Any) -> Any:
    note_fed(self, x)
    count = BATCH
    first = x[0] if isinstance(x, list | tuple) and x else x
    shape = getattr(first, "shape", None)
    if shape and isinstance(shape[0], int):
        count = min(int(shape[0]), 4096)
    try:
        outputs: list[Any] = [
            np.zeros([count, *(d or 1 for d in tuple(t.shape)[1:])], "float32")
            for t in self.outputs
        ]
    except Exception:
        return Inert("prediction")
    return outputs[0] if len(outputs) == 1 else outputs


def _compile(self: Any, optimizer: Any = None, loss: Any = None, *args: Any, **kwargs: Any) -> None:
    metrics = args[0] if args else kwargs.get("metrics")
    attributes = {"optimizer": optimizer if not isinstance(optimizer, str) else Inert("optimizer"),
                  "loss": loss, "_netfig_metrics": metrics, "compiled_loss": Inert("loss"),
                  "compiled_metrics": Inert("metrics")}  # fmt: skip
    for name, value in attributes.items():
        if name not in _properties(type(self)):
            self.__dict__[name] = value


def _properties(cls: type) -> set[str]:
    return {n for base in cls.__mro__ for n, v in base.__dict__.items() if isinstance(v, property)}


def _nothing(self: Any, *args: Any, **kwargs: Any) -> None:
    return None


def _weights(self: Any) -> list[Any]:
    return [np.broadcast_to(np.float32(0), tuple(int(d) for d in w.shape)) for w in self.weights]


MODEL_METHODS: dict[str, Callable[..., Any]] = {
    "compile": _compile, "fit": _fit, "fit_generator": _fit, "evaluate": _evaluate,
    "evaluate_generator": _evaluate, "predict": _predict, "predict_generator": _predict,
    "predict_on_batch": _predict, "predict_classes": _predict, "predict_proba": _predict,
    "train_on_batch": _train, "test_on_batch": _train, "save": _nothing, "save_weights": _nothing,
    "load_weights": _nothing, "summary": _nothing, "export": _nothing, "reset_states": _nothing,
    "get_weights": _weights, "set_weights": _nothing, "reset_metrics": _nothing,
    "save_spec": _nothing, "quantize": _nothing, "load_own_variables": _nothing,
}  # fmt: skip
LAYER_METHODS: dict[str, Callable[..., Any]] = {
    "get_weights": _weights,
    "set_weights": _nothing,
    "adapt": _nothing,
}


def install() -> None:
    """Replaces the methods in both Kerases. A paste's own override of one still runs."""
    for engine in ENGINES:
        owners = {engine.model, engine.functional, engine.sequential}
        for owner in owners:
            for name, method in MODEL_METHODS.items():
                if owner is engine.model or name in owner.__dict__:
                    setattr(owner, name, method)
        engine.model.metrics_names = property(  # type: ignore[attr-defined]
            lambda self: ["loss", "accuracy", "metric", "metric_2"]
        )
        for name, method in LAYER_METHODS.items():
            if name != "adapt":
                setattr(engine.layer, name, method)
        for layer_name in dir(engine.module.layers):
            cls = getattr(engine.module.layers, layer_name, None)
            if isinstance(cls, type) and "adapt" in cls.__dict__:
                cls.adapt = _nothing  # type: ignore[attr-defined]
        _forgiving(engine)
        _strengths(engine)
    _plain_functions()


def _forgiving(engine: Any) -> None:
    """Optimizers, callbacks, losses and metrics take any argument: they draw nothing."""
    optimizers = [engine.module.optimizers]
    if engine is KERAS2:
        optimizers += [engine.module.optimizers.legacy, engine.module.optimizers.experimental]
    done: set[type] = set()
    for module in (*optimizers, engine.module.callbacks, engine.module.losses,
                   engine.module.metrics):  # fmt: skip
        for name in dir(module):
            cls = getattr(module, name, None)
            if not isinstance(cls, type) or cls in done or "__init__" not in cls.__dict__:
                continue
            done.add(cls)
            _forgive(cls, "optim" in module.__name__)


def _strengths(engine: Any) -> None:
    """A regularizer whose strength is not here is one all the same."""
    module = engine.module.regularizers
    for name in ("L1", "L2", "L1L2"):
        cls = getattr(module, name)
        original = cls.__init__

        def init(self: Any, *args: Any, _original: Any = original, **kwargs: Any) -> None:
            args = tuple(STRENGTH if is_inert(a) else a for a in args)
            kwargs = {k: STRENGTH if is_inert(v) else v for k, v in kwargs.items()}
            _original(self, *args, **kwargs)

        init.__wrapped__ = original  # type: ignore[attr-defined]
        cls.__init__ = init


STRENGTH = 0.01


def _forgive(cls: type, optimizer: bool) -> None:
    original = cls.__dict__["__init__"]

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        if optimizer and "lr" in kwargs:
            kwargs["learning_rate"] = kwargs.pop("lr")
        if optimizer:
            kwargs.pop("decay", None)
        try:
            original(self, *args, **kwargs)
        except Exception:
            kept = {k: v for k, v in kwargs.items() if k in ("learning_rate", "name")}
            try:
                original(self, **kept)
            except Exception:
                self.__dict__.update(kwargs)

    init.__doc__ = original.__doc__
    init.__name__ = "__init__"
    init.__wrapped__ = original  # type: ignore[attr-defined]
    cls.__init__ = init  # type: ignore[misc]
    if optimizer:
        for name in ("apply_gradients", "minimize", "apply", "build"):
            if name in cls.__dict__:
                setattr(cls, name, _step)


def _step(self: Any, *args: Any, **kwargs: Any) -> None:
    record = CURRENT.record
    if record is not None:
        record.trained += 1


def _plain_functions() -> None:
    """plot_model, to_categorical of absent data and their like, where each Keras has them."""
    import tensorflow as tf

    for engine in ENGINES:
        utils = engine.module.utils
        for name in ("plot_model", "model_to_dot"):
            setattr(utils, name, lambda *a, **k: Inert("plot"))
        _categorical(utils)
    KERAS3.module.utils.plot_model = lambda *a, **k: Inert("plot")

    def gradient(self: Any, *args: Any, **kwargs: Any) -> Any:
        return [None]

    plain = tf.GradientTape.gradient

    def tape_gradient(self: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if CURRENT.record is None or not tf.executing_eagerly():
            return plain(self, target, sources, *args, **kwargs)
        CURRENT.record.trained += 1
        return Inert("gradient")

    tf.GradientTape.gradient = tape_gradient
    tf.config.list_physical_devices = lambda *a, **k: []
    tf.config.experimental.list_physical_devices = lambda *a, **k: []


def _categorical(utils: Any) -> None:
    original = utils.to_categorical

    def to_categorical(y: Any, num_classes: Any = None, *args: Any, **kwargs: Any) -> Any:
        num_classes = kwargs.pop("nb_classes", num_classes)
        shape = tuple(getattr(y, "shape", ()) or ())
        if is_inert(y):
            return (
                Inert("to_categorical")
                if num_classes is None
                else np.broadcast_to(np.float32(0), (10, int(num_classes)))
            )
        if shape and 0 in getattr(y, "strides", (1,)):
            if len(shape) > 1 and shape[-1] == 1:
                shape = shape[:-1]
            classes = num_classes if num_classes is not None else CLASSES.get(id(y), 10)
            return np.broadcast_to(np.float32(0), (*shape, int(classes)))
        return original(y, num_classes)

    utils.to_categorical = to_categorical


CLASSES: dict[int, int] = {}
