/** From a paste to the PDF in the paper. */
import { readFileSync } from "node:fs";
import { coloursOf, example, expect, sizeOf, test, textOf } from "./page";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("the page opens with a drawn example", async ({ figure, page }) => {
  await figure.open();
  await expect(page.getByText(/175 layers · 25\.6 M parameters/)).toBeVisible();
  await expect(page).toHaveURL(/\/f\/[\w-]{22}#[\w-]{22}$/);
});

test("ResNet-50: paste, fold, colour, download", async ({ figure, page }) => {
  await figure.open();
  await figure.paste(example("resnet50").replace('name="resnet50"', 'name="my_resnet"'));
  await expect(page.getByPlaceholder("my_resnet")).toBeVisible();

  const before = await figure.sources("node:");
  const run = before.find((each) => each.startsWith("node:x2:"));
  expect(run, "two blocks in a row are one glyph").toBeDefined();
  await figure.select(run ?? "");
  await page.getByRole("radiogroup", { name: "Applies to" }).getByText("This", { exact: true }).click();
  await page.getByRole("radiogroup", { name: "Shown as" }).getByText("Open").click();
  await expect.poll(async () => (await figure.sources("node:")).length).toBeGreaterThan(before.length);
  await page.getByRole("radiogroup", { name: "Shown as" }).getByText(/Folded/).click();
  await expect.poll(() => figure.sources("node:")).toEqual(before);

  const dense = before.find((each) => each.startsWith("node:dense")) ?? "";
  await figure.select(dense);
  await page.getByRole("button", { name: "Other colour" }).click();
  await page.getByRole("textbox", { name: "Other colour" }).fill("#c81e5b");
  await expect(figure.item(dense).locator('[stroke="#c81e5b"]').first()).toBeAttached();
  await page.keyboard.press("Escape");
  await figure.settled();
  await expect(figure.item(dense).locator('[stroke="#c81e5b"]').first()).toBeAttached();

  const pdf = await figure.download("PDF");
  const text = textOf(pdf);
  for (const word of ["224²", "×2", "×3", "×5", "2048", "1000", "residual block, identity"]) expect(text).toContain(word);
  expect(coloursOf(pdf).has("#c81e5b"), "the colour is in the PDF").toBe(true);
  expect(sizeOf(pdf)[0]).toBeCloseTo(495, 1);
});

test("U-Net: paste, fold everything, colour a type from the legend, download", async ({ figure, page }) => {
  await figure.open();
  await figure.paste(example("unet"));
  await expect(page.getByText(/^32 layers ·/)).toBeVisible();
  const open = (await figure.sources("node:")).length;
  const detail = page.getByRole("slider", { name: "Detail" });
  await detail.focus();
  await detail.press("ArrowLeft");
  await expect.poll(async () => (await figure.sources("node:")).length).toBeLessThan(open);
  await figure.settled();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await figure.sources("node:")).length).toBe(open);

  const pooling = (await figure.sources("legend:type:MaxPooling2D"))[0] ?? "";
  await figure.select(pooling);
  await expect(page.getByRole("heading", { name: /All of type/ })).toBeVisible();
  await page.getByRole("button", { name: "Other colour" }).click();
  await page.getByRole("textbox", { name: "Other colour" }).fill("#118833");
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Halving");
  await figure.settled();
  await expect(figure.drawing.getByText("Halving")).toBeVisible();

  const pdf = await figure.download("PDF");
  const text = textOf(pdf);
  expect(text).toContain("Halving");
  expect(text).toContain("256²");
  expect(text).not.toContain("Max pooling");
  expect(coloursOf(pdf).has("#118833")).toBe(true);
});

test("SVG and PNG come as files that hold what is on the page", async ({ figure }) => {
  await figure.open();
  const svg = readFileSync(await figure.download("SVG"), "utf8");
  expect(svg).toContain("residual block, identity");
  const png = readFileSync(await figure.download("PNG"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16), "6.875 in at 300 dpi").toBeGreaterThanOrEqual(2062);
});
