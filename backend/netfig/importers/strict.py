"""Reading hostile JSON: every step says what it expects, how much of it, and where it was.

Each reader takes a value and the place it stands (for the message) and gives it back with a type,
or raises InvalidGraph. `parse` turns bytes into such values.
"""

import json
from typing import NoReturn

from netfig.errors import InvalidGraph

LARGEST = 2**53 - 1
"""Integers beyond it do not survive a browser."""

DEEPEST = 32
"""Lists and objects inside one another; json itself gives up far later, by RecursionError."""


def refuse(where: str, what: str) -> NoReturn:
    """Raise InvalidGraph for the value at `where`."""
    raise InvalidGraph(f"the answer of the sandbox is not a capture: {where} {what}")


def parse(raw: bytes, *, limit: int) -> object:
    """Strict JSON from at most `limit` bytes: no NaN, no duplicate keys, no giant numbers."""
    if len(raw) > limit:
        refuse("it", f"has {len(raw)} bytes, {limit} are allowed")

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) != len(pairs):
            refuse("an object", "has one key twice")
        return members

    def whole(digits: str) -> int:
        return int(digits) if len(digits) <= 17 else refuse("a number", "is too large")

    def constant(name: str) -> NoReturn:
        refuse("a number", f"is {name}")

    try:
        return json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=unique,
            parse_int=whole,
            parse_constant=constant,
        )
    except (ValueError, RecursionError) as error:
        raise InvalidGraph("the answer of the sandbox is not JSON") from error


def mapping(value: object, where: str) -> dict[str, object]:
    """An object."""
    if not isinstance(value, dict):
        refuse(where, "is not an object")
    return value


def array(value: object, where: str, *, limit: int) -> list[object]:
    """A list (or tuple) of at most `limit` values."""
    if not isinstance(value, list | tuple):
        refuse(where, "is not a list")
    if len(value) > limit:
        refuse(where, f"has {len(value)} entries, {limit} are allowed")
    return list(value)


def text(value: object, where: str, *, limit: int) -> str:
    """A string of at most `limit` code points, as it came; see `visible` for showing it."""
    if not isinstance(value, str):
        refuse(where, "is not a string")
    if len(value) > limit:
        refuse(where, f"has {len(value)} characters, {limit} are allowed")
    return value


def count(value: object, where: str, *, limit: int = LARGEST) -> int:
    """A whole number from 0 to `limit`; True is not one."""
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(where, "is not a whole number")
    if not 0 <= value <= limit:
        refuse(where, "is out of range")
    return value


def flag(value: object, where: str) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        refuse(where, "is neither true nor false")
    return value


def line(value: object, where: str) -> int | None:
    """A line of the paste, or None."""
    return None if value is None else count(value, where, limit=10_000_000)


def member(holder: dict[str, object], key: str, where: str) -> object:
    """The value of a key that must be there."""
    if key not in holder:
        refuse(where, f"has no {key}")
    return holder[key]
