/** What the first sight of the page costs, and names that try to be more than names. */
import { gzipSync } from "node:zlib";
import { expect, test } from "./page";

test("the page starts with at most 350 kB of scripts", async ({ page }) => {
  const html = await (await page.request.get("/")).text();
  const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? "");
  expect(scripts.length).toBeGreaterThan(0);
  let size = 0;
  for (const path of scripts) size += gzipSync(await (await page.request.get(path)).body()).length;
  expect(size).toBeLessThan(350_000);
});

for (const [kind, name] of [
  ["markup", "</text><img src=x onerror=document.title='owned'><script>document.title='owned'</script>"],
  ["right to left", "\u202eabc\u202d\u2066שלום\u2069"],
  ["emoji", "🧠".repeat(40)],
] as const)
  test(`a name of ${kind} is text in figure, table, layers and inspector`, async ({ figure, page }) => {
    await figure.open();
    const dense = (await figure.sources("node:dense"))[0] ?? "";
    await figure.select(dense);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await figure.settled();
    await page.reload();
    await expect(figure.drawing).toBeVisible();
    await page.getByRole("tab", { name: "Layers" }).click();
    await expect(page.getByRole("tabpanel").getByRole("listitem").last()).toBeVisible();
    await page.getByRole("tab", { name: "Table" }).click();
    await expect(page.getByRole("table")).toBeVisible();
    expect(await page.title()).not.toContain("owned");
    await expect(page.locator("#root script, #root img[src=x]")).toHaveCount(0);
  });

test("what colours leave unclear is said with a shade that helps", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("tab", { name: "Examples" }).click();
  await page.getByRole("button", { name: /^Transformer/ }).click();
  const fix = page.getByRole("button", { name: /^Give .* a shade that differs$/ }).first();
  await expect(fix).toBeVisible();
  const said = page.getByText(/look alike/);
  const before = await said.first().textContent();
  await fix.click();
  await figure.settled();
  await expect.poll(async () => (await said.allTextContents()).includes(before ?? "")).toBe(false);
});
