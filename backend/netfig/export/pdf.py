"""PDF: vector, fonts embedded as TrueType or Type 1, text selectable, the document attached."""

from dataclasses import dataclass, replace

from netfig.export.exporter import Options
from netfig.export.markup import legal
from netfig.export.render import render
from netfig.export.svg import write
from netfig.model.artifact import Artifact
from netfig.model.scene import Scene


@dataclass(frozen=True, slots=True)
class Pdf:
    """The exporter."""

    name: str = "pdf"
    label: str = "PDF"
    media_type: str = "application/pdf"
    suffix: str = ".pdf"

    def export(self, scene: Scene, options: Options) -> Artifact:
        """One page, exactly as large as the scene. Raises PaintingFailed."""
        svg = write(scene, replace(options, embed_fonts=False, document=""), pinned=True)
        content = render(
            "pdf",
            svg.encode(),
            title=legal(scene.title),
            description=legal(scene.description),
            document=options.document,
        )
        return Artifact(media_type=self.media_type, suffix=self.suffix, content=content)
