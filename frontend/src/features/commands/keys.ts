/** Keys as this machine's keyboard labels them. */

const APPLE = /Mac|iP(hone|ad)/.test(navigator.userAgent);
const NAMES: Record<string, string> = APPLE
  ? { Mod: "⌘", Shift: "⇧", Enter: "⏎", Delete: "⌫", Escape: "esc" }
  : { Mod: "Ctrl", Shift: "Shift", Enter: "⏎", Delete: "Del", Escape: "Esc" };

export const shownKeys = (keys: string): string =>
  keys
    .split("+")
    .map((part) => NAMES[part] ?? part.toUpperCase())
    .join(APPLE ? "" : "+");
