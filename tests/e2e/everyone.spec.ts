/** Sizes, light and dark, and what axe finds. */
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./page";

for (const scheme of ["light", "dark"] as const)
  test(`axe finds nothing, ${scheme}`, async ({ figure, page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await figure.open();
    await figure.select((await figure.sources("node:dense"))[0] ?? "");
    const whole = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    expect(whole.violations.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ""}`)).toEqual([]);
    await page.getByRole("button", { name: "Download", exact: true }).click();
    await page.getByRole("menuitem", { name: "More choices…" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.waitForTimeout(300);
    const dialog = await new AxeBuilder({ page }).include("[role=dialog]").withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(dialog.violations.map((each) => `${each.id}: ${each.nodes[0]?.html ?? ""}`)).toEqual([]);
  });

for (const [width, height] of [[360, 740], [900, 700], [2560, 1440]] as const)
  test(`nothing is cut off at ${width}×${height}`, async ({ figure, page }) => {
    await page.setViewportSize({ width, height });
    await figure.open();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await expect(page.getByRole("button", { name: "Download", exact: true })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("button", { name: "Fit" })).toBeInViewport({ ratio: 1 });
  });
