/** Every layer with what it costs. Rows and glyphs select each other. */
import { Button, TextInput } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { api } from "../../api/client";
import type { LayerRow, LayerTable } from "../../api/types";
import { useFigure, useSession } from "../../figure/context";
import { nodeTarget, selectedNodes } from "../../figure/targets";
import { formatBytes, formatCount } from "../../lib/format";
import { save } from "../../lib/saveFile";
import { text } from "../../text";
import { filtered, nextSorting, outputsOf, sorted, type Column, type Sorting } from "./order";
import { useWindow } from "./useWindow";
import classes from "./table.module.css";

const COLUMNS = ["id", "type", "outputs", "parameters", "macs", "memory"] as const;
const ROW = 29;
const HEAD = 31;

export default function Table() {
  const session = useSession();
  const figure = useFigure((state) => state.figure);
  const drawing = useFigure((state) => state.drawing);
  const selection = useFigure((state) => state.selection);
  const [query, setQuery] = useState("");
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const table = useTable(figure?.id, figure?.source.code, figure?.model);
  const deferred = useDeferredValue(query);
  const rows = useMemo(() => sorted(filtered(table?.rows ?? [], deferred), sorting), [table, deferred, sorting]);
  const { scroller, from, to, reveal } = useWindow(rows.length, ROW, HEAD);
  const chosen = useMemo(
    () => new Set(drawing ? selectedNodes(drawing, selection).flatMap((node) => node.layers) : []),
    [drawing, selection],
  );
  useEffect(() => { reveal(rows.findIndex((row) => chosen.has(row.id))); }, [chosen, rows, reveal]);

  const holder = (row: LayerRow): string | null => {
    const node = drawing?.nodes.find((each) => each.layers.includes(row.id));
    return node ? nodeTarget(node.id) : null;
  };
  const choose = (row: LayerRow, more: boolean): void => {
    const target = holder(row);
    if (target !== null) session.select(more ? [...selection, target] : [target]);
  };

  return (
    <div className={classes["panel"]}>
      <div className={classes["bar"]}>
        <TextInput
          size="sm"
          type="search"
          placeholder={text.table.filter}
          aria-label={text.table.filter}
          value={query}
          onChange={(event) => { setQuery(event.currentTarget.value); }}
        />
        <Button
          variant="default"
          aria-label={text.table.csvLabel}
          leftSection={<IconDownload size={15} />}
          disabled={!figure}
          onClick={() => { if (figure) void save(api.tableFile(figure.id)).catch((error: unknown) => { session.report(error); }); }}
        >
          {text.table.csv}
        </Button>
      </div>
      <div className={classes["rows"]} ref={scroller} role="region" aria-label={text.table.label} tabIndex={0}>
        <table aria-rowcount={rows.length + 1}>
          <thead>
            <tr>{COLUMNS.map((column) => <Heading key={column} column={column} sorting={sorting} onSort={setSorting} />)}</tr>
          </thead>
          <tbody>
            {from > 0 && <tr aria-hidden="true" style={{ height: from * ROW }} />}
            {rows.slice(from, to).map((row, index) => (
              <tr
                key={row.id}
                aria-rowindex={from + index + 2}
                aria-selected={chosen.has(row.id)}
                onClick={(event) => { choose(row, event.shiftKey); }}
                onPointerEnter={() => { session.hover(holder(row)); }}
                onPointerLeave={() => { session.hover(null); }}
              >
                <Cells row={row} onChoose={(more) => { choose(row, more); }} />
              </tr>
            ))}
            {to < rows.length && <tr aria-hidden="true" style={{ height: (rows.length - to) * ROW }} />}
          </tbody>
        </table>
        {rows.length === 0 && <p>{table ? text.table.none : text.table.loading}</p>}
      </div>
      {table && <Totals table={table} />}
    </div>
  );
}

function useTable(id: string | undefined, code: string | undefined, model: number | undefined): LayerTable | null {
  const session = useSession();
  const [table, setTable] = useState<LayerTable | null>(null);
  useEffect(() => {
    let wanted = true;
    if (id !== undefined)
      api.table(id).then(
        (found) => { if (wanted) setTable(found); },
        (error: unknown) => { if (wanted) session.report(error); },
      );
    return () => { wanted = false; };
  }, [id, code, model, session]);
  return table;
}

interface HeadingProps {
  column: Column;
  sorting: Sorting | null;
  onSort: (sorting: Sorting | null) => void;
}

function Heading({ column, sorting, onSort }: HeadingProps) {
  const way = sorting?.column === column ? (sorting.down ? "descending" : "ascending") : "none";
  return (
    <th scope="col" aria-sort={way} data-number={NUMBERS.has(column) || undefined}>
      <button type="button" onClick={() => { onSort(nextSorting(sorting, column)); }}>
        {text.table.columns[column]}
        <span aria-hidden="true">{way === "none" ? "" : way === "descending" ? " ↓" : " ↑"}</span>
      </button>
    </th>
  );
}

const NUMBERS = new Set<Column>(["parameters", "macs", "memory"]);

function Cells({ row, onChoose }: { row: LayerRow; onChoose: (more: boolean) => void }) {
  const note = text.table.notes[row.note] ?? row.note;
  return (
    <>
      <th scope="row" title={row.id}>
        <button type="button" onClick={(event) => { event.stopPropagation(); onChoose(event.shiftKey); }}>{row.id}</button>
      </th>
      <td title={row.type}>{row.type}</td>
      <td>{outputsOf(row)}</td>
      <td data-number>{row.shared ? <i>{text.table.shared}</i> : row.parameters.toLocaleString("en")}</td>
      <td data-number title={note || undefined}>{row.macs === null ? <i>{note || text.table.unknown}</i> : formatCount(row.macs)}</td>
      <td data-number>{row.memory === null ? text.table.unknown : formatBytes(row.memory)}</td>
    </>
  );
}

function Totals({ table }: { table: LayerTable }) {
  const macs = table.macs === null ? text.table.unknown : formatCount(table.macs, 2);
  const memory = table.memory === null ? text.table.unknown : formatBytes(table.memory);
  return (
    <div className={classes["totals"]} title={text.table.hint}>
      <b>{text.table.totals(table.rows.length, table.parameters.toLocaleString("en"))}</b>
      <span>{text.table.cost(macs, memory)}</span>
      {table.uncounted > 0 && <span>{text.table.uncounted(table.uncounted)}</span>}
    </div>
  );
}
