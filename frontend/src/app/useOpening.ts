/** What the page opens with: the figure that the address names, or the ResNet example, drawn at once. */
import { useCallback, useEffect, useRef } from "react";
import { useFigure, useSession } from "../figure/context";
import { pathOf, readPlace } from "./place";

const FIRST = "resnet50";

export function useOpening(): { openFigure: (id: string) => Promise<void> } {
  const session = useSession();
  const begun = useRef(false);
  const id = useFigure((state) => state.figure?.id ?? null);

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const place = readPlace(window.location);
    const start = async (): Promise<void> => {
      if (place) {
        await Promise.all([session.load(), session.open(place.id, place.token)]);
        return;
      }
      await session.load();
      const { examples, code, figure } = session.state;
      const unfinished = session.drafts.code();
      if (unfinished !== null && !figure) {
        await session.startNew(unfinished);
        return;
      }
      const first = examples.find((each) => each.id === FIRST) ?? examples[0];
      if (first && code === "" && !figure) await session.startNew(first.code);
    };
    void start();
    const onPop = (): void => {
      const now = readPlace(window.location);
      if (now && now.id !== session.state.figure?.id) void session.open(now.id, now.token);
    };
    window.addEventListener("popstate", onPop);
    window.addEventListener("pagehide", session.flush);
    window.addEventListener("online", () => { void session.save(); });
  }, [session]);

  useEffect(() => {
    if (id === null || readPlace(window.location)?.id === id) return;
    const path = pathOf({ id, token: session.editToken });
    if (readPlace(window.location)) window.history.pushState(null, "", path);
    else window.history.replaceState(null, "", path);
  }, [id, session]);

  const openFigure = useCallback((wanted: string) => session.open(wanted, null), [session]);
  return { openFigure };
}
