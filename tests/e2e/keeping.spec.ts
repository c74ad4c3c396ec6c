/** Nothing that was done is lost. */
import { FigurePage, expect, test } from "./page";

test.use({ permissions: ["clipboard-read", "clipboard-write"], allowed: [0, 404, 412] });

test("edits, and the way back from them, survive a reload", async ({ figure, page }) => {
  await figure.open();
  const title = page.getByRole("textbox", { name: "Name of the figure" });
  await title.fill("Figure 4");
  await figure.settled();
  await page.reload();
  await expect(title).toHaveValue("Figure 4");
  await expect(figure.saved).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(title).toHaveValue("");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(title).toHaveValue("Figure 4");
});

test("work done while the server is away is kept, and sent when it is back", async ({ figure, page, context }) => {
  await figure.open();
  const figureUrl = page.url();
  await context.route("**/api/figures/**", (route) => route.abort());
  const errors = page.getByText("Offline, kept on this device");
  await page.getByRole("textbox", { name: "Name of the figure" }).fill("Written on a train");
  await expect(errors).toBeVisible();
  await context.unroute("**/api/figures/**");
  await page.goto("about:blank");
  await page.goto(figureUrl);
  await expect(page.getByRole("textbox", { name: "Name of the figure" })).toHaveValue("Written on a train");
  await expect(figure.saved).toBeVisible();
});

test("of two windows neither overwrites the other without being asked", async ({ figure, page, context }) => {
  await figure.open();
  const second = await context.newPage();
  await second.goto(page.url());
  const other = second.getByRole("textbox", { name: "Name of the figure" });
  await expect(second.getByText("Saved", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Name of the figure" }).fill("First");
  await figure.settled();
  await page.waitForTimeout(600);
  await other.fill("Second");
  await expect(second.getByRole("alert")).toContainText("changed in another window");
  await second.getByRole("button", { name: "Take the other" }).click();
  await expect(other).toHaveValue("First");
});

test("a view link shows the figure and changes nothing; a copy can be edited", async ({ figure, page, browser }) => {
  await figure.open();
  await page.getByRole("button", { name: "Share" }).click();
  const link = (await page.getByRole("region", { name: "Share" }).locator("pre").first().textContent()) ?? "";
  expect(link).toMatch(/\/f\/[\w-]{22}$/);
  // Somebody else's device, which has never seen the edit link.
  const elsewhere = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const other = new FigurePage(await elsewhere.newPage());
  const name = other.page.getByRole("textbox", { name: "Name of the figure" });
  await other.page.goto(link);
  await expect(other.drawing).toBeVisible();
  await expect(other.page.getByText("You are looking at a shared figure.")).toBeVisible();
  await expect(name).toBeDisabled();
  await other.page.getByRole("button", { name: "Make a copy to edit" }).click();
  await expect(name).toBeEnabled();
  await name.fill("Mine");
  await other.settled();
  await expect(other.page).not.toHaveURL(new RegExp(link.slice(-22)));
  await elsewhere.close();
  await page.reload();
  await expect(figure.drawing).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name of the figure" })).toHaveValue("");
});

test("deleted means deleted", async ({ figure, page }) => {
  await figure.open();
  const address = page.url();
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Delete this figure" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(figure.drawing).toBeHidden();
  const id = /\/f\/([\w-]+)/.exec(address)?.[1] ?? "";
  expect((await page.request.get(`/api/figures/${id}`)).status()).toBe(404);
});

test("code that no figure was made from yet survives a reload", async ({ figure, page, context }) => {
  await context.route("**/api/figures", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("cannot be reached");
  await figure.paste("import keras\n# written before there was a figure\n");
  await page.waitForTimeout(500);
  await page.reload();
  await expect(page.getByLabel("Keras code", { exact: true })).toContainText("written before there was a figure");
});
