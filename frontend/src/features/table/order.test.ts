import { describe, expect, it } from "vitest";
import type { LayerRow } from "../../api/types";
import { filtered, nextSorting, sorted } from "./order";

const row = (id: string, more: Partial<LayerRow>): LayerRow => ({
  id, name: id, type: "Dense", path: [], outputs: [[1]], parameters: 0, trainable: 0, shared: false, macs: 0, memory: 4, note: "", line: null, ...more,
});
const rows = [
  row("conv10", { type: "Conv2D", outputs: [[56, 56, 64]], macs: 5, path: ["encoder"] }),
  row("conv2", { type: "Conv2D", outputs: [[null, null, 3]], macs: null, memory: null }),
  row("dense", { macs: 70 }),
];
const ids = (found: readonly LayerRow[]): string[] => found.map((each) => each.id);

describe("the table", () => {
  it("finds by name, type, path and shape, all words", () => {
    expect(ids(filtered(rows, "conv2d 56x56"))).toEqual(["conv10"]);
    expect(ids(filtered(rows, "ENCODER"))).toEqual(["conv10"]);
    expect(ids(filtered(rows, "?×?"))).toEqual(["conv2"]);
    expect(filtered(rows, "  ")).toBe(rows);
  });

  it("sorts numbers as numbers, names with their numbers, the unknown last", () => {
    expect(ids(sorted(rows, { column: "macs", down: true }))).toEqual(["dense", "conv10", "conv2"]);
    expect(ids(sorted(rows, { column: "macs", down: false }))).toEqual(["conv10", "dense", "conv2"]);
    expect(ids(sorted(rows, { column: "id", down: false }))).toEqual(["conv2", "conv10", "dense"]);
    expect(ids(sorted(rows, null))).toEqual(["conv10", "conv2", "dense"]);
  });

  it("turns a column from one way to the other and back to none", () => {
    const first = nextSorting(null, "macs");
    expect(first).toEqual({ column: "macs", down: true });
    expect(nextSorting(first, "macs")).toEqual({ column: "macs", down: false });
    expect(nextSorting({ column: "macs", down: false }, "macs")).toBeNull();
    expect(nextSorting(first, "id")).toEqual({ column: "id", down: false });
  });
});
