import { expect, test } from "vitest";
import { drawing } from "../../testing/drawing";
import { boxOf, enclosed, hit, neighbour } from "./hit";

test("a glyph is hit inside its box and a little beside it", () => {
  expect(hit(drawing, { x: 20, y: 40 }, 1, () => null)).toBe("node:n0");
  expect(hit(drawing, { x: 9.5, y: 40 }, 1, () => null)).toBe("node:n0");
  expect(hit(drawing, { x: 42, y: 5 }, 1, () => null)).toBeNull();
  expect(hit(drawing, { x: 20, y: 135 }, 1, () => null)).toBe("legend:type:Conv2D");
});

test("of two glyphs the smaller one is meant", () => {
  const [first] = drawing.nodes;
  if (!first) throw new Error("no node");
  const inner = { ...first, id: "inner", box: { x: 15, y: 40, width: 5, height: 5 } };
  expect(hit({ ...drawing, nodes: [inner, ...drawing.nodes] }, { x: 17, y: 42 }, 1, () => null)).toBe("node:inner");
});

test("a marquee takes what lies wholly in it", () => {
  expect(enclosed(drawing, { x: 0, y: 20, width: 80, height: 80 })).toEqual(["node:n0", "node:n1"]);
});

test("arrows walk along the data, from nothing to the first glyph, and stop at the end", () => {
  expect(neighbour(drawing, null, "ArrowRight")).toBe("node:n0");
  expect(neighbour(drawing, "n1", "ArrowRight")).toBe("node:n2");
  expect(neighbour(drawing, "n1", "ArrowLeft")).toBe("node:n0");
  expect(neighbour(drawing, "n4", "ArrowRight")).toBeNull();
});

test("an open group without a frame is marked around what is drawn of it", () => {
  const outer = { id: "run", kind: "k2", label: "run", parent: null, repeat: 1, folded: false, layers: 4, made: false };
  const within = { ...drawing, groups: [outer, ...drawing.groups.map((group) => ({ ...group, parent: "run" }))] };
  expect(boxOf(within, "frame:run")).toEqual({ x: 90, y: 30, width: 64, height: 60 });
  const framed = { ...within, svg: within.svg.replace("</svg>", '<rect data-source="frame:run"/></svg>') };
  expect(boxOf(framed, "frame:run")).toBeNull();
});
