/** The page's main states, as the README shows them: `make pictures` takes them anew. Look before you commit. */
import type { Page } from "@playwright/test";
import { example, expect, test } from "./page";

test.use({ permissions: ["clipboard-read", "clipboard-write"], allowed: [422], reducedMotion: "reduce" });

/** Compares the page with a picture in docs/, but for the times it took; fonts differ a little between machines. */
async function looksAs(page: Page, picture: string): Promise<void> {
  await page.evaluate(() => {
    for (const each of document.querySelectorAll<HTMLElement>("[data-timings]")) each.style.visibility = "hidden";
  });
  expect(await page.screenshot()).toMatchSnapshot(picture, { maxDiffPixelRatio: 0.01 });
}

test("a block is selected, its lines are lit", async ({ figure, page }) => {
  await figure.open();
  const block = (await figure.sources("node:")).find((each) => each.startsWith("node:x3:")) ?? "";
  await figure.select(block);
  await expect(page.getByRole("heading", { name: /^Group/ })).toBeVisible();
  await looksAs(page, "page.png");
});

test("what is wrong, in which line, and what to do", async ({ figure, page }) => {
  await figure.open();
  await figure.paste(example("unet").replace("layers.Conv2D", "layers.Convolution"));
  await expect(page.getByRole("alert")).toBeVisible();
  await looksAs(page, "mistake.png");
});

test("before it is downloaded", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByRole("menuitem", { name: "More choices…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await looksAs(page, "download.png");
});

test.describe("in the hand, in the dark", () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });

  test("a telephone", async ({ figure, page }) => {
    await figure.open();
    await looksAs(page, "phone.png");
  });
});
