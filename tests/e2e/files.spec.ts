/** Files in, and all the ways out but the plain download. */
import { readFileSync } from "node:fs";
import { example, expect, test } from "./page";

test.use({ permissions: ["clipboard-read", "clipboard-write"], allowed: [422] });

const MODELS = `import keras
from keras import layers
encoder = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3)], name="encoder")
decoder = keras.Sequential([keras.Input((4,)), layers.Dense(9), layers.Dense(8)], name="decoder")
`;

test("a script, a notebook and an exported figure are opened", async ({ figure, page }) => {
  await figure.open();
  const chooser = page.locator('input[type="file"]');
  await chooser.setInputFiles({ name: "net.py", mimeType: "text/x-python", buffer: Buffer.from(example("mlp")) });
  await expect(page.getByText(/^7 layers ·/)).toBeVisible();

  const cells = [{ cell_type: "code", source: `%matplotlib inline\n${example("lenet")}` }];
  await chooser.setInputFiles({ name: "net.ipynb", mimeType: "application/json", buffer: Buffer.from(JSON.stringify({ cells })) });
  await expect(page.getByText(/^9 layers ·/)).toBeVisible();
  await page.getByRole("textbox", { name: "Name of the figure" }).fill("From a file");
  await figure.settled();

  const before = await figure.sources("node:");
  const svg = readFileSync(await figure.download("SVG"));
  await page.goto("/");
  await expect(figure.drawing).toBeVisible();
  await figure.settled();
  await page.getByTestId("canvas").evaluate((target, text) => {
    const files = new DataTransfer();
    files.items.add(new File([text], "figure.svg", { type: "image/svg+xml" }));
    target.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
  }, svg.toString("utf8"));
  await expect(page.getByRole("textbox", { name: "Name of the figure" })).toHaveValue("From a file");
  expect(await figure.sources("node:")).toEqual(before);

  await chooser.setInputFiles({ name: "other.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") });
  await expect(page.getByRole("alert")).toBeVisible();
});

test("of several models one is chosen", async ({ figure, page }) => {
  await figure.open();
  await figure.paste(MODELS);
  const picker = page.getByRole("combobox", { name: "Model to draw" });
  await expect(picker).toBeVisible();
  const now = await picker.inputValue();
  const other = now === "encoder" ? "decoder" : "encoder";
  await picker.click();
  await page.getByRole("option", { name: other }).click();
  await expect(picker).toHaveValue(other);
  await expect(figure.drawing.locator(`[data-source^="node:${other === "decoder" ? "dense" : "conv2d"}"]`).first()).toBeVisible();
});

test("the figure goes to the clipboard as SVG, as PNG and as HTML for a web page", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("button", { name: "Share" }).click();
  const panel = page.getByRole("region", { name: "Share" });
  await panel.getByRole("button", { name: "Copy as SVG" }).click();
  await expect(panel.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("<svg");
  await panel.getByRole("button", { name: "Copy as PNG" }).click();
  await expect
    .poll(() => page.evaluate(async () => (await navigator.clipboard.read())[0]?.types.join(" ")))
    .toContain("image/png");
  await panel.getByRole("button", { name: "Copy for a web page" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText().catch(() => ""))).toContain("<figcaption>");
  const html = await page.evaluate(() => navigator.clipboard.readText());
  expect(html).toMatch(/<img width="660" alt="Diagram[^"]+" src="data:image\/svg\+xml;base64,/);
  await page.setContent(html);
  await expect.poll(() => page.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
});

test("the dialog shows the figure as large as it prints, and the lines for the paper", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByRole("menuitem", { name: "More choices…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/This is how large it prints: 6.875 in ×/)).toBeVisible();
  const shown = await dialog.locator("figure svg").boundingBox();
  expect(shown?.width, "6.875 in at 96 px").toBeCloseTo(660, 0);
  for (const [label, words] of [
    ["LaTeX", "\\includegraphics[width=6.875in]{resnet50.pdf}"],
    ["Caption", "Architecture of resnet50: 175 layers"],
    ["Alternative text", "Diagram of a neural network"],
  ] as const) {
    await dialog.getByRole("button", { name: `Copy: ${label}` }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(words);
  }
  await dialog.getByRole("combobox", { name: "Width" }).selectOption("one column");
  await expect(dialog.getByText(/This is how large it prints: 3.25 in ×/)).toBeVisible();
  await dialog.getByRole("combobox", { name: "Width" }).selectOption("full width");
  await expect(dialog.getByText(/This is how large it prints: 6.875 in ×/)).toBeVisible();
  await dialog.getByText("PNG", { exact: true }).click();
  await dialog.getByText("600 dpi").click();
  await dialog.getByLabel("File name").fill("fig 3");
  const [file] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("button", { name: "Download" }).click()]);
  expect(file.suggestedFilename()).toBe("fig-3.png");
  const png = readFileSync(await file.path());
  expect(png.readUInt32BE(16)).toBe(4125);
});

test("the legend comes as a file of its own", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("button", { name: "Download", exact: true }).click();
  await page.getByRole("menuitem", { name: "More choices…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Legend in a file of its own").click();
  const files: string[] = [];
  page.on("download", (file) => files.push(file.suggestedFilename()));
  await dialog.getByRole("button", { name: "Download" }).click();
  await expect.poll(() => files).toEqual(["resnet50.pdf", "resnet50-legend.pdf"]);
});

test("examples have pictures, and figures of this device come back", async ({ figure, page }) => {
  await figure.open();
  await page.getByRole("textbox", { name: "Name of the figure" }).fill("My first");
  await figure.settled();
  await page.getByRole("tab", { name: "Examples" }).click();
  const pictures = page.getByRole("tabpanel").locator("img");
  await expect(pictures).toHaveCount(6);
  for (const picture of await pictures.all())
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(50);
  await page.getByRole("button", { name: /^LeNet-5/ }).click();
  await expect(page.getByRole("textbox", { name: "Name of the figure" })).toHaveValue("");
  await figure.settled();
  await page.getByRole("tab", { name: "Examples" }).click();
  await page.getByRole("button", { name: /My first/ }).click();
  await expect(page.getByRole("textbox", { name: "Name of the figure" })).toHaveValue("My first");
});
