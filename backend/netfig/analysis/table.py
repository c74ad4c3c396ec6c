"""The table of a network: a row a layer call, and what it all comes to."""

from collections.abc import Iterable
from dataclasses import dataclass

from netfig.analysis.counting import macs, output_bytes
from netfig.model.graph import Layer, LayerGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One call of a layer.

    `macs` are multiply-accumulates of one sample, None where nobody can say: then `note` holds
    "open size" or "no formula". `memory` is the bytes of one sample of its outputs, None where a
    size is open. `parameters` and `trainable` are the layer object's, on each of its calls;
    `shared` marks the calls after the first, whose weights are counted already.
    """

    id: str
    name: str
    type: str
    path: tuple[str, ...]
    outputs: tuple[tuple[int | None, ...], ...]
    parameters: int
    trainable: int
    shared: bool
    macs: int | None
    memory: int | None
    note: str
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows in the order of the data flow, and totals.

    `macs` and `memory` add up the rows that have them, None where no row has; `uncounted` is how
    many rows have no `macs`, `unsized` how many have no `memory`. Memory leaves the inputs out.
    """

    rows: tuple[Row, ...]
    parameters: int
    trainable: int
    macs: int | None
    uncounted: int
    memory: int | None
    unsized: int


def table(graph: LayerGraph) -> Table:
    """The table of a network. Time linear in its calls."""
    seen: set[str] = set()
    rows: list[Row] = []
    for layer in graph.layers:
        rows.append(_row(layer, shared=layer.layer in seen))
        seen.add(layer.layer)
    inner = [row for row, layer in zip(rows, graph.layers, strict=True) if layer.inputs]
    return Table(
        rows=tuple(rows),
        parameters=graph.parameters,
        trainable=graph.trainable,
        macs=_total(row.macs for row in rows),
        uncounted=sum(row.macs is None for row in rows),
        memory=_total(row.memory for row in inner),
        unsized=sum(row.memory is None for row in inner),
    )


def _total(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _row(layer: Layer, *, shared: bool) -> Row:
    count, note = macs(layer)
    return Row(
        id=layer.id,
        name=layer.name,
        type=layer.type,
        path=layer.path,
        outputs=tuple(tensor.shape[1:] for tensor in layer.outputs),
        parameters=layer.parameters,
        trainable=layer.trainable,
        shared=shared,
        macs=count,
        memory=output_bytes(layer),
        note=note,
        line=layer.line,
    )
