"""A live Keras model -> its figure: in a notebook, shown where it is the last thing in a cell.

    import netfig
    netfig.figure(model).save("figure.pdf")

Here the model is the caller's own and so is the process: nothing is sandboxed. The capture is made
by the same code that runs inside the sandbox, and read with the same care.
"""

import dataclasses
import time
from functools import cached_property
from pathlib import Path
from typing import Any

from netfig.errors import InputError, ProgramError
from netfig.export import EXPORTERS, Options
from netfig.importers import read
from netfig.model.spec import FigureSpec, Page
from netfig.model.venues import INCH
from netfig.pipeline import Drawing, draw, first
from netfig.web.carried import document_of

SECONDS = 600.0
"""How long a model may be looked into."""


class Figure:
    """The figure of a model, drawn when it is first looked at."""

    def __init__(self, capture: object, spec: FigureSpec) -> None:
        """From a capture (sandbox/CAPTURE.md); its first model is drawn."""
        found = read(capture)
        if not found.models:
            error = found.error
            raise ProgramError(error.message if error else "The model has no layers to draw.")
        self._capture = capture
        self._graph = found.models[0].graph
        self.spec = spec
        self.warnings = tuple(notice.message for notice in found.warnings)

    @cached_property
    def drawing(self) -> Drawing:
        """Scene, glyphs and facts. Raises DoesNotFit where a page was chosen."""
        return (first if self.spec.page == Page() else draw)(self._graph, self.spec)

    def save(self, path: str | Path, *, dpi: float = 300, outlined: bool = False) -> None:
        """Write a file; its suffix says the format. It can be opened again on the page or by
        `netfig draw`. Raises InputError for a format nobody knows."""
        for exporter in EXPORTERS.values():
            if exporter.suffix == Path(path).suffix.lower():
                title = self.spec.title or self._graph.name
                document = document_of("keras", self._capture, 0, self.drawing.spec, title)
                options = Options(dpi=dpi, outlined=outlined, document=document)
                Path(path).write_bytes(exporter.export(self.drawing.scene, options).content)
                return
        known = ", ".join(exporter.suffix for exporter in EXPORTERS.values())
        raise InputError(f"No format ends like {Path(path).name}.", hint=f"There are {known}.")

    def _repr_svg_(self) -> str:
        """The SVG with its fonts inside, so that every notebook shows it alike."""
        return EXPORTERS["svg"].export(self.drawing.scene, Options()).content.decode()

    def _repr_mimebundle_(self, **_asked: Any) -> dict[str, str]:
        """For Jupyter: the SVG, and the description for those who cannot see it."""
        return {"image/svg+xml": self._repr_svg_(), "text/plain": self.drawing.scene.description}


def figure(model: Any, spec: FigureSpec | None = None, *, width: float | None = None) -> Figure:
    """The figure of a Keras model; `spec` says how, `width` (inches) how wide.

    Raises ProgramError where the model has no input shape and none can be guessed, ImportError
    where netfig-sandbox or one of the two Kerases it reads (keras, tf_keras) is not installed.
    """
    chosen = spec or FigureSpec()
    if width is not None:
        page = dataclasses.replace(chosen.page, venue="free", width=width * INCH)
        chosen = dataclasses.replace(chosen, page=page)
    return Figure(_capture(model), chosen)


def _capture(model: Any) -> dict[str, Any]:
    from netfig_sandbox.guest.dump import engine_versions
    from netfig_sandbox.guest.engines import engine_of
    from netfig_sandbox.guest.execute import Execution
    from netfig_sandbox.guest.offer import offered
    from netfig_sandbox.guest.program import read as program
    from netfig_sandbox.guest.provenance import NOWHERE
    from netfig_sandbox.guest.record import Made, Record

    record = Record()
    record.models[id(model)] = Made(model=model, number=0, origin=NOWHERE)
    # A program of no lines, which made the model that is there.
    execution = Execution(program(""), record, time.monotonic() + SECONDS, False)
    models, _whole = offered(execution, {})
    return {
        "format": 1,
        "engine": engine_versions(engine_of(model)),
        "models": models,
        "warnings": record.warnings,
        "error": None,
        "output": "",
    }
