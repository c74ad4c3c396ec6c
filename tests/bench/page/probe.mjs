/**
 * Watches what each frame shows after an input event.
 *
 * Of every input: `changed`, ms from its delivery until the drawing was changed; `painted`, ms from
 * the input itself until the frame that shows it was rendered; `frames`, how many frames began until
 * then, the showing one included. Of all: `gaps`, frames without the figure, and `reverts`, frames that showed a state
 * again which another had replaced.
 */
export async function probe(page, options) {
  await page.evaluate(({ source, what, input }) => {
    window.bench?.stop();
    const host = document.querySelector("[data-testid=drawing]");
    const state = () => {
      const svg = host.querySelector("svg");
      if (!svg) return null;
      if (what === "drawing") return svg;
      const item = svg.querySelector(`[data-source="${source}"]`);
      if (!item) return null;
      const parts = [item, ...item.querySelectorAll("*")];
      return what === "text"
        ? parts.filter((each) => each.localName === "text").map((each) => each.textContent).join("|")
        : parts.map((each) => each.getAttribute("stroke") ?? "").join("|");
    };
    const seen = [state()];
    let waiting = null;
    let [gaps, reverts, on] = [0, 0, true];
    const done = [];
    const onInput = (event) => {
      if (what === "stroke" && input === "mousemove" && !event.buttons) return;
      waiting ??= { at: event.timeStamp, from: performance.now(), was: state(), changed: null, frames: 0 };
    };
    window.addEventListener(input, onInput, { capture: true });
    const observer = new MutationObserver(() => {
      if (waiting && waiting.changed === null && state() !== waiting.was) waiting.changed = performance.now();
    });
    observer.observe(host, { subtree: true, childList: true, attributes: true, characterData: true });
    /** After a frame was rendered: what it showed. */
    const look = () => {
      const now = state();
      if (now === null) gaps += 1;
      else if (now !== seen.at(-1)) {
        if (seen.includes(now)) reverts += 1;
        seen.push(now);
      }
      if (!waiting || waiting.frames === 0) return;
      const { at, from, was, changed, frames } = waiting;
      if (now !== was) {
        waiting = null;
        done.push({ changed: (changed ?? performance.now()) - from, painted: performance.now() - at, frames });
      } else if (frames > 300) waiting = null;
    };
    const rendered = new MessageChannel();
    rendered.port1.onmessage = look;
    const frame = () => {
      if (!on) return;
      if (waiting) waiting.frames += 1;
      rendered.port2.postMessage(null);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    window.bench = {
      stop: () => { on = false; observer.disconnect(); window.removeEventListener(input, onInput, { capture: true }); },
      shown: () => done.length > 0,
      take: () => done.splice(0).map((each) => ({ ...each, gaps, reverts })),
    };
  }, options);
}
