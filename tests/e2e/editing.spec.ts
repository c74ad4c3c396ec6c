/** Direct manipulation: pointer, keys, menus. */
import { expect, test } from "./page";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("keys walk, open, hide and undo; the palette lists what can be done", async ({ figure, page }) => {
  await figure.open();
  const before = await figure.sources("node:");
  await page.getByTestId("canvas").focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("heading", { name: /^Group · residual block, identity/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await figure.sources("node:")).length).toBe(before.length + 1);
  await page.keyboard.press("Control+z");
  await expect.poll(() => figure.sources("node:")).toEqual(before);

  await figure.select(before.at(-1) ?? "");
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await figure.sources("node:")).length).toBe(before.length - 1);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "What do you want to do?" }).fill("show everything");
  await page.keyboard.press("Enter");
  await expect.poll(() => figure.sources("node:")).toEqual(before);
});

test("drag moves a glyph, stays after reload, and can be put back from the context menu", async ({ figure, page }) => {
  await figure.open();
  const dense = (await figure.sources("node:dense"))[0] ?? "";
  const start = await figure.item(dense).boundingBox();
  if (!start) throw new Error("not on screen");
  const at = { x: start.x + start.width / 2, y: start.y + start.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x, at.y + 30, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => ((await figure.item(dense).boundingBox())?.y ?? 0) - start.y).toBeGreaterThan(15);
  await figure.settled();
  await page.reload();
  await expect(figure.drawing).toBeVisible();
  const moved = await figure.item(dense).boundingBox();
  if (!moved) throw new Error("not on screen");
  await page.mouse.click(moved.x + moved.width / 2, moved.y + moved.height / 2, { button: "right" });
  await page.getByRole("menuitem", { name: "Back to its place" }).click();
  await expect.poll(async () => Math.abs(((await figure.item(dense).boundingBox())?.y ?? 0) - start.y)).toBeLessThan(2);
});

test("zoom and pan ask for no layout", async ({ figure, page }) => {
  await figure.open();
  const calls: string[] = [];
  page.on("request", (request) => calls.push(request.url()));
  await page.getByTestId("canvas").hover();
  await page.keyboard.down("Control");
  for (let turn = 0; turn < 10; turn += 1) await page.mouse.wheel(0, -40);
  await page.keyboard.up("Control");
  await page.mouse.wheel(60, 30);
  await expect(page.getByTitle("True size")).not.toHaveText("100 %");
  expect(calls).toEqual([]);
  await page.keyboard.press("f");
  await expect(page.getByTitle("True size")).toHaveText("100 %");
});

test("a double click on a legend entry renames it in place", async ({ figure, page }) => {
  await figure.open();
  const entry = (await figure.sources("legend:type:Dense"))[0] ?? "";
  await figure.click(entry, 2);
  const field = page.getByTestId("canvas").getByRole("textbox", { name: "Name" });
  await field.fill("Classifier");
  await field.press("Enter");
  await figure.settled();
  await expect(figure.drawing.getByText("Classifier")).toBeVisible();
});

test("a selected glyph lights up its lines of code", async ({ figure, page }) => {
  await figure.open();
  await figure.select((await figure.sources("node:dense"))[0] ?? "");
  await expect(page.locator(".cm-lit")).toContainText("Dense(1000");
});

test("layers are found by name and select their glyph", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("tab", { name: "Layers" }).click();
  await page.getByRole("searchbox").fill("global");
  await page.getByRole("button", { name: /global/i }).click();
  await expect(page.getByRole("heading", { name: /GlobalAveragePooling2D/ })).toBeVisible();
});

test("the cursor in the code lights up its glyphs", async ({ figure, page }) => {
  await figure.open();
  const lit = page.getByTestId("marks").locator("rect");
  await expect(lit).toHaveCount(0);
  await page.locator(".cm-line").filter({ hasText: "Dense(1000" }).click();
  await expect(lit).toHaveCount(1);
  const glyph = await figure.boxOf((await figure.sources("node:dense"))[0] ?? "");
  const mark = await lit.boundingBox();
  expect((mark?.x ?? 0) + (mark?.width ?? 0) / 2).toBeCloseTo(glyph.x + glyph.width / 2, -1);
});

test("a connection and an open group show that they are selected", async ({ figure, page }) => {
  await figure.open();
  const link = (await figure.sources("link:"))[3] ?? "";
  await figure.click(link);
  await expect(page.getByRole("heading", { name: "Connection" })).toBeVisible();
  await expect(figure.item(link)).toHaveAttribute("data-chosen");
  await expect(figure.drawing.locator("[data-chosen]")).toHaveCount(1);
  await figure.click((await figure.sources("node:x2:"))[0] ?? "");
  await expect(figure.drawing.locator('[data-chosen][data-source^="link:"]')).toHaveCount(0);
  await page.getByTestId("canvas").press("Enter");
  await expect(page.getByRole("radio", { name: "Open", exact: true })).toBeChecked();
  await expect(page.getByTestId("marks").locator("rect")).toHaveCount(1);
});

test("a glyph moves with the pointer, and its facts stand beside it, never over it", async ({ figure, page }) => {
  await figure.open();
  const dense = figure.item((await figure.sources("node:dense"))[0] ?? "");
  const start = await dense.boundingBox();
  if (!start) throw new Error("not on screen");
  const at = { x: start.x + start.width / 2, y: start.y + start.height / 2 };
  await page.mouse.move(at.x, at.y);
  const card = page.getByText("drag to move").locator("..");
  await expect(card).toBeVisible();
  const facts = await card.boundingBox();
  if (!facts) throw new Error("no facts");
  expect(facts.y + facts.height <= start.y || facts.y >= start.y + start.height).toBe(true);
  await page.mouse.down();
  await page.mouse.move(at.x, at.y + 30, { steps: 4 });
  expect(((await dense.boundingBox())?.y ?? 0) - start.y).toBeCloseTo(30, 0);
  expect(await page.evaluate(() => getSelection()?.toString() ?? "")).toBe("");
  await page.mouse.up();
  await figure.settled();
  await page.keyboard.press("Control+z");
  await expect.poll(async () => Math.abs(((await dense.boundingBox())?.y ?? 0) - start.y)).toBeLessThan(1);
});

test("a colour used once is on offer for what is chosen next", async ({ figure, page }) => {
  await figure.open();
  await figure.select((await figure.sources("node:dense"))[0] ?? "");
  await page.getByRole("button", { name: "Other colour" }).click();
  await page.getByRole("textbox", { name: "Other colour" }).fill("#c81e5b");
  await page.keyboard.press("Escape");
  const glyph = (await figure.sources("node:global"))[0] ?? "";
  await figure.select(glyph);
  await page.getByRole("button", { name: "Other colour" }).click();
  await page.getByRole("group", { name: "Used in this figure" }).getByRole("button", { name: "#c81e5b" }).click();
  await expect(figure.item(glyph).locator('[stroke="#c81e5b"]').first()).toBeAttached();
});

test("a layer named in the inspector shows its name, at the detail shown before", async ({ figure, page }) => {
  await figure.open();
  const before = await figure.sources("node:");
  await figure.select(before.find((each) => each.startsWith("node:dense")) ?? "");
  await page.getByRole("radiogroup", { name: "Applies to" }).getByText("This", { exact: true }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Verdict");
  await figure.settled();
  await expect(figure.drawing.getByText("Verdict")).toBeVisible();
  expect(await figure.sources("node:")).toEqual(before);
});
