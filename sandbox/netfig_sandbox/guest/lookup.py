"""Imports as the paste writes them: `keras`, `tf.keras` and every old path lead to one Keras.

A Facade stands in for each module path (keras.layers.convolutional, tensorflow.python.keras.…)
and finds a name in the real module of that path, else where the name lives today. It must not
translate arguments: see `spellings`.
"""

import importlib
import importlib.abc
import importlib.machinery
import re
import sys
import types
from collections.abc import Sequence
from typing import Any

from netfig_sandbox.guest.engines import KERAS2, Engine

_ROOTS = ("keras", "tensorflow.keras", "tensorflow.python.keras", "tensorflow.contrib.keras",
          "tensorflow.contrib.keras.python.keras", "tensorflow.contrib.keras.api.keras",
          "tensorflow._api.v1.keras", "tensorflow.compat.v1.keras", "tensorflow_core.keras",
          "tensorflow_core.python.keras", "tensorflow.compat.v2.keras", "keras_core",
          "tensorflow._api.v2.keras", "tf_keras", "tensorflow.keras.python")  # fmt: skip
_SEARCHED = ("layers", "models", "utils", "backend", "initializers", "regularizers", "constraints",
             "activations", "optimizers", "losses", "metrics", "callbacks", "ops", "applications",
             "preprocessing.image", "preprocessing.text", "preprocessing.sequence", "datasets",
             "layers.experimental.preprocessing", "layers.experimental", "saving", "random",
             "optimizers.schedules", "optimizers.legacy", "estimator")  # fmt: skip
MOVED = {
    "Container": "Model", "Network": "Model", "Graph": "Model", "topology": "layers",
    "Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D",
    "AtrousConvolution2D": "Conv2D", "AtrousConv2D": "Conv2D", "AtrousConvolution1D": "Conv1D",
    "Deconvolution2D": "Conv2DTranspose", "Deconv2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose", "SeparableConvolution2D": "SeparableConv2D",
    "CuDNNLSTM": "LSTM", "CuDNNGRU": "GRU", "InputSpec": "InputSpec",
    "MaxPool1D": "MaxPooling1D", "MaxPool2D": "MaxPooling2D", "MaxPool3D": "MaxPooling3D",
    "normalized_mean_squared_error": "MeanSquaredError", "BatchNormalizationV2":
    "BatchNormalization", "BatchNormalizationV1": "BatchNormalization",
    "SyncBatchNormalization": "BatchNormalization", "TimeDistributedDense": "Dense",
    "LayerNorm": "LayerNormalization", "pad_sequences": "pad_sequences",
    "Adam": "Adam", "adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop", "RMSProp": "RMSprop",
    "tf_buffer": "layers", "multi_gpu_model": "multi_gpu_model",
    "plot": "plot_model",
}  # fmt: skip
_SUBMODULES = {
    "np_utils", "layer_utils", "generic_utils", "data_utils", "io_utils", "vis_utils", "core",
    "training_utils", "conv_utils", "multi_gpu_utils", "visualize_util", "wrappers", "topology",
    "convolutional", "recurrent", "normalization", "advanced_activations", "merge", "pooling",
    "embeddings", "noise", "local", "base_layer", "training", "containers", "objectives", "engine",
    "legacy", "interfaces", "image_utils", "python_utils", "test_utils", "input_layer", "network",
    "sequential", "convolutional_recurrent", "cudnn_recurrent", "tf_utils", "functional",
    "keras_tensor", "common", "imagenet_utils", "image", "text", "sequence", "dense_attention",
    "multi_head_attention", "scikit_learn", "metrics_utils", "losses_utils", "saving", "keras",
}  # fmt: skip


_CONTRIBUTED = re.compile(r"^(tensorflow\.)?keras\.(contrib|wrappers)(\.|$)")
"""Parts that left Keras: they are absent packages."""


class Facade(types.ModuleType):
    """A module path of the paste. `_path` is its part below the root ("" for the root)."""

    def __init__(self, name: str, engine: Engine, path: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__file__ = f"<{name}>"
        self._engine = engine
        self._path = path
        self._real = _real(engine, path)

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            names = _public(self._real) or _public(_real(self._engine, "layers"))
            return [*names, *self._extras()]
        if name.startswith("__") and name.endswith("__"):
            if self._real is not None:
                return getattr(self._real, name)
            raise AttributeError(name)
        value = self._find(name)
        setattr(self, name, value)
        return value

    def _extras(self) -> list[str]:
        from netfig_sandbox.guest.spellings import EXTRAS

        return list(EXTRAS) if self._path in ("layers", "layers.core", "models") else []

    def _find(self, name: str) -> Any:
        from netfig_sandbox.guest import spellings

        below = f"{self._path}.{name}".strip(".")
        special = spellings.special(self._engine, below)
        if special is not None:
            return special
        found = getattr(self._real, name, None) if self._real is not None else None
        if isinstance(found, types.ModuleType) or (found is None and name in _SUBMODULES):
            return _facade(f"{self.__name__}.{name}", self._engine, below)
        if found is not None:
            return found
        for wanted in dict.fromkeys((name, MOVED.get(name, name))):
            found = spellings.special(self._engine, f"layers.{wanted}")
            if found is not None:
                return found
            for place in _SEARCHED:
                module = _real(self._engine, place)
                found = getattr(module, wanted, None) if module is not None else None
                if found is not None and not isinstance(found, types.ModuleType):
                    return found
                if isinstance(found, types.ModuleType):
                    return _facade(f"{self.__name__}.{name}", self._engine, f"{place}.{wanted}")
            found = getattr(self._engine.module, wanted, None)
            if found is not None and not isinstance(found, types.ModuleType):
                return found
        if _real(self._engine, below) is not None:
            return _facade(f"{self.__name__}.{name}", self._engine, below)
        found = _legacy(self._engine, self._path, name)
        if found is not None:
            return found
        raise AttributeError(f"module '{self.__name__}' has no attribute '{name}'")


def _legacy(engine: Engine, path: str, name: str) -> Any:
    """What Keras 3 keeps for old programs, away from its own modules."""
    if engine is KERAS2 or not path:
        return None
    module = _import(f"keras._tf_keras.keras.{path}")
    return getattr(module, name, None)


def _public(module: Any) -> list[str]:
    return [n for n in dir(module) if not n.startswith("_")] if module is not None else []


_reals: dict[tuple[str, str], Any] = {}


def _real(engine: Engine, path: str) -> Any:
    """The engine's own module of that path; None where it has none."""
    key = (engine.dialect, path)
    if key not in _reals:
        module: Any = engine.module
        for part in path.split(".") if path else []:
            module = getattr(module, part, None) if module is not None else None
        if module is None and engine is not KERAS2 and path:
            module = _import(f"keras._tf_keras.keras.{path}")
        _reals[key] = module if isinstance(module, types.ModuleType) else None
    return _reals[key]


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def _facade(name: str, engine: Engine, path: str) -> types.ModuleType:
    known = sys.modules.get(name)
    if isinstance(known, Facade):
        return known
    made = Facade(name, engine, path)
    sys.modules[name] = made
    return made


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers every import of Keras with a Facade, except Keras's imports of its own insides."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        root = root_of(name)
        if root is None or is_inside(name):
            return None
        if not self._is_module(name[len(root) :].strip(".")):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def _is_module(self, path: str) -> bool:
        """False for what can only be a class that is not there: the import must say so."""
        last = path.rpartition(".")[2]
        return not last[:1].isupper() or _real(self.engine, path) is not None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        root = root_of(spec.name) or ""
        return Facade(spec.name, self.engine, spec.name[len(root) :].strip("."))

    def exec_module(self, module: types.ModuleType) -> None:
        spec = module.__spec__
        parent, _, last = module.__name__.rpartition(".")
        if parent in sys.modules and spec is not None:
            try:
                setattr(sys.modules[parent], last, module)
            except Exception:
                return


def root_of(name: str) -> str | None:
    """The root of a Keras path, None for what is not Keras."""
    best = None
    if _CONTRIBUTED.search(name):
        return None
    for root in _ROOTS:
        if (name == root or name.startswith(root + ".")) and len(root) > len(best or ""):
            best = root
    return best


def is_left(name: str) -> bool:
    """True for what was once a part of Keras and is a package of its own, or gone."""
    return _CONTRIBUTED.search(name) is not None


def is_inside(name: str) -> bool:
    """True for modules Keras imports of itself."""
    parts = name.split(".")
    return parts[0] in ("keras", "tf_keras") and len(parts) > 1 and parts[1] in (
        "src", "_tf_keras", "api", "protobuf"
    )  # fmt: skip


class _Active:
    engine: Engine = KERAS2


def active() -> Engine:
    """The Keras that every path leads to now."""
    return _Active.engine


_seen: set[str] = set()
_outer: set[str] = set()
"""Names of modules looked at, and those of them by which a paste, not Keras itself, asks."""


def prepare() -> None:
    """Sorts the modules that are loaded: once for each, and before the process is forked."""
    for name in [n for n in sys.modules if n not in _seen]:
        _seen.add(name)
        if root_of(name) is not None and not is_inside(name):
            _outer.add(name)


def activate(engine: Engine) -> None:
    """Lets every Keras path lead to `engine`, for the rest of this process or the next call."""
    import tensorflow as tf

    _Active.engine = engine
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, Finder)]
    prepare()
    for name in _outer:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Finder(engine))
    root = _facade("keras", engine, "")
    facade = _facade("tensorflow.keras", engine, "")
    root.__version__ = engine.version  # type: ignore[attr-defined]
    facade.__version__ = engine.version  # type: ignore[attr-defined]
    _facade("tf_keras", engine, "")
    for owner in (tf, tf.compat.v1, tf.compat.v2):
        try:
            owner.__dict__["keras"] = facade
            owner.keras = facade
        except Exception:
            continue
    # TensorFlow loads these from the Keras it finds installed, whatever stands at its name.
    for part in ("losses", "metrics", "optimizers", "initializers"):
        below = _facade(f"tensorflow.keras.{part}", engine, part)
        for owner in (tf, tf.compat.v2):
            owner.__dict__[part] = below
