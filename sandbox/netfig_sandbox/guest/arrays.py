"""Arrays that stand in for data: any shape, one element of memory, values nobody may rely on.

A Blank is a numpy array whose strides are all zero. Arithmetic on it gives Blanks of the right
shape without computing. `high` is its largest value as far as the program may ask (255 for
images, the last class for labels).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from netfig_sandbox.guest.inert import Guess, Inert

BIG = 200_000
"""Elements from which on a result is not computed but left blank."""
ROUNDS = 4


class Blank(np.ndarray):
    """See the module. `blank(shape, dtype, high)` makes one."""

    high: Any = None
    loose: frozenset[int] = frozenset()
    """Sizes of axes that are a guess: `shape` gives them as Guesses."""

    def __array_finalize__(self, source: Any) -> None:
        self.high = getattr(source, "high", None)
        self.loose = getattr(source, "loose", frozenset())

    def unsure(self, *sizes: int) -> "Blank":
        """The same array, with these sizes known to be guesses."""
        self.loose = self.loose | {int(s) for s in sizes}
        return self

    @property
    def shape(self) -> Any:
        sizes: tuple[int, ...] = np.ndarray.shape.__get__(self)
        if not self.loose:
            return sizes
        return tuple(Guess(s) if s in self.loose else s for s in sizes)

    @shape.setter
    def shape(self, sizes: Any) -> None:
        np.ndarray.shape.__set__(self, sizes)  # type: ignore[attr-defined]

    def reshape(self, *shape: Any, **_: Any) -> Any:
        wanted = shape[0] if len(shape) == 1 and isinstance(shape[0], list | tuple) else shape
        wanted = tuple(_whole(s) for s in wanted)
        try:
            found = super().reshape(tuple(int(s) for s in wanted))
        except ValueError:
            if not self.loose:
                raise
            # As wide as it is asked to be: the width was a guess.
            found = blank([len(self) if s == -1 else s for s in wanted], self.dtype, self.high)
        if isinstance(found, Blank):
            loose = {int(s) for s in wanted[1:] if isinstance(s, Guess)}
            if self.loose and -1 in wanted[1:]:
                loose.add(found.shape[wanted.index(-1)])
            found.loose = frozenset(int(s) for s in loose)
        return found

    def __array_ufunc__(
        self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **kwargs: Any
    ) -> Any:
        plain = [_plain(i) for i in inputs]
        if out is not None:
            return out[0]
        if method == "__call__" and not ufunc.signature:
            shape = np.broadcast_shapes(*(np.shape(i) for i in plain))
            kwargs.pop("where", None)
            with np.errstate(all="ignore"):
                small = ufunc(*(_corner(i) for i in plain), **kwargs)
            loose = _loose(inputs)
            if isinstance(small, tuple):
                return tuple(blank(shape, s.dtype, None, loose) for s in small)
            return blank(shape, np.asarray(small).dtype, None, loose)
        if method == "reduce":
            return _reduced(plain[0], kwargs.get("axis", 0), kwargs.get("keepdims", False))
        return getattr(ufunc, method)(*plain, **kwargs)

    def __array_function__(
        self, function: Any, types: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> Any:
        known = _FUNCTIONS.get(function)
        if known is not None:
            return known(*args, **kwargs)
        result = function(*_unwrapped(args), **_unwrapped(kwargs))
        if isinstance(result, np.ndarray) and result.ndim:
            loose = _loose(flat(args))
            return blank(result.shape, result.dtype, None, loose) if loose else result
        return result

    def __iter__(self) -> Iterator[Any]:
        if self.ndim == 1 and self.high is not None and self.dtype.kind in "iu":
            return iter([self.dtype.type(v) for v in range(min(int(self.high) + 1, 1000))])
        return iter([self[i] for i in range(min(len(self), ROUNDS))])

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, Inert):
            return self.copy()  # Some rows of it, nobody knows which.
        if isinstance(key, np.ndarray | list) and self.ndim:
            index = np.asarray(key)
            if index.dtype == bool:
                rows = len(self) // 2 if index.ndim == 1 else self.size // 2
                return blank((rows, *self.shape[index.ndim :]), self.dtype, self.high)
            return blank((*index.shape, *self.shape[1:]), self.dtype, self.high, self.loose)
        if self.loose and isinstance(key, tuple):
            return self._part(key)
        return super().__getitem__(key)

    def _part(self, key: tuple[Any, ...]) -> Any:
        """A part of an array of guessed width: a place beyond it is there all the same."""
        if not all(isinstance(k, int | slice) for k in key) or len(key) > self.ndim:
            return super().__getitem__(key)
        sizes: list[int] = []
        for place, size in enumerate(self.shape):
            one = key[place] if place < len(key) else slice(None)
            if isinstance(one, int):
                continue
            low, high = one.start, one.stop
            if place and isinstance(size, Guess) and one != slice(None):
                told = isinstance(high, int) and high >= 0 and (low is None or low >= 0)
                size = high - (low or 0) if told else Guess(len(range(*one.indices(size))))
            elif one != slice(None):
                size = len(range(*one.indices(size)))
            sizes.append(size)
        return blank(sizes, self.dtype, self.high,
                     frozenset(int(s) for s in sizes if isinstance(s, Guess)))  # fmt: skip

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __bool__(self) -> bool:
        return True

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        return blank(self.shape, dtype, self.high, self.loose)

    def copy(self, *_: Any, **__: Any) -> Any:
        return blank(self.shape, self.dtype, self.high, self.loose)

    def _all(self, axis: Any = None, *_: Any, keepdims: bool = False, **__: Any) -> Any:
        return _reduced(self, axis, keepdims)

    mean = std = var = sum = prod = argmax = argmin = _all  # type: ignore[assignment]

    def max(self, axis: Any = None, *_: Any, **kwargs: Any) -> Any:
        if axis is None and self.high is not None:
            return self.dtype.type(self.high)
        return _reduced(self, axis, kwargs.get("keepdims", False))

    def min(self, axis: Any = None, *_: Any, **kwargs: Any) -> Any:
        return _reduced(self, axis, kwargs.get("keepdims", False))

    def tolist(self) -> Any:
        return [v.tolist() if isinstance(v, np.ndarray) else v.item() for v in self]


def flat(values: Any) -> list[Any]:
    """The leaves of nested lists and tuples."""
    if isinstance(values, list | tuple):
        return [leaf for value in values for leaf in flat(value)]
    return [values]


def _whole(size: Any) -> Any:
    return size if isinstance(size, Guess) else int(size)


def _loose(values: Any) -> frozenset[int]:
    """The guessed sizes of several arrays."""
    return frozenset().union(*(v.loose for v in values if isinstance(v, Blank)))


def blank(
    shape: Any, dtype: Any = "float32", high: Any = None, loose: frozenset[int] = frozenset()
) -> Any:
    """A blank array; a scalar of its dtype where the shape is ()."""
    kind = np.dtype(dtype)
    sizes = tuple(max(0, int(s)) for s in shape)
    if not sizes:
        return np.zeros((), kind)[()]
    memory = np.zeros(1, kind)
    made = np.ndarray.__new__(Blank, sizes, kind, memory, 0, (0,) * len(sizes))
    made.high = high
    made.loose = loose
    return made


def _plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, Blank) else value


def _corner(value: Any) -> Any:
    """One element of an array, with as many axes."""
    if isinstance(value, np.ndarray) and value.size > 1:
        return value[tuple(slice(0, 1) for _ in value.shape)]
    return value


def _unwrapped(value: Any) -> Any:
    if isinstance(value, Blank):
        return value.view(np.ndarray)
    if isinstance(value, list | tuple):
        return type(value)(_unwrapped(v) for v in value)
    if isinstance(value, dict):
        return {k: _unwrapped(v) for k, v in value.items()}
    return value


def _reduced(array: Any, axis: Any, keepdims: bool) -> Any:
    if axis is None:
        return np.zeros((), "float64" if array.dtype.kind == "f" else array.dtype)[()]
    axes = {a % array.ndim for a in (axis if isinstance(axis, tuple) else (axis,))}
    shape = [1 if i in axes else s for i, s in enumerate(array.shape) if keepdims or i not in axes]
    return blank(shape, array.dtype, None, getattr(array, "loose", frozenset()))


def _shapes(arrays: Any) -> list[tuple[int, ...]]:
    return [tuple(np.shape(a)) for a in arrays]


def _concatenate(arrays: Any, axis: Any = 0, *_: Any, **__: Any) -> Any:
    shapes = _shapes(arrays)
    dtype = getattr(arrays[0], "dtype", "float32")
    if axis is None:
        return blank((sum(int(np.prod(s)) for s in shapes),), dtype)
    sizes = list(shapes[0])
    guessed = any(isinstance(s[axis], Guess) for s in shapes)
    sizes[axis] = sum(s[axis] for s in shapes)
    loose = _loose(arrays) | ({int(sizes[axis])} if guessed else set())
    return blank(sizes, dtype, None, loose)


def _stack(arrays: Any, axis: int = 0, *_: Any, **__: Any) -> Any:
    arrays = list(arrays)
    sizes = list(np.shape(arrays[0]))
    sizes.insert(axis if axis >= 0 else len(sizes) + 1 + axis, len(arrays))
    return blank(sizes, getattr(arrays[0], "dtype", "float32"), None, _loose(arrays))


def _unique(array: Any, *_: Any, **kwargs: Any) -> Any:
    top = int(array.high) + 1 if array.high is not None else 10
    values = np.arange(top, dtype=array.dtype)
    extra = sum(bool(kwargs.get(k)) for k in ("return_counts", "return_index", "return_inverse"))
    return (values, *(np.ones(top, "int64") for _ in range(extra))) if extra else values


def _like(array: Any, dtype: Any = None, *_: Any, **__: Any) -> Any:
    return blank(np.shape(array), dtype or array.dtype, None, _loose([array]))


def _pad(array: Any, width: Any, *_: Any, **__: Any) -> Any:
    pairs = np.broadcast_to(np.asarray(width), (array.ndim, 2))
    sizes = [s + int(a) + int(b) for s, (a, b) in zip(array.shape, pairs, strict=True)]
    return blank(sizes, array.dtype)


def _repeat(array: Any, count: Any, axis: Any = None) -> Any:
    if axis is None:
        return blank((array.size * int(np.max(count)),), array.dtype)
    sizes = list(array.shape)
    sizes[axis] *= int(np.max(count))
    return blank(sizes, array.dtype)


def _expand(array: Any, axis: Any) -> Any:
    sizes = list(array.shape)
    for one in sorted(axis if isinstance(axis, tuple | list) else [axis]):
        sizes.insert(one if one >= 0 else len(sizes) + 1 + one, 1)
    return blank(sizes, array.dtype, getattr(array, "high", None), _loose([array]))


def _reshape(array: Any, shape: Any = None, *_: Any, **kwargs: Any) -> Any:
    return array.reshape(shape if shape is not None else kwargs.get("newshape"))


def _extreme(name: str) -> Callable[..., Any]:
    def found(array: Any, axis: Any = None, *_: Any, **kwargs: Any) -> Any:
        return getattr(array, name)(axis=axis, **{k: v for k, v in kwargs.items()
                                                  if k == "keepdims"})  # fmt: skip

    return found


_FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.concatenate: _concatenate, np.stack: _stack, np.unique: _unique, np.zeros_like: _like,
    np.ones_like: _like, np.empty_like: _like, np.pad: _pad, np.repeat: _repeat,
    np.expand_dims: _expand, np.reshape: _reshape,
    np.vstack: lambda arrays, *a, **k: _concatenate(list(arrays), 0),
    np.hstack: lambda arrays, *a, **k: _concatenate(list(arrays), 0 if np.ndim(arrays[0]) == 1
                                                    else 1),
    np.dstack: lambda arrays, *a, **k: _concatenate(list(arrays), -1),
    np.append: lambda a, b, axis=None: _concatenate([a, b], axis),
    np.array_split: lambda a, n, axis=0: [a[: len(a) // n] for _ in range(n)],
    **{getattr(np, n): _extreme(n) for n in ("max", "min", "mean", "std", "var", "sum", "argmax",
                                             "argmin", "prod")},
    np.amax: _extreme("max"), np.amin: _extreme("min"),
}  # fmt: skip


def is_blank(value: Any) -> bool:
    """Whether a value is an array whose elements were never computed."""
    return isinstance(value, Blank)


def large(shape: Any) -> bool:
    """True for a shape that is not worth its memory."""
    try:
        total = 1
        for size in shape if isinstance(shape, list | tuple) else (shape,):
            total *= int(size)
        return total > BIG * 10
    except (TypeError, ValueError):
        return False


def install() -> None:
    """Large arrays of noise or zeros, which programs make to try a model out, are blank too."""
    for owner, names in (
        (np, ("zeros", "ones", "empty", "full")),
        (np.random, ("random", "random_sample", "rand", "randn", "normal", "uniform", "randint",
                     "standard_normal", "ranf")),
    ):  # fmt: skip
        for name in names:
            _wrap(owner, name)
    for name in ("array", "asarray"):
        _stacked(name)


def _wrap(owner: Any, name: str) -> None:
    original = getattr(owner, name)

    def made(*args: Any, **kwargs: Any) -> Any:
        shape = _asked(name, args, kwargs)
        if shape is not None and large(shape):
            dtype = kwargs.get("dtype", "int64" if name == "randint" else "float64")
            sizes = shape if isinstance(shape, list | tuple) else (shape,)
            high = args[1] - 1 if name == "randint" and len(args) > 1 else None
            return blank(sizes, dtype, high if isinstance(high, int) else None)
        return original(*args, **kwargs)

    made.__name__ = name
    made.__doc__ = original.__doc__
    setattr(owner, name, made)


def _stacked(name: str) -> None:
    """np.array of a list of blank arrays is blank: what is known of their sizes stays known."""
    original = getattr(np, name)

    def made(value: Any, *args: Any, **kwargs: Any) -> Any:
        if type(value) is Inert and not value._kept:
            return value  # An array of how many axes, nobody knows.
        if isinstance(value, Blank):
            kind = kwargs.get("dtype", args[0] if args else None)
            return value.copy() if kind is None else value.astype(kind)
        if type(value) is list and value and isinstance(value[0], Blank):
            shape = tuple(value[0].shape)
            if all(isinstance(v, Blank) and tuple(v.shape) == shape for v in value):
                found = _stack(value)
                return found.unsure(*(s for s in shape if isinstance(s, Guess)))
        return original(value, *args, **kwargs)

    made.__name__ = name
    made.__doc__ = original.__doc__
    setattr(np, name, made)


def _asked(name: str, args: Any, kwargs: Any) -> Any:
    if name in ("rand", "randn"):
        return args
    if name in ("zeros", "ones", "empty", "full"):
        return kwargs.get("shape", args[0] if args else None)
    if "size" in kwargs:
        return kwargs["size"]
    place = {"random": 0, "random_sample": 0, "ranf": 0, "standard_normal": 0}.get(name, 2)
    return args[place] if len(args) > place else None
