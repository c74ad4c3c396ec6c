"""From an answer of the sandbox to a LayerGraph: one importer a kind of source.

It must not know the web, the disk, or how a network is drawn.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from netfig.importers.capture import Capture, read

IMPORTERS: Mapping[str, Callable[[object], Capture]] = MappingProxyType({"keras": read})
"""Kind of source -> the reader of what the sandbox says of it."""

__all__ = ["IMPORTERS", "Capture", "read"]
