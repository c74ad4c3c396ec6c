"""How an exported file carries its own document: names, and the document made fit for XML."""

import re

FILENAME = "figure.netfig.json"
"""Name of the attachment in a PDF."""
DESCRIPTION = "The figure, for editing it again in Netfig"
KEYWORD = "netfig:document"
"""Keyword of the text chunk in a PNG."""
NAMESPACE = "urn:netfig:document"
"""XML namespace of the element in an SVG."""

LARGEST = 4 << 20
"""Bytes of a document; the largest capture allowed, compressed, with a long list of edits."""

_UNSAFE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(document: str) -> str:
    """The same JSON with the characters that XML cannot hold written as JSON escapes.

    JSON allows such characters inside its strings alone, so that the escapes mean the same.
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
