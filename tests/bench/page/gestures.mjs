/** Zoom and pan with everything on screen: wheel with and without Ctrl, and a drag, at the pace of a real device. */

const SECONDS = 3;
const PACE = 8;

/** Runs an action while frames are counted: by the page's clock, and by the compositor's trace. */
async function counted(page, client, act) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  client.on("Tracing.dataCollected", collect);
  await client.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline.frame", "devtools.timeline.frame", "devtools.timeline"] } });
  await page.evaluate(() => {
    const times = [];
    let on = true;
    const frame = (at) => { if (!on) return; times.push(at); requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
    window.frames_ = () => { on = false; return times; };
  });
  const began = Date.now();
  await act();
  const lasted = (Date.now() - began) / 1000;
  const times = await page.evaluate(() => window.frames_());
  const complete = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await complete;
  client.off("Tracing.dataCollected", collect);
  const drawn = events.filter((each) => each.name === "DrawFrame").length;
  const dropped = events.filter((each) => each.name === "DroppedFrame" || (each.name === "DrawFrame" && each.args?.dropped)).length;
  const steps = times.slice(1).map((each, at) => each - times[at]).sort((a, b) => a - b);
  return {
    rate: (times.length - 1) / ((times.at(-1) - times[0]) / 1000),
    median: steps[Math.floor(steps.length / 2)],
    slow: steps[Math.floor(steps.length * 0.95)],
    worst: steps.at(-1),
    drawn: drawn / lasted,
    dropped: dropped / lasted,
  };
}

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Sends an event every PACE ms of real time, whatever the page does with them. */
async function paced(send) {
  const began = performance.now();
  const sent = [];
  for (let step = 0; performance.now() - began < SECONDS * 1000; step += 1) {
    sent.push(send(step));
    const ahead = began + (step + 1) * PACE - performance.now();
    if (ahead > 0) await pause(ahead);
  }
  await Promise.all(sent);
}

export async function gestures(page) {
  const client = await page.context().newCDPSession(page);
  const area = await page.locator("[data-testid=canvas]").boundingBox();
  const at = { x: Math.round(area.x + area.width / 2), y: Math.round(area.y + area.height / 2) };
  const mouse = (type, more) => client.send("Input.dispatchMouseEvent", { type, ...at, ...more });
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await mouse("mouseMoved", {});
  const fit = () => page.getByRole("button", { name: "Fit" }).click();

  const wheel = (step, deltaX, deltaY, modifiers) => mouse("mouseWheel", { deltaX, deltaY, modifiers, button: "none" });
  const back = (step) => (Math.floor(step / 60) % 2 === 0 ? 1 : -1);
  const zoom = await counted(page, client, () => paced((step) => wheel(step, 0, -6 * back(step), 2)));
  await fit();
  const pan = await counted(page, client, () => paced((step) => wheel(step, 5 * back(step), 4 * back(step), 0)));
  await fit();
  const empty = { x: area.x + 6, y: area.y + area.height / 2 };
  await client.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...empty });
  await client.send("Input.dispatchMouseEvent", { type: "mousePressed", ...empty, button: "left", buttons: 1, clickCount: 1 });
  const drag = await counted(page, client, () =>
    paced((step) =>
      client.send("Input.dispatchMouseEvent", {
        type: "mouseMoved",
        x: empty.x + 200 * Math.abs(Math.sin(step / 60)),
        y: empty.y + 100 * Math.sin(step / 45),
        button: "left",
        buttons: 1,
      }),
    ),
  );
  await client.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...empty, button: "left", clickCount: 1 });
  const glyphs = await page.evaluate(() => new Set([...document.querySelectorAll('[data-testid=drawing] [data-source^="node:"]')].map((each) => each.getAttribute("data-source"))).size);
  return { zoom, pan, drag, requests: requests.length, glyphs };
}
