/** The README's pictures; no tests. Look at them before they are committed. */
import { resolve } from "node:path";
import { example, expect, test } from "./page";

const DOCS = resolve(__dirname, "../../docs");

test.use({ permissions: ["clipboard-read", "clipboard-write"], allowed: [422], reducedMotion: "reduce" });

test("a block is selected, its lines are lit", async ({ figure, page }) => {
  await figure.open();
  const block = (await figure.sources("node:")).find((each) => each.startsWith("node:x3:")) ?? "";
  await figure.select(block);
  await expect(page.getByRole("heading", { name: /^Group/ })).toBeVisible();
  await page.screenshot({ path: `${DOCS}/page.png` });
});

test("what is wrong, in which line, and what to do", async ({ figure, page }) => {
  await figure.open();
  await figure.paste(example("unet").replace("layers.Conv2D", "layers.Convolution"));
  await expect(page.getByRole("alert")).toBeVisible();
  await page.screenshot({ path: `${DOCS}/mistake.png` });
});

test("before it is downloaded", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByRole("menuitem", { name: "More choices…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.screenshot({ path: `${DOCS}/download.png` });
});

test.describe("in the hand, in the dark", () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });

  test("a telephone", async ({ figure, page }) => {
    await figure.open();
    await page.screenshot({ path: `${DOCS}/phone.png` });
  });
});
