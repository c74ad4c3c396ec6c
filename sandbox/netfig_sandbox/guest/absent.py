"""What a paste asks for and is not here: packages, files, arguments, a keyboard.

Every package that is not installed imports as an Inert. The tables say what some absent names
give instead, where a shape is known. It must not know layers.
"""

import argparse
import builtins
import importlib.abc
import importlib.machinery
import io
import os
import pdb
import sys
import time
import types
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from netfig_sandbox.guest import commands, names, tables
from netfig_sandbox.guest.arrays import blank
from netfig_sandbox.guest.inert import Guess, Inert
from netfig_sandbox.guest.lookup import is_inside, is_left, root_of
from netfig_sandbox.guest.provenance import PASTE
from netfig_sandbox.guest.record import CURRENT

RENAMED_MODULES = {
    "cPickle": "pickle", "Queue": "queue", "ConfigParser": "configparser", "StringIO": "io",
    "cStringIO": "io", "__builtin__": "builtins", "commands": "subprocess",
}  # fmt: skip
"""Modules of Python 2 and what they are called today."""

NOT_FAKED = {"keras", "tensorflow", "tf_keras", "numpy", "builtins", "netfig_sandbox"}
"""Packages that are here: a part of them that is missing is an error worth telling."""

QUIET = {
    "matplotlib", "pylab", "seaborn", "sklearn", "pandas", "cv2", "PIL", "tqdm", "wandb", "scipy",
    "tensorflow_datasets", "google", "torch", "skimage", "imageio", "h5py", "gym", "nltk",
    "plotly", "requests", "IPython", "ipywidgets", "pydot", "graphviz", "mlflow", "joblib",
    "absl", "yaml", "torchvision", "kaggle", "kagglehub", "tensorboard", "psutil", "numba",
    "imgaug", "albumentations", "librosa", "soundfile", "gensim", "spacy", "transformers",
    "datasets", "PyQt5", "tkinter", "flask", "streamlit", "click", "dotenv", "typer", "fire",
    "hydra", "omegaconf", "bs4", "statsmodels", "tornado", "werkzeug", "optuna", "hyperopt",
    "kerastuner", "keras_tuner", "colorama",
}  # fmt: skip
"""Packages whose absence cannot change a network: no warning for each of them."""


class Module(types.ModuleType):
    """An absent package: any name in it is an Inert, or what the table says."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []
        self.__file__ = f"<absent {name}>"
        self.__all__: list[str] = []
        self.__version__ = "1.0.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        value = known(self.__name__, name)
        setattr(self, name, value)
        return value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return Inert(self.__name__)(*args, **kwargs)


def known(module: str, name: str) -> Any:
    """What `module.name` gives: from the table, else an Inert."""
    whole = f"{module}.{name}"
    for key in (whole, f"{module.split('.')[0]}.{name}"):
        if key in TABLE:
            return TABLE[key]
    return Inert(whole)


_stood_for: list[str] = []
"""Names of the absent packages that were imported since the last program."""


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last of the finders: what no other found is absent."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        top = name.split(".")[0]
        parent = sys.modules.get(name.rpartition(".")[0])
        left = top in NOT_FAKED and root_of(name) is None and is_left(name)
        if not left and (top in NOT_FAKED or root_of(name) is not None or is_inside(name)):
            return None
        if not left and parent is not None and not isinstance(parent, Module):
            return None
        if parent is None and not _asked_by_paste():
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        today = RENAMED_MODULES.get(spec.name)
        if today is not None:
            return __import__(today)
        record = CURRENT.record
        top = spec.name.split(".")[0]
        if record is not None and top not in QUIET:
            said = spec.name if top in NOT_FAKED else top
            record.warn(
                "stand-in",
                f"`{said}` is not installed here; a stand-in that does nothing took its place.",
                record.provenance.user_line(2),
            )
        _stood_for.append(spec.name)
        return Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        return None


def _asked_by_paste() -> bool:
    """True where the paste itself imports, not a library trying whether it has an extra."""
    frame: types.FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name == PASTE or name == names.__file__:
            return True
        if not name.startswith("<frozen") and "importlib" not in name and name != __file__:
            return False
        frame = frame.f_back
    return False


# Functions of absent packages whose result has a shape.


def _halves(*arrays: Any, **kwargs: Any) -> list[Any]:
    """train_test_split: two parts of each."""
    parts: list[Any] = []
    for array in arrays:
        try:
            cut = max(1, len(array) * 3 // 4)
            parts += [array[:cut], array[cut:]]
        except Exception:
            parts += [Inert("split"), Inert("split")]
    return parts


def _imread(*args: Any, **kwargs: Any) -> Any:
    grey = len(args) > 1 and args[1] == 0
    return blank((224, 224) if grey else (224, 224, 3), "uint8", 255)


def _resize(image: Any, size: Any = None, *args: Any, **kwargs: Any) -> Any:
    try:
        width, height = (int(s) for s in size)
        return blank((height, width, *np.shape(image)[2:]), getattr(image, "dtype", "uint8"), 255)
    except Exception:
        return Inert("resize")


def _progress(iterable: Any = None, *args: Any, **kwargs: Any) -> Any:
    if type(iterable) in (range, list):
        return _Progress(iterable)
    return iterable if iterable is not None else Inert("tqdm")


class _Progress:
    """What is looped over, and what a bar is asked for besides: `with`, `set_description`."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __iter__(self) -> Any:
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Inert(f"tqdm.{name}")


def _app_run(main: Any = None, *args: Any, **kwargs: Any) -> Any:
    function = main or getattr(sys.modules.get("__main__"), "main", None)
    if callable(function):
        try:
            return function(["paste.py"])
        except TypeError:
            return function()
    return None


class Flags(Inert):
    """absl and TensorFlow 1 flags: each keeps the default it was defined with."""

    def __init__(self) -> None:
        super().__init__("FLAGS")


FLAGS = Flags()


def _define(name: str, default: Any = None, *args: Any, **kwargs: Any) -> Any:
    FLAGS._kept[name] = default
    return types.SimpleNamespace(value=default, default=default, name=name)


_DEFINERS = {
    f"absl.{kind}": _define
    for kind in ("DEFINE_string", "DEFINE_integer", "DEFINE_float", "DEFINE_boolean",
                 "DEFINE_bool", "DEFINE_list", "DEFINE_enum", "DEFINE_multi_integer")
}  # fmt: skip


def _tfds(*args: Any, **kwargs: Any) -> Any:
    from netfig_sandbox.guest.datasets import tfds_load

    return tfds_load(*args, **kwargs)


def _first(values: Any = (), *args: Any, **kwargs: Any) -> Any:
    """hyperas' choice: the first there is."""
    try:
        return next(iter(values))
    except (TypeError, StopIteration):
        return Inert("choice")


def _low(low: Any = 0.0, high: Any = 1.0, *args: Any, **kwargs: Any) -> Any:
    """hyperas' uniform: the middle."""
    return (low + high) / 2


TABLE: dict[str, Any] = {
    "hyperas.choice": _first, "hyperas.uniform": _low, "hyperas.randint": lambda high=2, *a: 1,
    "tensorflow_datasets.load": _tfds,
    "sklearn.train_test_split": _halves,
    "cv2.imread": _imread,
    "cv2.resize": _resize,
    "tqdm.tqdm": _progress, "tqdm.trange": lambda n=2, *a, **k: _Progress(range(n)),
    "tqdm.tqdm_notebook": _progress,
    "absl.FLAGS": FLAGS, "absl.run": _app_run,
    **_DEFINERS, **tables.TABLE, **commands.TABLE,
}  # fmt: skip
"""`package.name` or `package.module.name` -> what it gives. Everything else is an Inert."""

SAMPLE = (
    "the quick brown fox jumps over the lazy dog.\nPack my box with five dozen liquor jugs!\n"
    "How vexingly quick daft zebras jump; bright vixens jump: dozy fowl quack? 0123456789\n"
) * 20
"""What a text file that is not here holds."""


def _open(original: Callable[..., Any]) -> Callable[..., Any]:
    def opened(file: Any, mode: Any = "r", *args: Any, **kwargs: Any) -> Any:
        try:
            return original(file, mode, *args, **kwargs)
        except OSError:
            if CURRENT.record is None or not _called_by_paste():
                raise
        text = str(mode)
        if any(sign in text for sign in "wax"):
            return io.BytesIO() if "b" in text else io.StringIO()
        CURRENT.record.warn(
            "stand-in", f"The file {str(file)[-80:]!r} is not here; sample text took its place.",
            CURRENT.record.provenance.user_line(2),
        )  # fmt: skip
        return io.BytesIO(SAMPLE.encode()) if "b" in text else io.StringIO(SAMPLE)

    return opened


def _called_by_paste() -> bool:
    return sys._getframe(2).f_code.co_filename == PASTE


def _missing(original: Callable[..., Any], instead: Callable[..., Any]) -> Callable[..., Any]:
    """The function; where it fails on something that is not here, `instead`."""

    def called(*args: Any, **kwargs: Any) -> Any:
        try:
            return original(*args, **kwargs)
        except (OSError, ValueError, EOFError):
            if CURRENT.record is None:
                raise
            return instead(*args, **kwargs)

    called.__name__ = getattr(original, "__name__", "called")
    return called


def _listing(*_: Any, **__: Any) -> list[str]:
    return ["absent_0.jpg", "absent_1.jpg"]


def _parsed(self: Any, args: Any = None, namespace: Any = None) -> Any:
    """parse_args without a command line: defaults, and guesses for what is required."""
    found = namespace or argparse.Namespace()
    for action in self._actions:
        if action.dest in (argparse.SUPPRESS, "help", "version"):
            continue
        value = action.default
        if value is argparse.SUPPRESS:
            continue
        if value is None and (action.required or not action.option_strings):
            value = _required(action)
        elif isinstance(value, str) and callable(action.type):
            try:
                value = action.type(value)
            except Exception:
                value = action.default
        if not hasattr(found, action.dest) or getattr(found, action.dest) is None:
            setattr(found, action.dest, value)
    for name, value in self._defaults.items():
        if not hasattr(found, name):
            setattr(found, name, value)
    return found


def _required(action: Any) -> Any:
    if action.choices:
        return next(iter(action.choices))
    if action.type is int:
        return Guess(10)
    if action.type is float:
        return 1.0
    return Inert(action.dest) if action.type not in (None, str) else "absent"


class _Arguments(list[str]):
    """sys.argv: what is not there is a word."""

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int) and key >= len(self):
            return "absent"
        return super().__getitem__(key)


class Disk:
    """What a program is told of files that are not here: on a second try, that they are."""

    claimed = False


def _claimed(original: Callable[..., bool]) -> Callable[..., bool]:
    def there(path: Any) -> bool:
        if original(path):
            return True
        return Disk.claimed and CURRENT.record is not None and _called_by_paste()

    there.__name__ = original.__name__
    return there


_done = False


def install() -> None:
    """Puts everything in place; a second call does nothing."""
    global _done
    if _done:
        return
    _done = True
    sys.meta_path.append(Finder())
    builtins.open = io.open = _open(builtins.open)
    builtins.input = lambda *a, **k: "1"
    builtins.breakpoint = pdb.set_trace = lambda *a, **k: None
    time.sleep = lambda *a, **k: None
    os.system = lambda *a, **k: 0
    for name in ("makedirs", "mkdir", "remove", "chdir", "rmdir", "rename", "removedirs"):
        setattr(os, name, _missing(getattr(os, name), lambda *a, **k: None))
    for name in ("exists", "isdir", "isfile"):
        setattr(os.path, name, _claimed(getattr(os.path, name)))
    os.listdir = _missing(os.listdir, _listing)
    os.scandir = _missing(os.scandir, lambda *a, **k: Inert("scandir"))
    for name in ("loadtxt", "genfromtxt"):
        setattr(np, name, _missing(getattr(np, name), tables.loadtxt))
    for name in ("load", "fromfile", "memmap"):
        setattr(np, name, _missing(getattr(np, name), lambda *a, **k: Inert("array")))
    for name in ("save", "savez", "savetxt", "savez_compressed"):
        setattr(np, name, _missing(getattr(np, name), lambda *a, **k: None))
    argparse.ArgumentParser.parse_args = _parsed  # type: ignore[method-assign]
    argparse.ArgumentParser.parse_known_args = (  # type: ignore[method-assign]
        lambda self, *a, **k: (_parsed(self), [])
    )


def fresh() -> dict[str, Any]:
    """The names a paste finds without importing them; resets what a run before may have left."""
    sys.argv = _Arguments([PASTE])
    for name in _stood_for:
        sys.modules.pop(name, None)
    _stood_for.clear()
    FLAGS._kept.clear()
    return {
        "get_ipython": lambda: Inert("ipython"), "display": lambda *a, **k: None,
        "xrange": range, "raw_input": builtins.input, "unicode": str, "basestring": str,
        "long": int, "unichr": chr, "reduce": __import__("functools").reduce,
    }  # fmt: skip
