/** Which rows of the table are shown, and in which order. */
import type { LayerRow } from "../../api/types";

export type Column = "id" | "type" | "outputs" | "parameters" | "macs" | "memory";
export interface Sorting {
  column: Column;
  down: boolean;
}

/** 56×56×64; an open size is ?. */
export const shapeOf = (sizes: readonly (number | null)[]): string =>
  sizes.length === 0 ? "scalar" : sizes.map((size) => size ?? "?").join("×");

export const outputsOf = (row: LayerRow): string => row.outputs.map(shapeOf).join(", ");

/** Rows in which every word occurs, whether in name, type, path or shape. "x" stands for ×. */
export function filtered(rows: readonly LayerRow[], query: string): readonly LayerRow[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const all = [row.id, row.type, ...row.path, outputsOf(row)].join(" ").toLowerCase();
    const plain = all.replaceAll("×", "x");
    return words.every((word) => all.includes(word) || plain.includes(word));
  });
}

/** Numbers by size, words by letters; what is unknown comes last either way; ties keep the data's order. */
export function sorted(rows: readonly LayerRow[], sorting: Sorting | null): readonly LayerRow[] {
  if (!sorting) return rows;
  const { column, down } = sorting;
  const key = (row: LayerRow): number | string | null => {
    if (column === "outputs") return row.memory === null ? null : row.outputs.flat().reduce<number>((n, size) => n * (size ?? 0), 1);
    return row[column];
  };
  const sign = down ? -1 : 1;
  return rows
    .map((row) => ({ row, value: key(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      if (typeof a.value === "string" && typeof b.value === "string")
        return sign * a.value.localeCompare(b.value, "en", { numeric: true });
      return sign * (Number(a.value) - Number(b.value));
    })
    .map(({ row }) => row);
}

/** The next way to sort by a column: numbers from the largest, words from A, then the other way, then not. */
export function nextSorting(now: Sorting | null, column: Column): Sorting | null {
  const first = column !== "id" && column !== "type";
  if (now?.column !== column) return { column, down: first };
  return now.down === first ? { column, down: !first } : null;
}
