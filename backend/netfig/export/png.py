"""PNG: the page in pixels, with its resolution, title, description and document in text chunks."""

import struct
from dataclasses import dataclass, replace
from zlib import crc32

from netfig.errors import InputError
from netfig.export.carried import KEYWORD
from netfig.export.exporter import Options
from netfig.export.render import render
from netfig.export.svg import lines, write
from netfig.model.artifact import Artifact
from netfig.model.scene import Scene

LARGEST = 100_000_000
"""Pixels; four bytes each while painted."""

OUTLINED = 4_000
"""Letters up to which text is painted as outlines, at a fifth of a millisecond each."""


@dataclass(frozen=True, slots=True)
class Png:
    """The exporter."""

    name: str = "png"
    label: str = "PNG"
    media_type: str = "image/png"
    suffix: str = ".png"

    def export(self, scene: Scene, options: Options) -> Artifact:
        """The page at `dpi`, rounded to whole pixels. Raises InputError, PaintingFailed."""
        if not 0 < options.dpi <= 10_000:
            raise InputError(f"{options.dpi:g} dots per inch make no picture.")
        width, height = (max(1, round(n * options.dpi / 72)) for n in (scene.width, scene.height))
        if width * height > LARGEST:
            raise InputError(
                f"A picture of {width} × {height} pixels is too large.",
                hint=f"Choose fewer dots per inch than {options.dpi:g}.",
            )
        # Cairo sets letters on whole pixels; outlines stand where the ruler says. They take longer.
        outlined = options.outlined or sum(len(t.string) for t in lines(scene.items)) <= OUTLINED
        settings = replace(options, embed_fonts=False, document="", outlined=outlined)
        svg = write(scene, settings, pinned=True)
        content = render("png", svg.encode(), width=width, height=height)
        chunks = [_resolution(options.dpi)]
        for keyword, text in (
            ("Title", scene.title),
            ("Description", scene.description),
            ("Software", "Netfig"),
            (KEYWORD, options.document),
        ):
            if text:
                chunks.append(_text(keyword, text))
        return Artifact(
            media_type=self.media_type,
            suffix=self.suffix,
            content=_with_chunks(content, b"".join(chunks)),
        )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", crc32(kind + content))
    )


def _resolution(dpi: float) -> bytes:
    per_metre = round(dpi / 0.0254)
    return _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))


def _text(keyword: str, text: str) -> bytes:
    """An iTXt chunk, not compressed: language and translated keyword are left empty."""
    content = text.encode("utf-8", "replace")
    return _chunk(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + content)


def _with_chunks(content: bytes, chunks: bytes) -> bytes:
    """The chunks put behind the header (8 bytes of signature, 25 of IHDR)."""
    return content[:33] + chunks + content[33:]
