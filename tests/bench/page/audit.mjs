/** Lighthouse on the loopback: categories from 0 to 100, and what cost points; of several runs the middle one. */
import lighthouse, { desktopConfig } from "lighthouse";
import { launch } from "chrome-launcher";

const RUNS = 3;

export async function audit(...addresses) {
  const chrome = await launch({
    chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox"],
  });
  const out = [];
  try {
    for (const address of addresses) {
      const runs = [];
      for (let turn = 0; turn < RUNS; turn += 1) runs.push(await once(address, chrome.port));
      runs.sort((a, b) => a.performance - b.performance);
      out.push({ path: new URL(address).pathname, ...runs[Math.floor(RUNS / 2)] });
    }
  } finally {
    chrome.kill();
  }
  return out;
}

async function once(address, port) {
  const { lhr } = await lighthouse(
    address,
    { port, output: "json", logLevel: "error", onlyCategories: ["performance", "accessibility"] },
    desktopConfig,
  );
  const points = ({ score }) => Math.round(score * 100);
  const lost = Object.values(lhr.audits)
    .filter((each) => each.score !== null && each.score < 0.9)
    .map((each) => `${each.id} ${each.displayValue ?? ""}`.trim());
  return { performance: points(lhr.categories.performance), accessibility: points(lhr.categories.accessibility), lost };
}
