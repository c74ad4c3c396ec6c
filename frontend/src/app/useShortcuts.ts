/** Keys that work everywhere on the page. */
import { useEffect } from "react";
import { useSession } from "../figure/context";
import { isTyping } from "../lib/typing";

export function useShortcuts(): void {
  const session = useSession();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key === "enter") void session.runCode();
      else if (isTyping(event)) return;
      else if (key === "z" && !event.shiftKey) session.undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) session.redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => { window.removeEventListener("keydown", onKey); };
  }, [session]);
}
