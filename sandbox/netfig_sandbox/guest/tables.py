"""Tables that are not here: what pandas reads, as rows and columns of nothing.

A Table knows how many columns it has where the program names them, else the number is a Guess;
its values are a blank array, so that slices, windows and reshapes have the sizes they would have.
A column's cells may be text or numbers: a Cell is both. Whatever is not in the tables below is an
Inert. It must not know layers.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from netfig_sandbox.guest.arrays import blank
from netfig_sandbox.guest.inert import SIZE, Guess, Inert, is_inert

ROWS = 1000
"""Rows of a table: enough for the windows that programs cut from it, split or not."""
FILE_COLUMNS = SIZE


class Cell(str):
    """An entry of a column: the text "1", and the number one where it is reckoned with."""

    def __new__(cls) -> "Cell":
        return super().__new__(cls, "1")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert(f"cell.{name}")

    def __lt__(self, other: Any) -> bool:
        return str.__lt__(self, other) if isinstance(other, str) else False

    def __gt__(self, other: Any) -> bool:
        return str.__gt__(self, other) if isinstance(other, str) else False

    def __truediv__(self, other: Any) -> Any:
        return 1.0 / other if isinstance(other, int | float) and other else 1.0

    def __sub__(self, other: Any) -> Any:
        return 1.0 - other if isinstance(other, int | float) else 1.0

    def __float__(self) -> float:
        return 1.0

    def __int__(self) -> int:
        return 1


class Column(str):
    """The name of a column that the program did not name."""


class Columns(list[Any]):
    """`table.columns`: as many names as are guessed."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ("difference", "drop"):
            return lambda gone=(), *a, **k: Columns(self[: _less(len(self), gone)])
        if name in ("tolist", "to_list", "copy", "get_level_values"):
            return lambda *a, **k: Columns(self)
        if name in ("values", "str", "array"):
            return self
        return Inert(f"columns.{name}")

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return Columns(super().__getitem__(key))
        if isinstance(key, int) and -len(self) <= key < len(self):
            return super().__getitem__(key)
        return Column("column")


def _less(count: int, gone: Any) -> int:
    taken = 1 if isinstance(gone, str) or not hasattr(gone, "__len__") else len(gone)
    return max(1, count - taken)


class Steps(list[int]):
    """The numbers of a text nobody has: its length is a guess."""


class Table(Inert):
    """Rows and columns; `columns` is None for one column by itself (a Series)."""

    def __init__(self, columns: int | None, rows: int = ROWS) -> None:
        super().__init__("pandas.table")
        object.__setattr__(self, "_columns", columns)
        object.__setattr__(self, "_rows", rows)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _ATTRIBUTES.get(name)
        if found is not None:
            return found(self)
        method = _METHODS.get(name)
        if method is not None:
            return lambda *args, **kwargs: method(self, *args, **kwargs)
        if name.startswith(("to_", "plot", "hist", "_repr", "info", "describe")):
            return Inert(f"table.{name}")
        if name.startswith("_"):
            return super().__getattr__(name)
        kept = self._kept
        return kept[name] if name in kept else Table(None, self._rows)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in ("columns", "index"):
            self._kept[name] = value

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str) or (isinstance(key, int) and self._columns is not None):
            kept = self._kept.get("__items__", {}).get(key)
            return Table(None, self._rows) if kept is None or _plain(kept) else kept
        if isinstance(key, list | Columns) and self._columns is not None:
            named = [k for k in key if isinstance(k, str)]
            if len(named) == len(key):
                return Table(_count(key), self._rows)
        if isinstance(key, slice | tuple):
            return _located(self, key)
        if isinstance(key, int):
            return Cell()
        return self

    def __iter__(self) -> Iterator[Any]:
        if self._columns is not None:
            return iter(_names(self))
        return iter([Cell(), Cell()])

    def __len__(self) -> int:
        return int(self._rows)

    def __contains__(self, item: Any) -> bool:
        return True

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.zeros(_shape(self), _kind(dtype))


def _plain(value: Any) -> bool:
    """True for what a column was set to that says no more than a column does."""
    return is_inert(value) and not isinstance(value, Table)


def _count(names: Any) -> int:
    guessed = isinstance(names, Columns) or any(isinstance(n, Column) for n in names)
    return Guess(len(names)) if guessed else len(names)


def _names(table: Table) -> Columns:
    return Columns(Column(f"column_{i}") for i in range(int(table._columns or 1)))


def _shape(table: Table) -> tuple[int, ...]:
    return (table._rows,) if table._columns is None else (table._rows, table._columns)


def _kind(dtype: Any) -> Any:
    try:
        kind = np.dtype(dtype if dtype is not None else "float32")
    except TypeError:
        return np.dtype("float32")
    return kind if kind.kind in "iufb" else np.dtype("float32")


def values(table: Table, dtype: Any = None) -> Any:
    """The table as an array; a column by itself stays what it is: its cells may be text."""
    if table._columns is None and dtype is None:
        return table
    made = blank(_shape(table), _kind(dtype), 9 if table._columns is None else None)
    return made.unsure(table._columns) if isinstance(table._columns, Guess) else made


def _rows(count: int, key: Any) -> int:
    if isinstance(key, slice):
        try:
            return len(range(count)[key])
        except TypeError:
            return count
    return count


def _located(table: Table, key: Any) -> Any:
    """`iloc[…]`, `loc[…]` and `table[…]` with slices."""
    first, *rest = key if isinstance(key, tuple) else (key,)
    rows = _rows(table._rows, first)
    single = isinstance(first, int)
    if table._columns is None:
        return Cell() if single else Table(None, rows)
    if not rest:
        return Table(None, int(table._columns)) if single else Table(table._columns, rows)
    second = rest[0]
    if isinstance(second, int | str):
        return Cell() if single else Table(None, rows)
    columns = table._columns
    if isinstance(second, slice):
        low, high = second.start, second.stop
        if all(isinstance(v, int | None) for v in (low, high)):
            known = isinstance(high, int) and high >= 0 and (low is None or low >= 0)
            columns = (
                max(1, int(high) - int(low or 0))
                if known
                else _as(columns, max(1, _rows(int(columns), second)))
            )
    elif hasattr(second, "__len__") and not is_inert(second):
        columns = _count(second)
    return Table(None, int(columns)) if single else Table(columns, rows)


def _as(old: int, new: int) -> int:
    return Guess(new) if isinstance(old, Guess) else new


class _Places:
    """`table.iloc` and `table.loc`."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __getitem__(self, key: Any) -> Any:
        return _located(self.table, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __call__(self, *args: Any, **kwargs: Any) -> "_Places":
        return self


def _same(table: Table, *_: Any, **__: Any) -> Table:
    return Table(table._columns, table._rows)


def _column(table: Table, *_: Any, **__: Any) -> Table:
    return Table(None, table._rows)


def _drop(table: Table, labels: Any = None, axis: Any = 0, *_: Any, **kwargs: Any) -> Any:
    gone = kwargs.get("columns", labels if axis in (1, "columns") else None)
    if table._columns is None or gone is None:
        return _same(table)
    left = Table(_as(table._columns, _less(int(table._columns), gone)), table._rows)
    if kwargs.get("inplace"):
        object.__setattr__(table, "_columns", left._columns)
        return None
    return left


def _pop(table: Table, *_: Any) -> Table:
    if table._columns is not None:
        object.__setattr__(table, "_columns", _as(table._columns, max(1, table._columns - 1)))
    return Table(None, table._rows)


def _reshape(table: Table, *shape: Any, **_: Any) -> Any:
    return values(table, "float32").reshape(*shape)


def _head(table: Table, n: Any = 5, *_: Any, **__: Any) -> Table:
    return Table(table._columns, int(n) if isinstance(n, int) else 5)


def _astype(table: Table, dtype: Any = None, *_: Any, **__: Any) -> Any:
    return _same(table)


def _apply(table: Table, *_: Any, **kwargs: Any) -> Table:
    return _column(table) if kwargs.get("axis") == 1 else _same(table)


def _unique(table: Table, *_: Any, **__: Any) -> Any:
    return np.arange(SIZE)


def _number(table: Table, *_: Any, **__: Any) -> Any:
    """A sum, a mean: one for each column, or one."""
    return 1.0 if table._columns is None else Table(None, int(table._columns))


def _array(table: Table, *args: Any, **kwargs: Any) -> Any:
    return values(table, args[0] if args else kwargs.get("dtype"))


def _ranks(table: Table) -> Any:
    return Table(table._columns, table._rows)


_ATTRIBUTES: dict[str, Callable[[Table], Any]] = {
    "shape": _shape, "values": values, "iloc": _Places, "loc": _Places, "ix": _Places,
    "at": _Places, "iat": _Places, "columns": _names, "index": lambda t: np.arange(t._rows),
    "ndim": lambda t: len(_shape(t)), "size": lambda t: int(np.prod(_shape(t))), "T": _ranks,
    "dtype": lambda t: np.dtype("float32"), "str": _column, "dt": _column, "cat": _column,
}  # fmt: skip
_METHODS: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(
        ("dropna", "fillna", "sort_values", "sort_index", "reset_index", "set_index", "copy",
         "sample", "rename", "replace", "drop_duplicates", "interpolate", "ffill", "bfill",
         "shift", "diff", "rolling", "clip", "round", "query", "isnull", "isna", "notnull", "where",
         "abs", "pct_change", "cumsum", "filter", "infer_objects", "applymap", "resample", "asfreq",
         "ewm", "to_frame", "truncate", "map", "transform", "append", "join", "merge", "assign"),
        _same),
    **dict.fromkeys(("mean", "std", "var", "min", "max", "sum", "median", "mode", "quantile"),
                    _number),
    **dict.fromkeys(("to_numpy", "as_matrix", "toarray", "to_list", "tolist"), _array),
    **dict.fromkeys(("unique",), _unique), "nunique": lambda t, *a, **k: Guess(SIZE),
    "factorize": lambda t, *a, **k: (_column(t), np.arange(SIZE)),
    "ravel": lambda t, *a, **k: values(t, "float32").ravel(),
    "flatten": lambda t, *a, **k: values(t, "float32").ravel(),
    "drop": _drop, "pop": _pop, "reshape": _reshape, "head": _head, "tail": _head,
    "apply": _apply, "astype": _astype, "get": lambda t, key, *a: t[key], "keys": _names,
    "items": lambda t: iter([(n, Table(None, t._rows)) for n in _names(t)]),
    "iterrows": lambda t: iter([(i, Table(None, 10)) for i in range(2)]),
    "itertuples": lambda t, *a, **k: iter([Inert("row"), Inert("row")]),
    "equals": lambda t, *a: True,
}  # fmt: skip


def _like(self: Table, *_: Any) -> Table:
    return Table(self._columns, self._rows)


for _name in (
    "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "mod", "pow",
    "neg", "abs", "invert", "and", "or", "eq", "ne", "lt", "gt", "le", "ge", "iadd", "isub",
    "imul", "itruediv",
):  # fmt: skip
    setattr(Table, f"__{_name}__", _like)
Table.__hash__ = Inert.__hash__  # type: ignore[method-assign]


def read(*args: Any, **kwargs: Any) -> Table:
    """read_csv and its like: as many columns as the program says."""
    for name in ("names", "usecols"):
        given = kwargs.get(name)
        if isinstance(given, list | tuple | range):
            return Table(len(given))
    return Table(Guess(FILE_COLUMNS))


def frame(data: Any = None, *args: Any, **kwargs: Any) -> Any:
    """DataFrame(…)."""
    columns = kwargs.get("columns")
    if isinstance(data, Table):
        return data if columns is None else Table(_count(list(columns)), data._rows)
    if isinstance(data, dict) and data:
        return Table(len(data))
    shape = getattr(data, "shape", None)
    if not is_inert(data) and isinstance(shape, tuple) and len(shape) == 2:
        return Table(shape[1], max(1, int(shape[0])))
    if isinstance(columns, list | tuple):
        return Table(len(columns))
    return Table(Guess(FILE_COLUMNS))


class Maker(Inert):
    """The class DataFrame or Series: called, it gives a Table; nothing is an instance of it."""

    def __init__(self, name: str, make: Callable[..., Any]) -> None:
        super().__init__(name)
        object.__setattr__(self, "_make", make)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._make(*args, **kwargs)


def concat(parts: Any = (), *args: Any, **kwargs: Any) -> Any:
    """pandas.concat: side by side, or below each other."""
    tables = [p for p in parts if isinstance(p, Table)] if not is_inert(parts) else []
    axis = kwargs.get("axis", args[0] if args else 0)
    if not tables:
        return Table(Guess(FILE_COLUMNS))
    if axis in (1, "columns"):
        widths = [1 if t._columns is None else t._columns for t in tables]
        total = sum(int(w) for w in widths)
        return Table(Guess(total) if any(isinstance(w, Guess) for w in widths) else total,
                     tables[0]._rows)  # fmt: skip
    return Table(tables[0]._columns, sum(t._rows for t in tables))


def dummies(data: Any = None, *args: Any, **kwargs: Any) -> Table:
    """get_dummies: how many kinds there are is a guess."""
    return Table(Guess(SIZE), data._rows if isinstance(data, Table) else ROWS)


def column(data: Any = None, *args: Any, **kwargs: Any) -> Any:
    """Series, to_datetime, to_numeric: a column."""
    return data if isinstance(data, Table) else Table(None)


def loadtxt(*args: Any, **kwargs: Any) -> Any:
    """np.loadtxt, np.genfromtxt: an array of rows and columns."""
    return values(read(), "float64")


TABLE: dict[str, Any] = {
    **{f"pandas.{name}": read
       for name in ("read_csv", "read_excel", "read_table", "read_json", "read_pickle", "read_hdf",
                    "read_parquet", "read_feather", "read_sql", "read_sql_query", "read_fwf")},
    **dict.fromkeys(("yfinance.download", "pandas_datareader.DataReader",
                     "pandas_datareader.get_data_yahoo", "quandl.get", "nsepy.get_history",
                     "tushare.get_hist_data", "tushare.get_k_data", "FinanceDataReader.DataReader",
                     "pandas_datareader.get_data_tiingo", "investpy.get_stock_historical_data",
                     "quandl.Quandl.get", "Quandl.get"), read),
    "pandas.merge_asof": lambda a=None, *_, **__: frame(a),
    "pandas.concat": concat, "pandas.merge": lambda a=None, *_, **__: frame(a),
    "pandas.get_dummies": dummies, "pandas.to_datetime": column, "pandas.to_numeric": column,
    "pandas.Series": Maker("pandas.Series", column),
    "pandas.DataFrame": Maker("pandas.DataFrame", frame), "pandas.isnull": lambda *a, **k: False,
    "pandas.isna": lambda *a, **k: False,
}  # fmt: skip
"""What names of pandas give; `absent` has it in its own table."""
