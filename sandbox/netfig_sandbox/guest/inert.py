"""Stand-ins that do nothing: whatever is absent, asked for anything, answers harmlessly.

An Inert is called, indexed, compared, formatted and iterated (twice) without ever failing or
hanging. A Guess is an integer that came from a stand-in, so that what is built on it can be told
to be guessed. It must not know Keras.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from dis import opname
from types import FrameType
from typing import Any

ROUNDS = 2
"""How often a loop over something absent turns."""
SIZE = 10
"""The length something absent claims: small enough to loop over, large enough to split."""


LISTED = 4
"""How many numbers a guessed list has: deep enough for an encoder and its decoder."""


class Guess(int):
    """An integer nobody knows: it stays a Guess through arithmetic."""

    def _wrap(name: str) -> Any:  # type: ignore[misc]
        plain = getattr(int, name)

        def operation(self: int, *args: Any) -> Any:
            result = plain(self, *args)
            return Guess(result) if type(result) is int else result

        operation.__name__ = name
        return operation

    for _name in (
        "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__floordiv__",
        "__rfloordiv__", "__mod__", "__neg__", "__abs__", "__pow__", "__round__",
        "__ceil__", "__floor__", "__trunc__", "__lshift__", "__rshift__",
    ):  # fmt: skip
        locals()[_name] = _wrap(_name)
    del _name, _wrap

    def __truediv__(self, other: Any) -> Any:
        result = int(self) / other
        return Guess(result) if isinstance(result, float) and result.is_integer() else result


class GuessedList(Guess):
    """A number that may have been meant as a list of such numbers: it can be used as either."""

    def __len__(self) -> int:
        return LISTED

    def __iter__(self) -> Iterator[Any]:
        return iter([Guess(self) for _ in range(LISTED)])

    def __getitem__(self, key: Any) -> Any:
        return [Guess(self) for _ in range(LISTED)][key]

    def __contains__(self, item: Any) -> bool:
        return bool(int(self) == item)

    def __reversed__(self) -> Iterator[Any]:
        return iter(self)


class Counter:
    """How many stand-ins have been asked for a number so far: models after it are on guesses."""

    asked = 0


def _guess(name: str = "") -> Guess:
    Counter.asked += 1
    return Guess(Sizes.of(name) if name else SIZE)


class Sizes:
    """Told by `guesses`: the number a stand-in's name speaks of (`config.depth`), else SIZE."""

    of: Callable[[str], int] = staticmethod(lambda name: SIZE)


def number(value: Any) -> Guess:
    """The number a stand-in stands for."""
    return Guess(value.__index__() if isinstance(value, Inert) else SIZE)


class _Meta(type):
    """Makes the class of a stand-in answer like its instances: for `absent.Class.method`."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Inert(f"{cls.__name__}.{name}")

    def __iter__(cls) -> Iterator[Any]:
        return iter((Inert(), Inert()))

    def __getitem__(cls, key: Any) -> Any:
        return Inert()


class InertBase(metaclass=_Meta):
    """What a paste's class derives from when its real base is absent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Inert(name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if Symbolic.applied is not None:
            found = Symbolic.applied(self, args, kwargs, _wanted(sys._getframe(1)))
            if found is not None:
                return found
        return Inert()

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __getitem__(self, key: Any) -> Any:
        return Inert()

    def __len__(self) -> int:
        return SIZE

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        return None


class Inert:
    """Something absent. `_name` is what the paste knows it by; a layer never accepts one."""

    _netfig_inert = True

    def __init__(self, name: str = "absent", **kept: Any) -> None:
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_kept", kept)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name.startswith(("_keras", "_repr_", "_ipython", "_tf_", "_type_spec")):
            raise AttributeError(name)
        kept = self._kept
        if name in kept:
            return kept[name]
        if name == "shape":
            return Shape()
        if name in ("ndim", "size"):
            return _guess()
        if name in _ENDS and Symbolic.ends is not None:
            found = Symbolic.ends(_model_of(self), name)
            if found is not None:
                return found
        value = Inert(f"{self._name}.{name}", __parent__=self)
        kept[name] = value
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self._kept[name] = value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if Symbolic.applied is not None:
            wanted = _wanted(sys._getframe(1))
            found = Symbolic.applied(self, args, kwargs, wanted)
            if found is not None:
                return found
        if args and self._name.endswith(_TRANSFORMS) and hasattr(args[0], "shape"):
            return args[0]
        # As a decorator it gives back what it decorates.
        if len(args) == 1 and not kwargs and _is_the_pastes(args[0]):
            return args[0]
        return Inert(f"{self._name}()", __made__=(args, kwargs), __parent__=self)

    def __getitem__(self, key: Any) -> Any:
        kept = self._kept.get("__items__")
        if kept is not None:
            try:
                if key in kept:
                    return kept[key]
            except TypeError:
                pass
        return Inert(f"{self._name}.{key}" if isinstance(key, str) else self._name)

    def __setitem__(self, key: Any, value: Any) -> None:
        with contextlib.suppress(TypeError):
            self._kept.setdefault("__items__", {})[key] = value

    def __delitem__(self, key: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return iter([Inert(self._name) for _ in range(_unpacked(sys._getframe(1)))])

    def __next__(self) -> Any:
        turned = self._kept.get("__turned__", 0)
        self._kept["__turned__"] = turned + 1
        if turned and turned % 50 == 0:
            raise StopIteration
        return Inert(self._name)

    def __reversed__(self) -> Iterator[Any]:
        return iter(self)

    def __len__(self) -> int:
        return int(_guess())

    def __contains__(self, item: Any) -> bool:
        return False

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    def __await__(self) -> Iterator[Any]:
        return iter(())

    def __bool__(self) -> bool:
        return True

    def __int__(self) -> int:
        return int(_guess(self._name))

    def __index__(self) -> int:
        return int(_guess(self._name))

    def __float__(self) -> float:
        return 1.0

    def __complex__(self) -> complex:
        return 1 + 0j

    def __round__(self, *_: Any) -> Any:
        return _guess()

    def __format__(self, spec: str) -> str:
        if spec:
            try:
                return format(1.0, spec)
            except ValueError:
                try:
                    return format(1, spec)
                except ValueError:
                    return format("", "")
        return "…"

    def __str__(self) -> str:
        return "…"

    def __repr__(self) -> str:
        return f"<absent {self._name}>"

    def __fspath__(self) -> str:
        return "absent"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: Any) -> Any:
        return self is other

    def __ne__(self, other: Any) -> Any:
        return self is not other

    def __lt__(self, other: Any) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        import numpy as np

        Counter.asked += 1
        return np.zeros((SIZE,), dtype or "float32")

    def __mro_entries__(self, bases: Any) -> tuple[type, ...]:
        found = Symbolic.base(self._name, sys._getframe(1)) if Symbolic.base is not None else None
        return (InertBase,) if found is None else (found,)

    def __instancecheck__(self, instance: Any) -> bool:
        return False

    def __subclasscheck__(self, cls: Any) -> bool:
        return False


def _unpacked(frame: FrameType) -> int:
    """How many values the caller unpacks into; ROUNDS where it loops."""
    code, at = frame.f_code.co_code, frame.f_lasti
    name = opname[code[at]]
    if name == "UNPACK_SEQUENCE":
        return code[at + 1]
    if name == "UNPACK_EX":
        return code[at + 1] + 1
    return ROUNDS


def _arithmetic(self: Inert, *_: Any) -> Inert:
    return Inert(self._name)


for _name in (
    "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv",
    "mod", "rmod", "pow", "rpow", "matmul", "rmatmul", "and", "rand", "or", "ror", "xor", "rxor",
    "neg", "pos", "abs", "invert", "lshift", "rshift", "iadd", "isub", "imul", "itruediv",
    "ifloordiv", "imod", "ipow", "iand", "ior", "ixor", "divmod",
):  # fmt: skip
    setattr(Inert, f"__{_name}__", _arithmetic)


_TRANSFORMS = (".fit_transform", ".transform", ".inverse_transform", ".shuffle", ".normalize")


class Symbolic:
    """What the guards tell this module: what a stand-in gives that meets the network's tensors."""

    applied: Callable[[Any, Any, Any, int], Any] | None = None
    ends: Callable[[Any, str], Any] | None = None
    base: Callable[[str, FrameType | None], type | None] | None = None


_ENDS = {"input", "output", "inputs", "outputs"}


def _model_of(part: "Inert") -> "Inert | None":
    """The stand-in for a model that a part (a layer of it, say) was asked of."""
    found = None
    at: Any = part
    for _ in range(20):
        if at is None:
            break
        if "__made__" in at._kept and at._name.rsplit(".", 1)[-1][:1].isupper():
            found = at
        at = at._kept.get("__parent__")
    return found


def _wanted(frame: FrameType) -> int:
    """How many values the result of the call at which a frame stands is unpacked into; 0: none."""
    code, at = frame.f_code.co_code, frame.f_lasti
    at += 2
    while at < len(code) and opname[code[at]] in ("CACHE", "PRECALL", "NOP"):
        at += 2
    return code[at + 1] if at < len(code) and opname[code[at]] == "UNPACK_SEQUENCE" else 0


class Shape(tuple[Any, ...]):
    """The shape of something absent: as many axes as are asked for, each a Guess."""

    ndims = rank = 2

    def as_list(self) -> list[Any]:
        return list(self)

    def __new__(cls) -> "Shape":
        return super().__new__(cls, (Guess(SIZE), Guess(SIZE)))

    def __getitem__(self, key: Any) -> Any:
        Counter.asked += 1
        if isinstance(key, slice):
            start, stop = key.start or 0, key.stop
            if stop is None or stop < 0:
                return tuple(Guess(SIZE) for _ in range(max(1, 2 - start)))
            return tuple(Guess(SIZE) for _ in range(max(0, stop - start)))
        return Guess(SIZE)

    def __iter__(self) -> Iterator[Any]:
        Counter.asked += 1
        return iter([Guess(SIZE) for _ in range(_unpacked(sys._getframe(1)))])


def _is_the_pastes(value: Any) -> bool:
    """True for a function or class that the paste defines."""
    kind = isinstance(value, type) or type(value).__name__ == "function"
    return kind and value.__module__ == "__main__"


def is_inert(value: Any) -> bool:
    """True for a stand-in and for an instance of a class that derives from one."""
    return isinstance(value, Inert | InertBase)
