/** Groups made by hand, several glyphs at once, and the page's width. */
import { example, expect, test, type FigurePage } from "./page";
import type { Page } from "@playwright/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const middle = async (figure: FigurePage, source: string): Promise<{ x: number; y: number }> => {
  const box = await figure.boxOf(source);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

async function choose(page: Page, figure: FigurePage, sources: readonly string[]): Promise<void> {
  await page.keyboard.press("Escape");
  for (const [index, source] of sources.entries()) {
    const at = await middle(figure, source);
    if (index > 0) await page.keyboard.down("Shift");
    await page.mouse.click(at.x, at.y);
    if (index > 0) await page.keyboard.up("Shift");
  }
}

test("G groups what can be one block, U takes it apart, and what is in the way is said", async ({ figure, page }) => {
  await figure.open();
  await figure.paste(example("unet"));
  await expect(page.getByText(/^32 layers ·/)).toBeVisible();
  await figure.settled();
  const nodes = await figure.sources("node:");
  const [, second = ""] = nodes.filter((each) => /^node:conv2d/.test(each));
  const halving = nodes.find((each) => /^node:max_pooling2d/.test(each)) ?? "";
  await choose(page, figure, [second, halving]);
  await expect(page.getByRole("heading", { name: "2 items selected" })).toBeVisible();
  await page.getByTestId("canvas").focus();
  await page.keyboard.press("g");
  await expect(page.getByRole("alert")).toContainText("This cannot be one block");
  await expect(page.getByRole("alert")).toContainText(/also (feeds|takes the output of) .*which is not selected/);
  expect(await figure.sources("node:")).toEqual(nodes);

  const pair = nodes.filter((each) => /^node:conv2d/.test(each)).slice(8, 10);
  await choose(page, figure, pair);
  await page.getByTestId("canvas").focus();
  await page.keyboard.press("g");
  await expect.poll(async () => (await figure.sources("node:")).length).toBe(nodes.length - 1);
  await figure.settled();
  const made = (await figure.sources("node:")).find((each) => !nodes.includes(each)) ?? "";
  await figure.select(made);
  await expect(page.getByRole("heading", { name: /^Group ·/ })).toBeVisible();
  await page.getByTestId("canvas").focus();
  await page.keyboard.press("u");
  await expect.poll(() => figure.sources("node:")).toEqual(nodes);
});

test("a marquee selects what it encloses", async ({ figure, page }) => {
  await figure.open();
  const [start, end] = [await middle(figure, "node:image"), await middle(figure, (await figure.sources("node:x2:"))[0] ?? "")];
  const box = await figure.item("node:image").boundingBox();
  await page.mouse.move(start.x - 25, (box?.y ?? 0) - 25);
  await page.keyboard.down("Shift");
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.move(end.x + 40, (box?.y ?? 0) + (box?.height ?? 0) + 25, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await expect(page.getByRole("heading", { name: "4 items selected" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Page" })).toBeVisible();
});

test("dragging the edge changes the width, arrow keys too", async ({ figure, page }) => {
  await figure.open();
  const handle = page.getByRole("slider", { name: "Width" });
  await expect(handle).toHaveAttribute("aria-valuetext", "6.875 in");
  const at = await handle.boundingBox();
  if (!at) throw new Error("no handle");
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
  await page.mouse.down();
  await page.mouse.move(at.x - 140, at.y + at.height / 2, { steps: 5 });
  await page.mouse.up();
  await figure.settled();
  const width = async (): Promise<number> => parseFloat((await handle.getAttribute("aria-valuetext")) ?? "0");
  await expect.poll(width).toBeLessThan(6.3);
  await expect(page.getByText(/smallest text 7 pt ✓/)).toBeVisible();
  const narrow = await width();
  await handle.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(width).toBeGreaterThan(narrow);
});
