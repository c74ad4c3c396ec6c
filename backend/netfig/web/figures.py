"""Figures over HTTP: made, read, run again, edited, previewed, deleted."""

from collections.abc import Callable

from flask import Blueprint, Response, request
from pydantic import BaseModel

from netfig.errors import NotAllowed
from netfig.sandbox_client import Stage
from netfig.web import answers, wire
from netfig.web.bodies import body, expected_version, upload
from netfig.web.document import SpecBody, spec_of
from netfig.web.running import answered
from netfig.web.runs import Run
from netfig.web.sessions import session_id
from netfig.web.site import site
from netfig.web.state import state
from netfig.web.studio import Paste, View

figures = Blueprint("figures", __name__, url_prefix="/api")


@figures.post("/figures")
def make() -> Response:
    """A new figure from code: 201 with its edit token, or events. An exported file as the body, of
    type application/octet-stream, is opened again: 201, no run."""
    content = upload()
    if content is not None:
        view, token = state().studio.reopen(content)
        again = answers.figure(view, site(), token)
        return answers.json_answer(again, status=201, version=view.record.version)
    wanted = body(wire.NewFigure)
    spec = None if wanted.spec is None else spec_of(wanted.spec)
    studio, base, session = state().studio, site(), session_id()

    def work(run: Run, on_stage: Callable[[Stage], None]) -> tuple[BaseModel, int]:
        paste = _paste(wanted.source, session, run, on_stage)
        view, token = studio.make(paste, model=wanted.model, spec=spec)
        return answers.figure(view, base, token), view.record.version

    def respond(figure: BaseModel, version: int) -> Response:
        return answers.json_answer(figure, status=201, version=version)

    return answered(state().runs, work, respond)


@figures.get("/figures/<figure>")
def read(figure: str) -> Response:
    """The figure, its version as ETag."""
    studio = state().studio
    return _figure(studio.view(studio.store.get(figure)))


@figures.put("/figures/<figure>/source")
def run_again(figure: str) -> Response:
    """New code for the figure; its edits are kept, and on failure all of it."""
    _authorise(figure)
    wanted, version = body(wire.NewSource), expected_version()
    studio, base, session = state().studio, site(), session_id()

    def work(run: Run, on_stage: Callable[[Stage], None]) -> tuple[BaseModel, int]:
        paste = _paste(wanted.source, session, run, on_stage)
        view = studio.run_again(figure, paste, version=version, model=wanted.model)
        return answers.figure(view, base), view.record.version

    def respond(again: BaseModel, version: int) -> Response:
        return answers.json_answer(again, version=version)

    return answered(state().runs, work, respond)


@figures.put("/figures/<figure>/spec")
def edit(figure: str) -> Response:
    """Another document for the figure."""
    _authorise(figure)
    spec = spec_of(body(SpecBody))
    return _figure(state().studio.edit(figure, spec, version=expected_version()))


@figures.put("/figures/<figure>/model")
def choose(figure: str) -> Response:
    """Another model of the same code."""
    _authorise(figure)
    wanted = body(wire.NewModel)
    return _figure(state().studio.choose(figure, wanted.model, version=expected_version()))


@figures.post("/figures/<figure>/preview")
def preview(figure: str) -> Response:
    """The figure drawn by another document; nothing is stored."""
    studio = state().studio
    record = studio.store.get(figure)
    drawing = studio.drawing(record, spec_of(body(SpecBody)))
    return answers.json_answer(answers.drawing(drawing, studio.table(record)))


@figures.delete("/figures/<figure>")
def delete(figure: str) -> Response:
    """Forget the figure."""
    _authorise(figure)
    state().studio.store.delete(figure)
    return Response(status=204)


@figures.delete("/runs/<run>")
def stop(run: str) -> Response:
    """Stop a run; its name is the right to."""
    state().runs.stop(run)
    return Response(status=204)


def _figure(view: View) -> Response:
    return answers.json_answer(answers.figure(view, site()), version=view.record.version)


def _authorise(figure: str) -> None:
    given = request.authorization
    token = given.token if given is not None and given.type == "bearer" else None
    if not token:
        state().studio.store.get(figure)
        raise NotAllowed(
            "This link can be looked at, not changed.", hint="Use the link for editing."
        )
    state().studio.store.authorise(figure, token)


def _paste(source: wire.Source, session: str, run: Run, on_stage: Callable[[Stage], None]) -> Paste:
    return Paste(kind=source.kind, code=source.code, session=session, run=run, on_stage=on_stage)
