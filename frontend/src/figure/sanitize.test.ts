import { expect, test } from "vitest";
import { parseDrawing } from "./sanitize";

const wrap = (inner: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${inner}</svg>`;

test("known drawing elements pass", () => {
  const root = parseDrawing(wrap('<g data-source="node:a"><path d="M0 0L9 9" stroke="#123456"/><text x="1" font-size="7">a</text></g>'));
  expect(root?.querySelectorAll("g > path, g > text").length).toBe(2);
  expect(root?.querySelector("g")?.getAttribute("data-source")).toBe("node:a");
});

test.each([
  ["a script", "<script>alert(1)</script>", "script"],
  ["foreign markup", '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>', "foreignObject"],
  ["a style sheet", "<style>*{fill:url(https://example.org)}</style>", "style"],
  ["an image", '<image href="https://example.org/x.png"/>', "image"],
  ["a link", '<a href="https://example.org"><text>x</text></a>', "a"],
])("%s is dropped", (_name, inner, selector) => {
  expect(parseDrawing(wrap(inner))?.querySelector(selector)).toBeNull();
});

test("handlers, inline style and outside references are dropped, inner ones stay", () => {
  const root = parseDrawing(
    wrap('<rect onclick="x()" style="fill:red" fill="url(https://example.org/#a)" stroke="url(#hatch)"/><use href="https://example.org/#a"/><use href="#b"/>'),
  );
  const rect = root?.querySelector("rect");
  expect(rect?.getAttributeNames()).toEqual(["stroke"]);
  const uses = [...(root?.querySelectorAll("use") ?? [])].map((each) => each.getAttribute("href"));
  expect(uses).toEqual([null, "#b"]);
});

test("what is no SVG gives nothing", () => {
  expect(parseDrawing("<html></html>")).toBeNull();
});
