/** The page's width and what it promises for print, on a line as wide as the page. */
import { useLayoutEffect, useRef } from "react";
import type { Drawing } from "../../api/types";
import { formatInches } from "../../lib/format";
import { scaleOf, type Viewport } from "../../lib/viewport";
import { text } from "../../text";
import classes from "./canvas.module.css";

export function Ruler({ drawing, viewport }: { drawing: Drawing; viewport: Viewport }) {
  const line = useRef<HTMLDivElement>(null);
  const { width, facts } = drawing;
  useLayoutEffect(() => {
    const place = (): void => {
      const view = viewport.get();
      const element = line.current;
      if (!element) return;
      const left = Math.max(12, view.x);
      const right = Math.min(viewport.room.width - 12, view.x + width * scaleOf(view));
      element.style.transform = `translateX(${left}px)`;
      element.style.width = `${Math.max(0, right - left)}px`;
      element.style.visibility = right - left < 120 ? "hidden" : "";
    };
    place();
    return viewport.subscribe(place);
  }, [viewport, width]);
  const fine = facts.smallest_text >= facts.text_floor - 0.01;
  return (
    <div className={classes["ruler"]} ref={line}>
      <span>0</span>
      <span>
        {facts.page} · {text.canvas.smallest(Number(facts.smallest_text.toFixed(1)), fine)}
      </span>
      <span>{formatInches(width)}</span>
    </div>
  );
}
