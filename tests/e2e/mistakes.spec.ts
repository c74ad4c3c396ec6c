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
  await expect(page.getByRole("alert").getByRole("button", { name: "Run again" })).toBeVisible();
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

test("what was guessed so that there is a figure is said below the code, on its line", async ({ figure, page }) => {
  await figure.open();
  await figure.paste(
    [
      "from tensorflow import keras",
      "from tensorflow.keras import layers",
      "decoder = keras.Sequential([layers.Dense(9), layers.Dense(4)], name='decoder')",
      "model = keras.Sequential([keras.Input((10,)), layers.Dense(3)], name='first')",
      "undefined_thing(model)",
      "",
    ].join("\n"),
  );
  const told = page.getByRole("alert").filter({ hasText: "Line 5" });
  await expect(told).toContainText("undefined_thing");
  await expect(told).toHaveAttribute("data-mild");
  await expect(page.locator(".cm-lint-marker-warning").first()).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Model to draw" })).toBeVisible();
  await figure.paste(example("mlp"));
  await expect(told).toBeHidden();
});

test("an empty editor says what belongs there", async ({ figure, page }) => {
  await figure.open();
  const editor = page.getByLabel("Keras code", { exact: true });
  await editor.click();
  await editor.press("Control+a");
  await editor.press("Delete");
  await expect(page.getByText("Paste Keras code, or drop a file here")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Run/ })).toBeDisabled();
});

test("detail that does not fit one column is said, with the width that has room for it", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("combobox", { name: "Width", exact: true }).selectOption("one column");
  await figure.settled();
  const detail = page.getByRole("slider", { name: "Detail" });
  await detail.focus();
  await detail.press("End");
  const fix = page.getByRole("button", { name: "Use the full width" });
  await expect(fix).toBeVisible();
  await expect(page.getByText(/^This much detail does not fit the page/)).toBeVisible();
  await fix.click();
  await expect(page.getByRole("slider", { name: "Width" })).toHaveAttribute("aria-valuetext", "6.875 in");
});
