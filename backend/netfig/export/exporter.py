"""What every exporter takes and is."""

from dataclasses import dataclass
from typing import Protocol

from netfig.model.artifact import Artifact
from netfig.model.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a file is written; a format ignores what does not concern it.

    `dpi` is the resolution of pictures. `background` paints the scene's background. `outlined`
    turns text into outlines. `embed_fonts` puts a subset of each font used into an SVG (PDF always
    has them); without, the viewer must have the fonts. `document` is the figure's own JSON, carried
    in the file so that the file can be opened for editing again; "" carries none.
    """

    dpi: float = 300.0
    background: bool = True
    outlined: bool = False
    embed_fonts: bool = True
    document: str = ""


class Exporter(Protocol):
    """One format: its name in addresses, its label in menus, and the walk over the scene."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def suffix(self) -> str: ...

    def export(self, scene: Scene, options: Options) -> Artifact:
        """The file. The same scene and options give the same bytes."""
        ...
