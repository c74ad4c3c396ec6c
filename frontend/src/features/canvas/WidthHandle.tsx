/** The page's right edge, to drag: the figure is drawn anew for the width it is dropped at. */
import { useRef, useState, useSyncExternalStore, type KeyboardEvent, type PointerEvent } from "react";
import type { Drawing } from "../../api/types";
import { useSession } from "../../figure/context";
import { setPage } from "../../figure/edits";
import { formatInches } from "../../lib/format";
import { scaleOf, type Viewport } from "../../lib/viewport";
import { text } from "../../text";
import classes from "./canvas.module.css";

const NARROWEST = 72;
const WIDEST = 4000;

export function WidthHandle({ drawing, viewport }: { drawing: Drawing; viewport: Viewport }) {
  const session = useSession();
  const view = useSyncExternalStore(viewport.subscribe, viewport.get);
  const start = useRef<number | null>(null);
  const [width, setWidth] = useState<number | null>(null);
  const scale = scaleOf(view);
  const shown = width ?? drawing.width;
  const bounded = (wanted: number): number => Math.round(Math.max(NARROWEST, Math.min(WIDEST, wanted)) * 10) / 10;
  const take = (wanted: number, key: string | null): void => {
    session.edit(setPage({ venue: "free", width: bounded(wanted) }), key, 0);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = event.clientX;
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (start.current === null) return;
    event.stopPropagation();
    setWidth(bounded(drawing.width + (event.clientX - start.current) / scale));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    start.current = null;
    if (width !== null && width !== drawing.width) take(width, null);
    setWidth(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 3.6 : event.key === "ArrowLeft" ? -3.6 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    take((session.state.history?.present.page.width ?? drawing.width) + step, "width");
  };

  return (
    <div
      className={classes["handle"]}
      role="slider"
      tabIndex={0}
      aria-label={text.page.column}
      aria-valuenow={Math.round(shown)}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuetext={formatInches(shown)}
      data-dragging={width !== null || undefined}
      style={{
        transform: `translate(${view.x + shown * scale + 14}px, ${view.y}px)`,
        height: Math.max(24, drawing.height * scale),
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => { event.stopPropagation(); }}
    >
      {width !== null && <span>{formatInches(width)}</span>}
    </div>
  );
}
