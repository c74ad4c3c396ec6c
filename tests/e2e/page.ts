/** What every test of the page shares: a page that fails on console errors, and ways to reach its parts. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test as base, type Download, type Locator, type Page } from "@playwright/test";

const EXAMPLES = resolve(__dirname, "../../backend/netfig/web/examples");

export const example = (name: string): string => readFileSync(`${EXAMPLES}/${name}.py`, "utf8");

/** Answers that a test provokes on purpose are allowed by their status; 0 for none at all. */
export const test = base.extend<{ allowed: number[]; figure: FigurePage }>({
  allowed: [[], { option: true }],
  figure: async ({ page, allowed }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      const status = /status of (\d+)/.exec(message.text())?.[1];
      const cut = message.text().includes("net::ERR_FAILED") && allowed.includes(0);
      if (message.type() === "error" && !cut && !allowed.includes(Number(status))) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await use(new FigurePage(page));
    expect(errors, "errors on the console").toEqual([]);
  },
});

export class FigurePage {
  readonly drawing: Locator;
  readonly saved: Locator;

  constructor(readonly page: Page) {
    this.drawing = page.getByTestId("drawing").locator("svg");
    this.saved = page.locator('[data-state="saved"]');
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(path);
    await expect(this.drawing).toBeVisible();
    await expect(this.saved).toBeAttached();
  }

  /** Replaces the code as a user does: click, select all, paste. */
  async paste(code: string): Promise<void> {
    const editor = this.page.getByLabel("Keras code", { exact: true });
    await editor.click();
    await editor.press("Control+a");
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), code);
    await editor.press("Control+v");
  }

  /** The drawn items of a source, such as "node:image". */
  item(source: string): Locator {
    return this.drawing.locator(`[data-source="${source}"]`).first();
  }

  /** Sources of the drawing that begin so. */
  sources(start: string): Promise<string[]> {
    return this.drawing
      .locator(`[data-source^="${start}"]`)
      .evaluateAll((found) => [...new Set(found.map((each) => each.getAttribute("data-source") ?? ""))]);
  }

  async select(source: string): Promise<void> {
    await this.click(source);
  }

  /** Where a drawn glyph is; asked again where the drawing was just replaced. */
  async boxOf(source: string): Promise<{ x: number; y: number; width: number; height: number }> {
    let box: Awaited<ReturnType<Locator["boundingBox"]>> = null;
    await expect.poll(async () => (box = await this.item(source).boundingBox()), `${source} is on screen`).not.toBeNull();
    if (!box) throw new Error(`${source} is not on screen`);
    return box;
  }

  /** Clicks the middle of a drawn glyph. */
  async click(source: string, count = 1): Promise<void> {
    const box = await this.boxOf(source);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { clickCount: count });
  }

  /** Waits until the server has drawn the newest document. */
  async settled(): Promise<void> {
    await expect(this.saved).toBeAttached();
  }

  async download(format: string): Promise<string> {
    await this.page.getByRole("button", { name: "Download", exact: true }).click();
    const [file] = await Promise.all([
      this.page.waitForEvent("download"),
      this.page.getByRole("menuitem", { name: format, exact: true }).click(),
    ]);
    return pathOf(file);
  }
}

async function pathOf(file: Download): Promise<string> {
  const path = await file.path();
  return path;
}

/** The text of a PDF, as poppler reads it. */
export const textOf = (pdf: string): string => execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });

/** A page of a PDF as pixels at 144 dpi: width, height, and the colours "#rrggbb" that it holds. */
export function coloursOf(pdf: string): Set<string> {
  const ppm = execFileSync("pdftoppm", ["-r", "144", "-singlefile", pdf], { maxBuffer: 1 << 28 });
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString("latin1"));
  if (!head) throw new Error("pdftoppm gave no PPM");
  const colours = new Set<string>();
  for (let at = head[0].length; at + 2 < ppm.length; at += 3)
    colours.add(`#${ppm.subarray(at, at + 3).toString("hex")}`);
  return colours;
}

/** Width and height of the first page in points. */
export function sizeOf(pdf: string): [number, number] {
  const found = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }));
  return [Number(found?.[1]), Number(found?.[2])];
}

export { expect };
