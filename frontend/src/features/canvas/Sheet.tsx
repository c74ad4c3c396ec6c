/** The server's drawing on white paper, at true size in points; colours and labels preview at once. */
import { useLayoutEffect, useRef } from "react";
import type { Drawing } from "../../api/types";
import { useFigure, useSpec } from "../../figure/context";
import { Previewer, previewsBetween } from "../../figure/preview";
import { parseDrawing } from "../../figure/sanitize";
import classes from "./canvas.module.css";

export function Sheet({ drawing }: { drawing: Drawing }) {
  const host = useRef<HTMLDivElement>(null);
  const previewer = useRef<Previewer | null>(null);
  const spec = useSpec();
  const drawn = useFigure((state) => state.drawn);

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

  return (
    <>
      <div className={classes["paper"]} />
      <div ref={host} className={classes["drawing"]} data-testid="drawing" />
    </>
  );
}
