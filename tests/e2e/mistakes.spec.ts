/** Bad input gets a clear answer and loses nothing. */
import { example, expect, test } from "./page";

test.use({ permissions: ["clipboard-read", "clipboard-write"], allowed: [422] });

test("an error is told with its line and hint, and the figure stays", async ({ figure, page }) => {
  await figure.open();
  const before = await figure.sources("node:");
  await figure.paste(
    "import keras\nfrom keras import layers\n\nimage = keras.Input((8,))\nmodel = keras.Model(image, layers.Dense(-3)(image))\n",
  );
  await expect(page.getByRole("alert").getByText(/units/).first()).toBeVisible();
  await expect(page.getByRole("alert").getByText(/^Line \d+/)).toBeVisible();
  await expect(page.locator(".cm-lint-marker-error")).toBeVisible();
  expect(await figure.sources("node:")).toEqual(before);
  await figure.paste(example("resnet50"));
  await expect(page.getByRole("alert")).toBeHidden();
});

test("code with no model is told so", async ({ figure, page }) => {
  await figure.open();
  await figure.paste("x = 1\n");
  await expect(page.getByRole("alert")).toContainText(/no Keras model/i);
});

test("an endless loop can be cancelled, and the page goes on", async ({ figure, page }) => {
  await figure.open();
  await figure.paste("import keras\nwhile True:\n    pass\n");
  await expect(page.getByRole("status").getByText("Running your code")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert")).toContainText("cancelled");
  await figure.paste(example("mlp"));
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.getByText(/layers · .* parameters/)).not.toContainText("175");
});

test("hostile names are text everywhere", async ({ figure, page }) => {
  await figure.open();
  const name = "</text><script>document.title='owned'</script>‮😀";
  await page.getByRole("textbox", { name: "Name of the figure" }).fill(name);
  const dense = (await figure.sources("node:dense"))[0] ?? "";
  await figure.select(dense);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await figure.settled();
  await page.reload();
  await expect(figure.drawing).toBeVisible();
  expect(await page.title()).toContain("<script>");
  await expect(page.getByTestId("drawing").locator("script")).toHaveCount(0);
});
