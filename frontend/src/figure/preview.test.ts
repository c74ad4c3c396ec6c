import { expect, test } from "vitest";
import { drawing, nodes, spec } from "../testing/drawing";
import { setLook } from "./edits";
import { Previewer, previewsBetween } from "./preview";
import { parseDrawing } from "./sanitize";

test("a colour set on a type is previewed on its glyphs and its legend entry", () => {
  const now = setLook({ table: "types", id: "Conv2D" }, { fill: "#00aa00" })(spec);
  expect(previewsBetween(drawing, spec, now).map((each) => each.target)).toEqual(["node:n0", "node:n4", "legend:type:Conv2D"]);
});

test("a layer's own colour is not overrun by its type's", () => {
  const drawn = setLook({ table: "layers", id: "l0" }, { fill: "#111111" })(spec);
  const now = setLook({ table: "types", id: "Conv2D" }, { fill: "#00aa00" })(drawn);
  expect(previewsBetween(drawing, drawn, now).map((each) => each.target)).not.toContain("node:n0");
});

test("nothing is previewed for a document that is drawn already", () => {
  const drawn = setLook({ table: "types", id: "Conv2D" }, { fill: "#00aa00" })(spec);
  expect(previewsBetween(drawing, drawn, { ...drawn })).toEqual([]);
});

test("the light fill keeps its lightness, the text its colour, and taking back restores all", () => {
  const root = parseDrawing(drawing.svg);
  if (!root) throw new Error("no drawing");
  const before = root.outerHTML;
  const glyph = root.querySelector('[data-source="node:n0"]');
  const previewer = new Previewer(root);
  previewer.show([{ kind: "colour", target: "node:n0", from: nodes[0]?.fill ?? "", to: "#009e73" }]);
  expect(glyph?.querySelector("rect")?.getAttribute("stroke")).toBe("#009e73");
  expect(glyph?.querySelector("rect")?.getAttribute("fill")).toMatch(/^#b[0-9a-f]e[0-9a-f]d[0-9a-f]$/);
  expect(glyph?.querySelector("text")?.getAttribute("fill")).toBe("#23272e");
  expect(root.querySelector('[data-source="node:n1"] rect')?.getAttribute("stroke")).toBe("#d55e00");
  previewer.show([]);
  expect(root.outerHTML).toBe(before);
});

test("a label changes as text, whatever is in it", () => {
  const root = parseDrawing(drawing.svg);
  if (!root) throw new Error("no drawing");
  new Previewer(root).show([{ kind: "label", target: "node:n0", from: "conv", to: "</text><script>" }]);
  expect(root.querySelector('[data-source="node:n0"] text')?.textContent).toBe("</text><script>");
  expect(root.querySelector("script")).toBeNull();
});
