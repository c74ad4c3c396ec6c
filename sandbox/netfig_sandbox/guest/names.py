"""Names a paste uses and never makes: a part of a program is pasted as often as the whole.

What everybody calls by one name (tf, np, layers, Conv2D) is given; of any other the value is
guessed from the name. Both are told to the user. It must not know layers.
"""

import builtins
import importlib
from collections.abc import Callable
from typing import Any

from netfig_sandbox.guest.arrays import Blank
from netfig_sandbox.guest.guesses import guess
from netfig_sandbox.guest.inert import Guess, GuessedList, Inert, is_inert
from netfig_sandbox.guest.program import Program
from netfig_sandbox.guest.record import Record
from netfig_sandbox.guest.tables import Columns, Steps
from netfig_sandbox.guest.texts import Index

MODULES = {
    "tf": "tensorflow", "tensorflow": "tensorflow", "keras": "keras", "K": "keras.backend",
    "backend": "keras.backend", "np": "numpy", "numpy": "numpy", "layers": "keras.layers",
    "models": "keras.models", "optimizers": "keras.optimizers", "losses": "keras.losses",
    "metrics": "keras.metrics", "callbacks": "keras.callbacks", "utils": "keras.utils",
    "regularizers": "keras.regularizers", "initializers": "keras.initializers",
    "constraints": "keras.constraints", "applications": "keras.applications",
    "activations": "keras.activations", "tfk": "keras", "tfkl": "keras.layers",
    "kl": "keras.layers", "KL": "keras.layers", "KM": "keras.models", "km": "keras.models",
    "KB": "keras.backend", "L": "keras.layers", "ko": "keras.optimizers",
    "kloss": "keras.losses", "np_utils": "keras.utils", "preprocessing": "keras.preprocessing",
    "os": "os", "sys": "sys", "math": "math", "random": "random", "time": "time", "json": "json",
    "re": "re", "glob": "glob", "pickle": "pickle", "datetime": "datetime", "string": "string",
    "itertools": "itertools", "functools": "functools", "collections": "collections",
    "argparse": "argparse", "copy": "copy", "logging": "logging", "shutil": "shutil",
    "warnings": "warnings", "gc": "gc", "csv": "csv", "typing": "typing",
    "plt": "matplotlib.pyplot", "pd": "pandas", "cv2": "cv2", "sns": "seaborn",
    "hub": "tensorflow_hub", "tfa": "tensorflow_addons", "tfp": "tensorflow_probability",
    "tfds": "tensorflow_datasets", "sm": "segmentation_models", "mnist": "keras.datasets.mnist",
    "cifar10": "keras.datasets.cifar10", "fashion_mnist": "keras.datasets.fashion_mnist",
    "cifar100": "keras.datasets.cifar100", "imdb": "keras.datasets.imdb",
}  # fmt: skip
"""What nearly every program means by a name."""

_FUNCTIONS = {
    "to_categorical": "keras.utils", "pad_sequences": "keras.preprocessing.sequence",
    "load_model": "keras.models", "clone_model": "keras.models", "partial": "functools",
    "plot_model": "keras.utils", "concatenate": "keras.layers", "add": "keras.layers",
    "multiply": "keras.layers", "deque": "collections", "defaultdict": "collections",
    "train_test_split": "sklearn.model_selection", "tqdm": "tqdm", "namedtuple": "collections",
    "array": "numpy", "sqrt": "math", "randint": "random", "product": "itertools",
    "relu": "keras.activations", "l2": "keras.regularizers", "l1": "keras.regularizers",
    "merge": "keras.layers", "Path": "pathlib", "glorot_uniform": "keras.initializers",
    "average": "keras.layers", "maximum": "keras.layers", "image_dataset_from_directory":
    "keras.utils", "List": "typing", "Tuple": "typing", "Dict": "typing", "Optional": "typing",
    "Union": "typing", "Any": "typing", "Callable": "typing", "dataclass": "dataclasses",
    "ABC": "abc", "abstractmethod": "abc", "Enum": "enum", "OrderedDict": "collections",
}  # fmt: skip


def length(value: Any) -> int:
    """The paste's `len`: the length of what is not here is a Guess."""
    if isinstance(value, Guess) and not isinstance(value, GuessedList):
        return value  # A number that was guessed for what has a length.
    found = len(value)
    guessed = is_inert(value) or isinstance(value, Columns | Steps | Index)
    if guessed or (isinstance(value, Blank) and found in value.loose):
        return Guess(found)
    return found


class Names(dict[str, Any]):
    """The builtins of a paste, which also answer for names it never makes."""

    def __init__(self, program: Program, record: Record) -> None:
        super().__init__({**vars(builtins), "len": length})
        self.record = record
        self.text = program.text
        self.strict = "NameError" in program.text
        """The program itself asks whether a name is there."""

    def __missing__(self, name: str) -> Any:
        if name.startswith("__"):
            raise KeyError(name)
        line = self.record.provenance.user_line(2)
        found = conventional(name)
        if found is not None:
            value = found()
            self.record.warn(
                "stand-in", f"`{name}` is imported nowhere in the paste; the usual one was taken.",
                line,
            )  # fmt: skip
        elif self.strict:
            raise KeyError(name)
        else:
            text = "\n".join(self.text.split("\n")[(line or 1) - 1 :])
            value = guess(name, text)
            if isinstance(value, str):
                value = Inert(name)
            what = "a stand-in" if is_inert(value) else repr(value)
            self.record.warn(
                "guess", f"`{name}` is made nowhere in the paste; {what} was taken for it.", line
            )
            self.record.unmade.append(name)
        self[name] = value
        return value


def conventional(name: str) -> Callable[[], Any] | None:
    """What gives the usual meaning of a name; None where it has none."""
    if name in MODULES:
        return lambda: importlib.import_module(MODULES[name])
    if name in _FUNCTIONS:
        return lambda: getattr(importlib.import_module(_FUNCTIONS[name]), name)
    if not name[:1].isupper():
        return None
    found = None
    for place in ("keras.layers", "keras"):
        found = getattr(importlib.import_module(place), name, None)
        if found is not None and not isinstance(found, Inert):
            return lambda: found
    return None
