/** Keys that walk the figure; the other keys belong to the commands. */
import { useEffect } from "react";
import type { Drawing } from "../../api/types";
import { useSession } from "../../figure/context";
import { isTyping } from "../../lib/typing";
import { neighbour } from "./hit";

export function useKeys(drawing: Drawing | null): void {
  const session = useSession();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!drawing || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const onCanvas = event.target instanceof Element && event.target.closest("[role=application]") !== null;
      if (!event.key.startsWith("Arrow") || !onCanvas) return;
      const { selection } = session.state;
      const last = selection.at(-1);
      const next = neighbour(drawing, last?.startsWith("node:") ? last.slice(5) : null, event.key);
      if (next !== null) session.select(event.shiftKey ? [...new Set([...selection, next])] : [next]);
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => { window.removeEventListener("keydown", onKey); };
  }, [drawing, session]);
}
