/**
 * How the page feels, in Chromium on a running server: edits, folds, zoom and pan, scripts, Lighthouse.
 *
 *   node measure.mjs URL RESNET BIG      paths of two figures, "/f/ID#TOKEN"
 *
 * Prints one JSON object. Playwright is that of frontend/.
 */
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { audit } from "./audit.mjs";
import { gestures } from "./gestures.mjs";
import { probe } from "./probe.mjs";

const { chromium } = createRequire(new URL("../../../frontend/package.json", import.meta.url))("@playwright/test");
const [url, resnet, big] = process.argv.slice(2);
const PATIENCE = 60_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

async function opened(path) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url + path);
  await page.locator("[data-testid=drawing] svg").waitFor();
  await page.locator("[data-state=saved]").waitFor();
  await page.waitForTimeout(800);
  return page;
}

/** The middle of a drawn item, by the start of its source. */
async function middle(page, start) {
  const box = await page.locator(`[data-testid=drawing] [data-source^="${start}"]`).first().boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** The legend's entry for dense layers. */
const entry = (page) => page.locator('[data-testid=drawing] [data-source^="legend:type:Dense"]').first().getAttribute("data-source");

const settled = async (page) => {
  await page.waitForTimeout(60);
  await page.locator("[data-state=saved]").waitFor();
  await page.waitForTimeout(120);
};

/** A colour chosen from the swatches and one dragged in the picker: what the stroke of the legend's entry is. */
async function colours(page) {
  const source = await entry(page);
  await page.mouse.click(...(await middle(page, source)));
  const out = [];
  const swatches = page.getByRole("group", { name: "Colour" }).locator("button[aria-pressed=false]");
  for (let turn = 0; turn < 8; turn += 1) {
    await probe(page, { source, what: "stroke", input: "click" });
    await swatches.nth(turn % 3).click();
    await settled(page);
    out.push(...(await page.evaluate(() => window.bench.take())));
  }
  await page.getByRole("button", { name: "Other colour" }).click();
  const plane = await page.locator(".mantine-ColorPicker-saturation").boundingBox();
  await probe(page, { source, what: "stroke", input: "mousemove" });
  await page.mouse.move(plane.x + 20, plane.y + 20);
  await page.mouse.down();
  for (let step = 1; step <= 40; step += 1) {
    await page.mouse.move(plane.x + 20 + 3 * step, plane.y + 20 + step);
    await page.waitForTimeout(24);
  }
  await page.mouse.up();
  await settled(page);
  out.push(...(await page.evaluate(() => window.bench.take())));
  await page.keyboard.press("Escape");
  return out;
}

/** A name typed as people type. */
async function names(page) {
  const source = await entry(page);
  await page.keyboard.press("Escape");
  await page.mouse.click(...(await middle(page, source)));
  const field = page.getByRole("textbox", { name: "Name", exact: true });
  await field.click();
  await probe(page, { source, what: "text", input: "input" });
  await page.keyboard.type("Classifier of a thousand classes", { delay: 70 });
  await settled(page);
  return page.evaluate(() => window.bench.take());
}

/** From a key or a click to the frame that shows the new drawing. */
async function redraws(page, act, turns) {
  const out = [];
  for (let turn = 0; turn < turns; turn += 1) {
    await probe(page, { source: "", what: "drawing", input: act.input });
    await act.run(turn);
    await page.waitForFunction(() => window.bench.shown());
    out.push(...(await page.evaluate(() => window.bench.take())));
    await settled(page);
  }
  return out.slice(1);
}

async function editing() {
  const page = await opened(resnet);
  const colour = await colours(page);
  const name = await names(page);
  await page.locator("[data-testid=canvas]").focus();
  await page.keyboard.press("Escape");
  await page.mouse.click(...(await middle(page, "node:x2:")));
  await page.locator("[data-testid=canvas]").focus();
  const fold = await redraws(page, { input: "keydown", run: () => page.keyboard.press("Enter") }, 13);
  const slider = page.getByRole("slider", { name: "Detail" });
  await slider.focus();
  const ways = ["ArrowLeft", "ArrowRight"];
  const level = await redraws(page, { input: "keydown", run: (turn) => slider.press(ways[turn % 2]) }, 13);
  await page.context().close();
  return { colour, name, fold, level };
}

/** Scripts that the first sight of the page fetches: those its HTML names, and those that come by themselves after. */
async function scripts() {
  const context = await browser.newContext();
  const page = await context.newPage();
  const html = await (await page.request.get(url)).text();
  const bodies = [];
  page.on("response", (answer) => {
    if (new URL(answer.url()).pathname.endsWith(".js"))
      bodies.push(answer.body().then((body) => ({ path: new URL(answer.url()).pathname, gzip: gzipSync(body).length })));
  });
  await page.goto(url);
  await page.locator("[data-testid=drawing] svg").waitFor();
  await page.waitForTimeout(1000);
  const found = await Promise.all(bodies);
  await context.close();
  const size = (list) => list.reduce((sum, each) => sum + each.gzip, 0);
  return { first: size(found.filter((each) => html.includes(each.path))), later: size(found.filter((each) => !html.includes(each.path))) };
}

async function moving() {
  const page = await opened(big);
  const out = await gestures(page);
  await page.context().close();
  return out;
}

const result = { ...(await editing()), ...(await moving()), scripts: await scripts() };
await browser.close();
result.lighthouse = await audit(url + resnet.split("#")[0], url);
console.log(JSON.stringify(result));
