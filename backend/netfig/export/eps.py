"""EPS, for the journals that still ask for it."""

from base64 import b64encode
from dataclasses import dataclass, replace
from math import ceil

from netfig.export.carried import KEYWORD
from netfig.export.exporter import Options
from netfig.export.numbers import number
from netfig.export.render import render
from netfig.export.svg import write
from netfig.model.artifact import Artifact
from netfig.model.scene import Scene


@dataclass(frozen=True, slots=True)
class Eps:
    """The exporter."""

    name: str = "eps"
    label: str = "EPS"
    media_type: str = "application/postscript"
    suffix: str = ".eps"

    def export(self, scene: Scene, options: Options) -> Artifact:
        """One page; the document stands in comments at its end. Raises PaintingFailed."""
        svg = write(scene, replace(options, embed_fonts=False, document=""), pinned=True)
        content = render("eps", svg.encode())
        content = _exact(content, scene)
        if options.document:
            carried = b64encode(options.document.encode("utf-8", "replace")).decode()
            lines = [carried[i : i + 200] for i in range(0, len(carried), 200)]
            comments = "".join(f"%{KEYWORD} {line}\n" for line in lines).encode()
            head, mark, tail = content.rpartition(b"%%EOF")
            content = head + comments + mark + tail
        return Artifact(media_type=self.media_type, suffix=self.suffix, content=content)


def _exact(content: bytes, scene: Scene) -> bytes:
    """The file with its exact size beside Cairo's, which is in whole points.

    Cairo rounds the page up and puts the figure at its top left; PostScript counts from below.
    """
    page = ceil(scene.height)
    box = " ".join(map(number, (0.0, page - scene.height, scene.width, page)))
    head, mark, tail = content.partition(b"%%EndComments")
    return head + f"%%HiResBoundingBox: {box}\n".encode() + mark + tail
