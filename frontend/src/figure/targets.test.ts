import { expect, test } from "vitest";
import { drawing, nodes } from "../testing/drawing";
import { find, selectedNodes, surviving } from "./targets";

test("targets name what the drawing has, and nothing else", () => {
  expect(find(drawing, "node:n2")).toMatchObject({ kind: "node", node: { group: "g1" } });
  expect(find(drawing, "frame:g2")).toMatchObject({ kind: "frame" });
  expect(find(drawing, "legend:type:Conv2D")).toMatchObject({ kind: "legend" });
  expect(find(drawing, "link:n0>n1")).toMatchObject({ source: "n0", target: "n1" });
  for (const gone of ["node:x", "frame:x", "legend:x", "link:n1>n0", "", "n0"]) expect(find(drawing, gone)).toBeNull();
});

test("selected nodes come in the order of the drawing", () => {
  expect(selectedNodes(drawing, ["node:n3", "legend:type:Conv2D", "node:n0"]).map((node) => node.id)).toEqual(["n0", "n3"]);
});

test("a selection follows a group that is opened, and one that is folded", () => {
  const open = {
    ...drawing,
    nodes: nodes.flatMap((node) =>
      node.group === "g1" ? node.layers.map((layer) => ({ ...node, id: layer, kind: "layer" as const, group: null, group_kind: null, layers: [layer] })) : [node],
    ),
    groups: drawing.groups.map((group) => (group.id === "g1" ? { ...group, folded: false } : group)),
  };
  expect(surviving(drawing, open, ["node:n2"])).toEqual(["frame:g1"]);
  expect(surviving(open, drawing, ["frame:g1", "node:l2", "node:l3"])).toEqual(["frame:g1", "node:n2"]);
});

test("what is gone leaves the selection", () => {
  const without = { ...drawing, nodes: nodes.slice(1), legend: [] };
  expect(surviving(drawing, without, ["node:n0", "legend:type:Conv2D"])).toEqual([]);
});
