import { expect, test } from "vitest";
import { nodes, spec } from "../testing/drawing";
import * as edits from "./edits";

const [conv, , run, single] = nodes as [typeof nodes[0], typeof nodes[0], typeof nodes[0], typeof nodes[0]];

test("a look set on a type leaves the rest of the document alone and can be taken back whole", () => {
  const place = edits.sharedPlace(conv);
  expect(place).toEqual({ table: "types", id: "Conv2D" });
  const red = edits.setLook(place, { fill: "#ff0000" })(spec);
  expect(red.types).toEqual({ Conv2D: { fill: "#ff0000" } });
  expect(red.layers).toBe(spec.layers);
  expect(edits.setLook(place, { fill: null })(red)).toEqual(spec);
  expect(spec.types).toEqual({});
});

test("a group keeps its own look by its group and the shared one by its kind", () => {
  expect(edits.ownPlace(run)).toEqual({ table: "groups", id: "g1" });
  expect(edits.sharedPlace(run)).toEqual({ table: "kinds", id: "k1" });
});

test("folding all of a kind overrides what single groups said", () => {
  const one = edits.fold({ id: "g1", kind: "k1" }, false, null)(spec);
  expect(one.grouping.groups).toEqual({ g1: { folded: false } });
  const all = edits.fold({ id: "g1", kind: "k1" }, true, ["g1", "g2"])(one);
  expect(all.grouping.groups).toEqual({});
  expect(all.grouping.kinds).toEqual({ k1: { folded: true } });
});

test("folding keeps what else is said of the group", () => {
  const with_out = { ...spec, grouping: { ...spec.grouping, groups: { g1: { excluded: ["l9"] } } } };
  const all = edits.fold({ id: "g1", kind: "k1" }, true, ["g1"])(with_out);
  expect(all.grouping.groups).toEqual({ g1: { excluded: ["l9"], folded: null } });
});

test("a level clears single folds but not exclusions", () => {
  const before = edits.fold({ id: "g1", kind: "k1" }, false, null)(spec);
  const after = edits.setLevel(2)(before);
  expect(after.grouping.level).toBe(2);
  expect(after.grouping.groups).toEqual({});
});

test("nudges add up, end at nothing, and can be reset together", () => {
  const once = edits.nudge(conv, 3, -2)(spec);
  const twice = edits.nudge(conv, 1.5, 0)(once);
  expect(twice.layers).toEqual({ l0: { nudge: [4.5, -2] } });
  expect(edits.nudge(conv, -4.5, 2)(twice).layers).toEqual({});
  const named = edits.setLook(edits.ownPlace(conv), { label: "first" })(edits.nudge(single, 1, 1)(twice));
  const reset = edits.resetNudges(named);
  expect(reset.layers).toEqual({ l0: { nudge: null, label: "first" } });
  expect(reset.groups).toEqual({});
});

test("a group made by hand takes its layers from older ones; taking it apart removes it", () => {
  const first = edits.makeGroup({ id: "a", label: "A", layers: ["l1", "l2"] })(spec);
  const second = edits.makeGroup({ id: "b", label: "B", layers: ["l2", "l3"] })(first);
  expect(second.grouping.made.map((group) => group.layers)).toEqual([["l1"], ["l2", "l3"]]);
  expect(edits.ungroup("b")(second).grouping.made.map((group) => group.id)).toEqual(["a"]);
  expect(edits.ungroup("b")(second).grouping.removed).toEqual([]);
});

test("a found group that is taken apart is remembered and can be put back", () => {
  const apart = edits.ungroup("g1")(edits.ungroup("g1")(spec));
  expect(apart.grouping.removed).toEqual(["g1"]);
  expect(edits.regroup(apart).grouping.removed).toEqual([]);
});

test("everything hidden is counted and shown again, other looks stay", () => {
  const hide = edits.setLook({ table: "types", id: "Pooling" }, { hidden: true });
  const own = edits.setLook({ table: "layers", id: "l0" }, { hidden: true, fill: "#00ff00" });
  const hidden = own(hide(spec));
  expect(edits.hiddenCount(hidden)).toBe(2);
  const shown = edits.showAll(hidden);
  expect(edits.hiddenCount(shown)).toBe(0);
  expect(shown.layers["l0"]?.fill).toBe("#00ff00");
  expect(shown.types).toEqual({});
});

test("a level that nobody chose is kept when something is opened by hand", () => {
  expect(edits.pinLevel(1)(spec).grouping.level).toBe(1);
  expect(edits.pinLevel(1)(edits.setLevel(3)(spec)).grouping.level).toBe(3);
});
