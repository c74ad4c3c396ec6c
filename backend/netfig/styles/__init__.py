"""How a network is drawn: GroupedGraph, sizes and Placement -> Scene, one folder a style.

It must not know formats, the web or how anything was laid out.
"""

from collections.abc import Mapping
from types import MappingProxyType

STYLES: Mapping[str, str] = MappingProxyType({"netfig": "Glyphs"})
"""The styles by name, with the label of menus, in their order."""
