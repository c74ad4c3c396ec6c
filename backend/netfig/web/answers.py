"""A View -> what goes over the wire."""

from typing import Any

from flask import Response

from netfig.analysis import Table
from netfig.export import EXPORTERS, Options
from netfig.importers.capture import Found
from netfig.pipeline import Drawing
from netfig.web import wire
from netfig.web.document import SpecBody
from netfig.web.studio import View


def figure(view: View, base: str, token: str | None = None) -> wire.Figure:
    """The figure; with `token`, for whoever may edit it from now on. `base` is the site's URL."""
    record, capture, error = view.record, view.capture, view.capture.error
    view_url = f"{base}/f/{record.id}"
    return wire.Figure.model_construct(
        id=record.id,
        view_url=view_url,
        edit_url=f"{view_url}#{token}" if token else None,
        edit_token=token,
        source=wire.Source.model_construct(kind="keras", code=record.code),
        model=record.model,
        models=[_model(found) for found in capture.models],
        warnings=[wire.Notice.model_validate(notice) for notice in capture.warnings],
        error=None if error is None else wire.Fault.model_validate(error),
        output=capture.output,
        spec=SpecBody.model_validate_json(record.spec),
        drawing=drawing(view.drawing, view.table),
        updated=record.updated.isoformat(),
        etag=f'"{record.version}"',
    )


def drawing(drawn: Drawing, table: Table) -> wire.DrawingWire:
    """The drawing with its SVG, which names its fonts and leaves them to the page."""
    scene = drawn.scene
    svg = EXPORTERS["svg"].export(scene, Options(embed_fonts=False)).content.decode()
    return wire.DrawingWire(
        svg=svg,
        width=scene.width,
        height=scene.height,
        level=drawn.level,
        levels=drawn.levels,
        warnings=list(drawn.warnings),
        facts=wire.Facts.model_validate(
            {**drawn.facts, "macs": table.macs, "uncounted": table.uncounted}
        ),
        nodes=[wire.DrawnNode.model_validate(node) for node in drawn.nodes],
        links=[wire.DrawnLink(source=link.source, target=link.target) for link in drawn.links],
        groups=[
            wire.DrawnGroup(
                id=group.id,
                kind=group.kind,
                label=group.label,
                parent=group.parent,
                repeat=group.repeat,
                folded=group.folded,
                layers=len(group.layers),
                made=group.made,
            )
            for group in drawn.groups
        ],
        legend=[wire.DrawnLegend.model_validate(entry) for entry in drawn.legend],
        telling=[wire.Telling.model_validate(pair) for pair in drawn.telling],
    )


def json_answer(body: Any, *, status: int = 200, version: int | None = None) -> Response:
    """A model as a JSON response; `version` becomes its ETag."""
    response = Response(
        body.model_dump_json(by_alias=True), status=status, content_type="application/json"
    )
    if version is not None:
        response.set_etag(str(version))
    return response


def _model(found: Found) -> wire.FoundModel:
    return wire.FoundModel(
        name=found.name,
        variable=found.variable,
        type=found.type,
        layers=len(found.graph.layers),
        parameters=found.graph.parameters,
        line=found.line,
        contained=found.contained,
    )
