"""The document out of an exported file, for editing it again. Any file may come in."""

import re
import struct
from base64 import b64decode
from binascii import Error as Base64Error
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from netfig.export.carried import KEYWORD, NAMESPACE
from netfig.export.render import PaintingFailed, render

LARGEST = 64 << 20
"""Bytes of a file that is looked into."""


def document(content: bytes) -> str | None:
    """The JSON the file carries, told by its content and not its name; None when it has none.

    It is as hostile as any upload: the caller checks it like a document from a browser.
    """
    if len(content) > LARGEST:
        return None
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content[:1024].find(b"%PDF-") >= 0:
        return _pdf(content)
    if content.startswith(b"%!PS"):
        return _eps(content)
    return _svg(content)


def _svg(content: bytes) -> str | None:
    parser = XMLParser(target=_Looking(), forbid_dtd=False)
    try:
        parser.feed(content)
        found = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    return found if isinstance(found, str) and found else None


class _Looking:
    """Reads the document's text as the parser goes by and builds no tree, which a file of a few
    megabytes could make a hundred times as large."""

    def __init__(self) -> None:
        self._inside = False
        self._done = False
        self._parts: list[str] = []

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._inside = not self._done and tag == f"{{{NAMESPACE}}}document"

    def end(self, tag: str) -> None:
        self._done = self._done or tag == f"{{{NAMESPACE}}}document"
        self._inside = False

    def data(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def close(self) -> str:
        return "".join(self._parts)


def _png(content: bytes) -> str | None:
    head = KEYWORD.encode() + b"\0"
    at = 8
    while at + 8 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        # Compressed text (first byte 1) is not ours: we never write it.
        if kind == b"iTXt" and body.startswith(head) and body[len(head) : len(head) + 1] == b"\0":
            parts = body[len(head) + 2 :].split(b"\0", 2)
            return _decoded(parts[2]) if len(parts) == 3 else None
        at += 12 + length
    return None


def _pdf(content: bytes) -> str | None:
    try:
        return _decoded(render("attached", content))
    except PaintingFailed:
        return None


def _eps(content: bytes) -> str | None:
    lines = re.findall(rb"^%" + KEYWORD.encode() + rb" ([A-Za-z0-9+/=]+)\r?$", content, re.M)
    try:
        return _decoded(b64decode(b"".join(lines), validate=True))
    except Base64Error:
        return None


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode() or None
    except UnicodeDecodeError:
        return None
