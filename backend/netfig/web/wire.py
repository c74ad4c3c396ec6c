"""What goes over the wire, in and out, as pydantic models: the source of the published schema."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from netfig.web.document import ENTRIES, NAME, SpecBody

CODE_BYTES = 1_000_000

if TYPE_CHECKING:
    SpecWire = Any
else:
    SpecWire = SpecBody


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Given(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        from_attributes=True,
        populate_by_name=True,
        json_schema_serialization_defaults_required=True,
    )


_LayerId = Annotated[str, StringConstraints(max_length=NAME)]

ModelChoice = (
    Annotated[int, Field(ge=0, le=63)] | Annotated[str, StringConstraints(max_length=NAME)] | None
)


class Source(_Sent):
    """What a figure is made from: Keras code, as pasted."""

    kind: Literal["keras"]
    code: Annotated[str, StringConstraints(max_length=CODE_BYTES)]


class NewFigure(_Sent):
    """A figure to make; `model` picks one of several by index, name or variable."""

    source: Source
    model: ModelChoice = None
    spec: SpecWire | None = None


class NewSource(_Sent):
    """New code for a figure; its edits are kept."""

    source: Source
    model: ModelChoice = None


class NewModel(_Sent):
    """Another model of the same code, by index, name or variable."""

    model: Annotated[int, Field(ge=0, le=63)] | Annotated[str, StringConstraints(max_length=NAME)]


class FoundModel(_Given):
    """A model that the code makes."""

    name: str
    variable: str | None
    type: str = Field(alias="class")
    layers: int
    parameters: int
    line: int | None
    contained: bool


class Notice(_Given):
    """A warning: `code` for programs, `message` for people, a line of the code or null."""

    code: str
    message: str
    line: int | None


class Fault(_Given):
    """What stopped the code after a model was found."""

    code: str
    message: str
    line: int | None
    hint: str


class Bounds(_Given):
    """A rectangle in points, from the top left corner of the page."""

    x: float
    y: float
    width: float
    height: float


class DrawnNode(_Given):
    """A glyph: what it stands for, what it says, where it lies."""

    id: str
    kind: Literal["layer", "group"]
    title: str
    type: str
    detail: list[str]
    box: Bounds
    layers: list[str]
    lines: list[int]
    group: str | None
    group_kind: str | None
    repeat: int
    fill: str
    look: str


class DrawnLink(_Given):
    """An edge between two glyphs."""

    source: str
    target: str


class SelectedLayers(_Sent):
    """Layers that somebody would like to be a group, by id."""

    layers: Annotated[tuple[_LayerId, ...], Field(max_length=ENTRIES)]


class SelectionWire(_Given):
    """What can be done with selected layers.

    `allowed`: they can be a group as they are. `layers`: the smallest group around them that
    can be, empty where only the whole network would do. `blocking` is an edge between two layers
    that is in the way, `message` says why.
    """

    allowed: bool
    layers: list[str]
    blocking: DrawnLink | None
    message: str


class DrawnGroup(_Given):
    """A group, shown or not; `layers` is how many it holds."""

    id: str
    kind: str
    label: str
    parent: str | None
    repeat: int
    folded: bool
    layers: int
    made: bool


class DrawnLegend(_Given):
    """An entry of the legend."""

    key: str
    target: Literal["type", "kind"]
    id: str
    label: str
    fill: str
    box: Bounds


class Facts(_Given):
    """Figures of the figure. Text sizes are points; `page` says the paper in words.

    `macs` are multiply-accumulates of one sample, without the `uncounted` layers that have no
    formula or an open size; null where nothing could be counted.
    """

    model_config = ConfigDict(frozen=True, from_attributes=True, extra="allow")

    layers: int
    parameters: int
    trainable: int
    macs: int | None
    uncounted: int
    text_floor: float
    smallest_text: float
    page: str
    caption: str
    description: str


class Fix(_Given):
    """An edit that tells two looks apart: this colour for the type or kind of that id."""

    target: Literal["type", "kind"]
    id: str
    fill: str


class Telling(_Given):
    """Two looks, by label, that cannot be told apart under each of `under`: "protanopia",
    "deuteranopia", "tritanopia", "grey", or "all". `fix` is null where no shade would help."""

    first: str
    second: str
    under: list[str]
    fix: Fix | None


class DrawingWire(_Given):
    """The figure as the server drew it. Lengths are points."""

    svg: str
    width: float
    height: float
    level: int
    levels: int
    warnings: list[str]
    facts: Facts
    nodes: list[DrawnNode]
    links: list[DrawnLink]
    groups: list[DrawnGroup]
    legend: list[DrawnLegend]
    telling: list[Telling]


class Figure(_Given):
    """A saved figure. `edit_url` and `edit_token` are there for whoever has just made it.

    `etag` is the ETag header's value, which an event has no header for.
    """

    id: str
    view_url: str
    edit_url: str | None = None
    edit_token: str | None = None
    source: Source
    model: int
    models: list[FoundModel]
    warnings: list[Notice]
    error: Fault | None
    output: str
    spec: SpecWire
    drawing: DrawingWire
    updated: str
    etag: str


class TableRow(_Given):
    """One call of a layer. Shapes are without the batch, null an open size; `memory` is bytes."""

    id: str
    name: str
    type: str
    path: list[str]
    outputs: list[list[int | None]]
    parameters: int
    trainable: int
    shared: bool
    macs: int | None
    memory: int | None
    note: str
    line: int | None


class TableWire(_Given):
    """Every layer call with what it costs for one sample, and totals."""

    rows: list[TableRow]
    parameters: int
    trainable: int
    macs: int | None
    uncounted: int
    memory: int | None
    unsized: int


class Problem(_Given):
    """application/problem+json (RFC 9457), with what to do and the line of the code."""

    type: str
    title: str
    status: int
    detail: str
    hint: str
    line: int | None
    code: str
    request: str


class StageEvent(_Given):
    """How far a run is. `run` stops it: DELETE /api/runs/RUN."""

    run: str
    stage: Literal["waiting", "starting", "running", "drawing"]
    position: int | None = None


class Choice(_Given):
    """An entry of a menu."""

    id: str
    label: str


class Venue(_Given):
    """A publisher's demands. Widths in points, null where there is none; text floor in points."""

    id: str
    label: str
    one: float | None
    full: float | None
    height: float | None
    text: float


class Palette(_Given):
    """A palette with the colours of some layer types, to show it in a menu."""

    id: str
    label: str
    colours: list[str]


class Limits(_Given):
    """What the service takes."""

    code_bytes: int
    body_bytes: int
    layers: int


class RunnerMeta(_Given):
    """What runs the code; `warning` is to be shown when it is not empty."""

    kind: str
    tier: str
    ready: bool
    warning: str


class Meta(_Given):
    """The menus."""

    version: str
    styles: list[Choice]
    palettes: list[Palette]
    venues: list[Venue]
    fonts: list[Choice]
    formats: list[Choice]
    limits: Limits
    runner: RunnerMeta


class Example(_Given):
    """Code to begin with."""

    id: str
    title: str
    code: str


class Health(_Given):
    """How the service is; `runner` as in Meta."""

    status: Literal["ok", "degraded", "down"]
    store: Literal["ok", "down"]
    runner: RunnerMeta
