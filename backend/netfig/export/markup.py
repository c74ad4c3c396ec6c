"""Strings of strangers as XML, and the names that groups get in an editor."""

import re
from xml.sax.saxutils import escape

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = re.compile("[ !#-%'-;=?-~]*")
_UNNAMED = re.compile("[^A-Za-z0-9_.]+")


def legal(string: str) -> str:
    """The string with every character that XML forbids spelt out as [U+0000]."""
    return _ILLEGAL.sub(lambda found: f"[U+{ord(found[0]):04X}]", string)


def content(string: str) -> str:
    """The string as the content of an element."""
    if _PLAIN.fullmatch(string):
        return string
    return escape(legal(string), {"\r": "&#13;"})


def attribute(string: str) -> str:
    """The string as a value between double quotes."""
    if _PLAIN.fullmatch(string):
        return string
    return escape(legal(string), {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


class Names:
    """Readable ids, each once in a file."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def name(self, wish: str) -> str:
        """The wish in letters, digits and - _ . after "netfig-", numbered when already given."""
        plain = _UNNAMED.sub("-", wish).strip("-") or "group"
        count = self._given.get(plain, 0) + 1
        self._given[plain] = count
        return f"netfig-{plain}" if count == 1 else f"netfig-{plain}--{count}"
