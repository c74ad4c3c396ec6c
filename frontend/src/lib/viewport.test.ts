import { expect, test } from "vitest";
import { centred, fit, toPage, zoomAbout } from "./viewport";

const page = { width: 495, height: 170 };

test("at 100 % a page of 6.875 in is 660 CSS pixels wide, in the middle", () => {
  const view = centred(page, { width: 1000, height: 500 }, 1);
  expect(view.x).toBeCloseTo((1000 - 660) / 2);
  expect(toPage(view, { x: view.x + 660, y: view.y }).x).toBeCloseTo(495);
});

test("zooming keeps the point under the pointer", () => {
  const view = { x: 40, y: 30, zoom: 1 };
  const at = { x: 300, y: 200 };
  const before = toPage(view, at);
  const after = toPage(zoomAbout(view, 2.5, at), at);
  expect(after.x).toBeCloseTo(before.x);
  expect(after.y).toBeCloseTo(before.y);
});

test("fit shows the whole page and never blows a small one up beyond twice its size", () => {
  const area = { width: 400, height: 300 };
  const view = fit(page, area, 20);
  expect(view.x).toBeCloseTo(20);
  expect(view.x + (495 * 96 * view.zoom) / 72).toBeCloseTo(380);
  expect(fit({ width: 20, height: 20 }, area, 20).zoom).toBe(2);
});

test("zoom has ends", () => {
  expect(zoomAbout({ x: 0, y: 0, zoom: 1 }, 1e9, { x: 0, y: 0 }).zoom).toBe(24);
  expect(zoomAbout({ x: 0, y: 0, zoom: 1 }, 1e-9, { x: 0, y: 0 }).zoom).toBe(0.05);
});
