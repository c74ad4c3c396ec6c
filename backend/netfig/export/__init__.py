"""Scene to file, one module a format. Every exporter is a walk over the scene and sees only it."""

from collections.abc import Mapping
from types import MappingProxyType

from netfig.export.eps import Eps
from netfig.export.exporter import Exporter, Options
from netfig.export.pdf import Pdf
from netfig.export.png import Png
from netfig.export.svg import Svg

EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {"svg": Svg(), "pdf": Pdf(), "png": Png(), "eps": Eps()}
)
"""The formats, in the order in which menus show them."""

__all__ = ["EXPORTERS", "Exporter", "Options"]
