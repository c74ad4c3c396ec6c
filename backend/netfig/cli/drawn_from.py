"""What `netfig draw` draws: the network of a program, or that of a file exported before."""

from dataclasses import dataclass

import click

from netfig.cli.asking import code_of, content_of, ran
from netfig.errors import InputError
from netfig.importers import read
from netfig.importers.choosing import chosen
from netfig.model.graph import LayerGraph
from netfig.model.spec import FigureSpec
from netfig.web.carried import document_of, reopened

_STARTS = (b"\x89PNG\r\n", b"%PDF-", b"%!PS", b"<svg", b"<?xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFrom:
    """A network with the document to start from; `raw` is the capture, `model` its index there."""

    graph: LayerGraph
    spec: FigureSpec
    raw: object
    model: int
    notices: tuple[str, ...]

    def document(self, spec: FigureSpec) -> str:
        """What a file carries so that it can be drawn again."""
        return document_of("keras", self.raw, self.model, spec, spec.title or self.graph.name)


def drawn_from(source: str, model: str | None, guest: str) -> DrawnFrom:
    """The network of SOURCE, told by its content: code is run, a figure is opened again.

    Raises InputError and whatever a run raises.
    """
    content = content_of(source)
    if content.lstrip().startswith(_STARTS):
        found = reopened(content)
        if model is not None:
            raise InputError("An exported figure holds one model; --model has nothing to choose.")
        graph = found.capture.models[0].graph
        return DrawnFrom(graph=graph, spec=found.spec, raw=found.raw, model=0, notices=())
    raw = ran(code_of(source, content), guest)
    capture = read(raw)
    number = model is not None and model.isascii() and model.isdigit()
    position = chosen(capture, int(model or 0) if number else model)
    return DrawnFrom(
        graph=capture.models[position].graph,
        spec=FigureSpec(),
        raw=raw,
        model=position,
        notices=tuple(notice.message for notice in capture.warnings),
    )


def tell(notices: tuple[str, ...]) -> None:
    """Warnings on standard error."""
    for notice in notices:
        click.echo(f"netfig: {notice}", err=True)
