"""Strings of strangers made fit to be shown: what cannot be seen is written out.

Control characters, bidirectional overrides, zero-width characters, lone surrogates and what is not
a character at all become escapes such as \\u202e, so that a name cannot pretend to be another,
turn the text around it, or make a file that no reader accepts.
"""

from hashlib import blake2b


def visible(string: str, *, limit: int, lines: bool = False) -> str:
    """The string with everything unprintable escaped, cut with "…" beyond `limit` characters.

    `lines` keeps line ends and tabs, for what a program printed.
    """
    shown = _escaped(string, lines)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def visible_id(string: str, *, limit: int) -> str:
    """Like `visible`, but two different strings never become one by being cut."""
    shown = _escaped(string, lines=False)
    if len(shown) <= limit:
        return shown
    mark = blake2b(string.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{shown[: limit - len(mark) - 1]}~{mark}"


def _escaped(string: str, lines: bool) -> str:
    if string.isprintable():
        return string
    kept = "\n\t" if lines else ""
    return "".join(
        c if c.isprintable() or c in kept else c.encode("unicode_escape").decode("ascii")
        for c in string
    )
