/** Keys that act on the figure while no text is being typed. */
import { useEffect } from "react";
import type { Drawing } from "../../api/types";
import { useSession } from "../../figure/context";
import { ownPlace, setLook } from "../../figure/edits";
import { selectedNodes } from "../../figure/targets";
import { isTyping } from "../../lib/typing";
import { toggleFold } from "./folding";
import { neighbour } from "./hit";

export function useKeys(drawing: Drawing | null, onFit: () => void, onActual: () => void): void {
  const session = useSession();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!drawing || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const { selection } = session.state;
      const last = selection.at(-1) ?? null;
      const chosen = selectedNodes(drawing, selection);
      const onCanvas = event.target instanceof Element && event.target.closest("[role=application]") !== null;
      if (event.key.startsWith("Arrow") && onCanvas) {
        const next = neighbour(drawing, last?.startsWith("node:") ? last.slice(5) : null, event.key);
        if (next !== null) session.select(event.shiftKey ? [...selection, next] : [next]);
      } else if (event.key === "Enter" && onCanvas && last !== null) toggleFold(session, last);
      else if ((event.key === "Delete" || event.key === "Backspace") && chosen.length > 0)
        session.edit((spec) => chosen.reduce((out, node) => setLook(ownPlace(node), { hidden: true })(out), spec));
      else if (event.key === "Escape") session.select([]);
      else if (event.key === "f" || event.key === "F") onFit();
      else if (event.key === "0") onActual();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => { window.removeEventListener("keydown", onKey); };
  }, [drawing, session, onFit, onActual]);
}
