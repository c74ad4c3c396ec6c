"""What happens to a figure: made from code, run again, edited, drawn, written out as a file.

It knows the sandbox, the store and the pipeline, and nothing of HTTP.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from netfig.analysis import Table, table
from netfig.errors import InputError
from netfig.export import EXPORTERS, Options
from netfig.grouping import Hierarchy, find
from netfig.importers import IMPORTERS, Capture
from netfig.importers.choosing import chosen, nothing
from netfig.model.artifact import Artifact
from netfig.model.graph import LayerGraph
from netfig.model.spec import FigureSpec
from netfig.pipeline import Drawing, draw, first, legend
from netfig.sandbox_client import Sandbox, Stage
from netfig.store import Record, Store
from netfig.web.carried import document_of, reopened
from netfig.web.document import grouping_key, restored, stored
from netfig.web.kept import Kept
from netfig.web.runs import Run

CODE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A figure with everything that is shown of it."""

    record: Record
    capture: Capture
    spec: FigureSpec
    drawing: Drawing
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """Code to run: who asks, under which run, whom to tell how far it is."""

    kind: str
    code: str
    session: str
    run: Run
    on_stage: Callable[[Stage], None]


class Studio:
    """All that can be done with figures."""

    def __init__(self, sandbox: Sandbox, store: Store) -> None:
        self.sandbox = sandbox
        self.store = store
        self._captures: Kept[Capture] = Kept(64)
        self._hierarchies: Kept[Hierarchy] = Kept(64)
        self._drawings: Kept[Drawing] = Kept(128)
        self._tables: Kept[Table] = Kept(64)
        self._files: Kept[Artifact] = Kept(64)

    def make(
        self, paste: Paste, *, model: int | str | None, spec: FigureSpec | None
    ) -> tuple[View, str]:
        """A new figure and its edit token. It is stored only once it can be drawn.

        Raises ProgramError when the code has no model, DoesNotFit, InvalidSpec, a SandboxError,
        StorageFull.
        """
        raw, capture = self._run(paste)
        position = chosen(capture, model)
        paste.on_stage(Stage(name="drawing"))
        graph = capture.models[position].graph
        drawing = draw(graph, spec) if spec else first(graph)
        spec = drawing.spec
        record, token = self.store.create(
            kind=paste.kind, code=paste.code, capture=raw, model=position, spec=stored(spec)
        )
        return self._remember(record, capture, spec, drawing), token

    def reopen(self, content: bytes) -> tuple[View, str]:
        """A new figure from an exported file, and its edit token; its code stays unknown.

        Raises InputError for any other file, DoesNotFit, StorageFull.
        """
        found = reopened(content)
        drawing = draw(found.capture.models[0].graph, found.spec)
        record, token = self.store.create(
            kind=found.kind, code="", capture=found.raw, model=0, spec=stored(found.spec)
        )
        return self._remember(record, found.capture, found.spec, drawing), token

    def run_again(
        self, figure: str, paste: Paste, *, version: int | None, model: int | str | None
    ) -> View:
        """The figure made from new code, its edits kept; on failure it stays as it is."""
        before = self.store.get(figure)
        raw, capture = self._run(paste)
        position = chosen(capture, model, before=self._model_of(before))
        spec = restored(before.spec)
        paste.on_stage(Stage(name="drawing"))
        drawing = draw(capture.models[position].graph, spec)
        record = self.store.change(
            figure, version=version, source=(paste.kind, paste.code, raw), model=position
        )
        return self._remember(record, capture, spec, drawing)

    def edit(self, figure: str, spec: FigureSpec, *, version: int | None) -> View:
        """The figure with another document, which must be drawable."""
        before = self.store.get(figure)
        self.drawing(before, spec)
        return self.view(self.store.change(figure, version=version, spec=stored(spec)))

    def choose(self, figure: str, model: int | str, *, version: int | None) -> View:
        """The figure of another model of the same code."""
        before = self.store.get(figure)
        position = chosen(self.capture(before), model)
        self.drawing(replace(before, model=position), restored(before.spec))
        return self.view(self.store.change(figure, version=version, model=position))

    def view(self, record: Record) -> View:
        """The figure as it is stored."""
        spec = restored(record.spec)
        return View(
            record=record,
            capture=self.capture(record),
            spec=spec,
            drawing=self.drawing(record, spec),
            table=self.table(record),
        )

    def capture(self, record: Record) -> Capture:
        """What the sandbox found in the code."""
        return self._captures.get(
            (record.id, record.digest), lambda: IMPORTERS[record.kind](record.capture)
        )

    def drawing(self, record: Record, spec: FigureSpec) -> Drawing:
        """The figure drawn by `spec`, which need not be the stored one."""
        graph, of = self.graph(record), (record.id, record.digest, record.model)
        return self._drawings.get(
            (*of, stored(spec)),
            lambda: draw(graph, spec, hierarchy=self._hierarchy(record, spec)),
        )

    def _hierarchy(self, record: Record, spec: FigureSpec) -> Hierarchy:
        # What folds and opens, and every look, leaves the groups that there are as they were.
        groups = (record.id, record.digest, record.model, grouping_key(spec))
        return self._hierarchies.get(groups, lambda: find(self.graph(record), spec))

    def graph(self, record: Record) -> LayerGraph:
        """The network that the figure shows."""
        return self.capture(record).models[record.model].graph

    def table(self, record: Record) -> Table:
        """What its layers cost."""
        graph = self.graph(record)
        return self._tables.get((record.id, record.digest, record.model), lambda: table(graph))

    def file(self, record: Record, form: str, options: Options, *, document: bool) -> Artifact:
        """The stored figure as a file of the named form (a key of EXPORTERS); with its `document`
        it can be opened for editing again."""
        spec = restored(record.spec)

        def make() -> Artifact:
            carried = document_of(
                record.kind, record.capture, record.model, spec, self.title(record)
            )
            told = replace(options, document=carried if document else "")
            return EXPORTERS[form].export(self.drawing(record, spec).scene, told)

        return self._files.get((record.id, record.version, form, options, document), make)

    def legend(self, record: Record, form: str, options: Options) -> Artifact:
        """The legend of the stored figure as a file of its own."""
        spec = restored(record.spec)
        scene = legend(self.graph(record), spec, hierarchy=self._hierarchy(record, spec))
        return EXPORTERS[form].export(scene, options)

    def title(self, record: Record) -> str:
        """What the figure is called: by its user, else by its model."""
        return restored(record.spec).title or self._model_of(record)

    def _model_of(self, record: Record) -> str:
        return self.capture(record).models[record.model].name

    def _remember(
        self, record: Record, capture: Capture, spec: FigureSpec, drawing: Drawing
    ) -> View:
        self._captures.get((record.id, record.digest), lambda: capture)
        self._drawings.get((record.id, record.digest, record.model, record.spec), lambda: drawing)
        return View(
            record=record,
            capture=capture,
            spec=spec,
            drawing=drawing,
            table=self.table(record),
        )

    def _run(self, paste: Paste) -> tuple[object, Capture]:
        if len(paste.code.encode("utf-8", "surrogatepass")) > CODE_BYTES:
            raise InputError(
                "The code is longer than a megabyte.",
                hint="Paste the code that builds the model alone.",
            )
        raw = self.sandbox.capture(
            paste.code,
            session=paste.session,
            run=paste.run.id,
            options={},
            on_stage=paste.on_stage,
            cancelled=paste.run.stopped,
        )
        capture = IMPORTERS[paste.kind](raw)
        if not capture.models:
            raise nothing(capture)
        return raw, capture
