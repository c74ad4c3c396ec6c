import { expect, test } from "vitest";
import type { DrawnGroup } from "../../api/types";
import { mostFound } from "./found";

const group = (id: string, kind: string, repeat: number, parent: string | null = null): DrawnGroup => ({
  id, kind, label: kind, parent, repeat, folded: true, layers: 3, made: false,
});

test("a run counts its blocks once, though each block is a group of its own", () => {
  const groups = [group("stage", "stage", 1), group("run", "block", 2, "stage"), group("a", "block", 1, "run"), group("b", "block", 1, "run"), group("c", "block", 1, "stage")];
  expect(mostFound(groups)).toEqual({ label: "block", count: 3 });
});

test("what stands alone is not worth saying, nor what was grouped by hand", () => {
  expect(mostFound([group("a", "stem", 1), { ...group("b", "mine", 4), made: true }])).toBeNull();
});
