import { expect, test } from "vitest";
import { begin, record, redo, undo } from "./history";

test("every step can be undone and redone, to the very ends", () => {
  let history = begin(0);
  for (const step of [1, 2, 3]) history = record(history, step, null, step * 10);
  const back = undo(undo(undo(undo(history))));
  expect(back.present).toBe(0);
  expect(redo(redo(redo(redo(back)))).present).toBe(3);
});

test("a new step after undo drops what could be redone", () => {
  const history = record(undo(record(begin("a"), "b", null, 0)), "c", null, 10);
  expect(redo(history)).toBe(history);
  expect(undo(history).present).toBe("a");
});

test("a burst with one key is one step; a pause or another key begins a new one", () => {
  let history = begin(0);
  history = record(history, 1, "fill", 0);
  history = record(history, 2, "fill", 500);
  history = record(history, 3, "fill", 1000);
  expect(history.past).toEqual([0]);
  expect(record(history, 4, "label", 1100).past).toEqual([0, 3]);
  expect(record(history, 4, "fill", 2500).past).toEqual([0, 3]);
});

test("an edit after undo never joins the step that was undone", () => {
  const undone = undo(record(record(begin(0), 1, "fill", 0), 2, "label", 10));
  expect(record(undone, 5, "fill", 20).past).toEqual([0, 1]);
});

test("no change is no step", () => {
  const history = begin(0);
  expect(record(history, 0, null, 0)).toBe(history);
});
