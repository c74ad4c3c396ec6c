/** The server's drawing on white paper, at true size in points; colours and labels preview at once. */
import { useLayoutEffect, useRef } from "react";
import type { Drawing } from "../../api/types";
import { useFigure, useSpec } from "../../figure/context";
import { Previewer, previewsBetween } from "../../figure/preview";
import { parseDrawing } from "../../figure/sanitize";
import classes from "./canvas.module.css";

interface Props {
  drawing: Drawing;
  /** How far the selected glyphs are being dragged, in points. */
  drag: { dx: number; dy: number } | null;
}

export function Sheet({ drawing, drag }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const previewer = useRef<Previewer | null>(null);
  const spec = useSpec();
  const drawn = useFigure((state) => state.drawn);
  const selection = useFigure((state) => state.selection);

  useLayoutEffect(() => {
    const element = parseDrawing(drawing.svg);
    if (!element || !host.current) return;
    element.setAttribute("width", String(drawing.width));
    element.setAttribute("height", String(drawing.height));
    element.setAttribute("aria-hidden", "true");
    host.current.replaceChildren(element);
    previewer.current = new Previewer(element);
  }, [drawing]);

  // Before the frame, like the drawing itself: no frame shows an older colour or name in between.
  useLayoutEffect(() => {
    if (!drawn || !spec) return;
    previewer.current?.show(previewsBetween(drawing, drawn, spec));
  }, [drawing, drawn, spec]);

  // Connections and the frames of open groups are marked as they are drawn; the boxes of glyphs are in Marks.
  useLayoutEffect(() => {
    const items = selection.flatMap((target) =>
      [...(host.current?.querySelectorAll(`[data-source="${CSS.escape(target)}"]`) ?? [])],
    );
    for (const item of items) item.toggleAttribute("data-chosen", true);
    return () => { for (const item of items) item.toggleAttribute("data-chosen", false); };
  }, [drawing, selection]);

  // Dropped, they stay there until the server's drawing has them there.
  useLayoutEffect(() => {
    if (!drag) return;
    for (const target of selection.filter((each) => each.startsWith("node:"))) {
      const own = `[data-source="${CSS.escape(target)}"]`;
      for (const item of host.current?.querySelectorAll<SVGElement>(own) ?? [])
        if (!item.parentElement?.closest(own)) item.style.translate = `${drag.dx}px ${drag.dy}px`;
    }
  }, [drag, selection]);

  return (
    <>
      <div className={classes["paper"]} />
      <div ref={host} className={classes["drawing"]} data-testid="drawing" />
    </>
  );
}
