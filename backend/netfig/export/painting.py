"""What runs in the painting process alone: CairoSVG and qpdf. The web process never imports this.

Every function takes the exporter's own pinned SVG and gives a finished file. No address in it is
ever opened, no date is written, and fontconfig knows the bundled fonts alone.
"""

from io import BytesIO
from typing import Any, NoReturn

import cairocffi
import cairosvg.surface
import pikepdf

from netfig.export.carried import DESCRIPTION, FILENAME, LARGEST

# CairoSVG asks for Cairo's best, which is for the stripes of a screen and garbles a picture's text.
cairosvg.surface.TEXT_ANTIALIAS["geometricPrecision"] = cairocffi.ANTIALIAS_GRAY


def pdf(svg: bytes, *, title: str, description: str, document: str) -> bytes:
    """A PDF whose page is as large as the SVG says, with its metadata and attached document."""
    with pikepdf.open(BytesIO(_converted(cairosvg.surface.PDFSurface, svg))) as file:
        for key in list(file.docinfo.keys()):
            del file.docinfo[key]
        file.docinfo[pikepdf.Name.Creator] = pikepdf.String("Netfig")
        if title:
            file.docinfo[pikepdf.Name.Title] = pikepdf.String(title)
        if description:
            file.docinfo[pikepdf.Name.Subject] = pikepdf.String(description)
        if document:
            attachment = pikepdf.AttachedFileSpec(
                file,
                document.encode("utf-8", "replace"),
                filename=FILENAME,
                description=DESCRIPTION,
                mime_type="application/json",
                creation_date="",
                mod_date="",
            )
            attachment.relationship = pikepdf.Name.Source
            file.attachments[FILENAME] = attachment
        output = BytesIO()
        file.save(output, deterministic_id=True)
        return output.getvalue()


def png(svg: bytes, *, width: int, height: int) -> bytes:
    """A picture of exactly that many pixels."""
    return _converted(cairosvg.surface.PNGSurface, svg, output_width=width, output_height=height)


def eps(svg: bytes) -> bytes:
    """Encapsulated PostScript, without the date Cairo writes."""
    content = _converted(cairosvg.surface.EPSSurface, svg)
    lines = content.split(b"\n")
    return b"\n".join(line for line in lines if not line.startswith(b"%%CreationDate:"))


def attached(content: bytes) -> bytes:
    """The document attached to a PDF, which may be anybody's; empty when there is none.

    Raises ValueError where it is larger than any that Netfig writes.
    """
    with pikepdf.open(BytesIO(content)) as file:
        if FILENAME not in file.attachments:
            return b""
        found = file.attachments[FILENAME].get_file().read_bytes()
        if len(found) > LARGEST:
            raise ValueError("the attachment is too large")
        return found


def warm() -> None:
    """Load fonts and code, so that the processes forked from this one need not."""
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b"<text font-family=\"'Liberation Sans'\">x</text></svg>"
    )
    pdf(svg, title="x", description="x", document="{}")


def _converted(surface: Any, svg: bytes, **size: int) -> bytes:
    content: bytes = surface.convert(bytestring=svg, url_fetcher=_refuse, **size)
    return content


def _refuse(url: str, resource_type: str) -> NoReturn:
    raise ValueError(f"a figure refers to nothing outside: {url}")
