/** Keys that work everywhere on the page, from the table of commands. */
import { useEffect } from "react";
import { COMMANDS, matchesKey, situationOf } from "../figure/commands";
import { useSession } from "../figure/context";
import { isTyping } from "../lib/typing";
import type { Viewport } from "../lib/viewport";

/** Works while typing, too. */
const ALWAYS = new Set(["run"]);

/** Keys that a focused control needs for itself. */
const OF_CONTROLS = new Set(["Enter", "Escape"]);

export function useShortcuts(viewport: Viewport, onPalette: () => void): void {
  const session = useSession();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      if (matchesKey(event, "Mod+k")) {
        event.preventDefault();
        onPalette();
        return;
      }
      const typing = isTyping(event);
      const onControl = event.target instanceof Element && event.target.closest("button, a, summary") !== null;
      const command = COMMANDS.find(
        (each) =>
          (!typing || ALWAYS.has(each.id)) &&
          each.keys?.some((keys) => matchesKey(event, keys) && !(onControl && OF_CONTROLS.has(event.key) && !keys.includes("Mod"))),
      );
      const now = command && situationOf(session, viewport);
      if (!command || !now || command.when?.(now) === false) return;
      event.preventDefault();
      command.run(now);
    };
    window.addEventListener("keydown", onKey);
    return () => { window.removeEventListener("keydown", onKey); };
  }, [session, viewport, onPalette]);
}
