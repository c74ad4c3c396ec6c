/** The table of layers: what it says, how it is sorted and filtered, and that it and the figure select each other. */
import { readFileSync } from "node:fs";
import { expect, test } from "./page";

test("the table tells what layers cost, is sorted and filtered, and comes as CSV", async ({ figure, page }) => {
  await figure.open();
  await expect(page.getByText("175 layers · 25.6 M parameters · 4.09 G MACs")).toBeVisible();
  await page.getByRole("tab", { name: "Table" }).click();
  const table = page.getByRole("table");
  const first = table.locator("tbody tr").first();
  await expect(first).toContainText("image");
  await page.getByRole("columnheader", { name: "MACs" }).getByRole("button").click();
  await expect(page.getByRole("columnheader", { name: /MACs/ })).toHaveAttribute("aria-sort", "descending");
  // 3×3 kernels, 128 to 128 channels, 28×28 places and its like at every size: 115,605,504.
  await expect(first).toContainText("118 M");
  await page.getByRole("searchbox").fill("conv2d 7x7x2048");
  await expect(table.locator("tbody tr")).toHaveCount(4);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download as CSV" }).click()]);
  expect(file.suggestedFilename()).toBe("resnet50-layers.csv");
  const lines = readFileSync(await file.path(), "utf8").trim().split("\r\n");
  expect(lines).toHaveLength(176);
  expect(lines[2]).toMatch(/^conv2d,conv2d,Conv2D,112x112x64,9408,9408,118013952,3211264,/);
});

test("rows and glyphs select each other, by mouse and by key", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("tab", { name: "Table" }).click();
  const row = page.getByRole("row", { name: /^dense/ });
  await page.getByRole("searchbox").fill("dense");
  await row.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(row).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("heading", { name: /Layer · Dense/ })).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await figure.select((await figure.sources("node:x2:")).at(-1) ?? "");
  await expect(page.locator('tr[aria-selected="true"]').first()).toBeInViewport();
  expect(await page.locator('tr[aria-selected="true"]').count()).toBeGreaterThan(5);
});
