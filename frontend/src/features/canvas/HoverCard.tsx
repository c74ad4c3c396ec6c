/** The facts of the glyph under the pointer, beside it. */
import { useSyncExternalStore } from "react";
import type { Drawing } from "../../api/types";
import { useFigure, useReadOnly } from "../../figure/context";
import { find, nameOf } from "../../figure/targets";
import { scaleOf, type Size, type Viewport } from "../../lib/viewport";
import { text } from "../../text";
import classes from "./canvas.module.css";

/** The most that the card takes. */
const HEIGHT = 118;
const GAP = 14;
const WIDTH = 320;

interface Props {
  drawing: Drawing;
  viewport: Viewport;
  /** The canvas, CSS pixels. */
  room: () => Size;
}

export function HoverCard({ drawing, viewport, room }: Props) {
  const readOnly = useReadOnly();
  const hover = useFigure((state) => state.hover);
  const view = useSyncExternalStore(viewport.subscribe, () => (hover === null ? null : viewport.get()));
  const found = hover === null ? null : find(drawing, hover);
  if (view === null || found?.kind !== "node") return null;
  const { node } = found;
  const scale = scaleOf(view);
  const top = view.y + node.box.y * scale;
  const below = view.y + (node.box.y + node.box.height) * scale + GAP;
  const above = top - HEIGHT - GAP > 0;
  const x = view.x + (node.box.x + node.box.width / 2) * scale - WIDTH / 2;
  const lines = [...node.lines].sort((a, b) => a - b);
  const first = lines[0];
  return (
    <div
      className={classes["card"]}
      data-above={above || undefined}
      style={{ left: Math.max(8, Math.min(x, room().width - WIDTH - 8)), top: above ? top - GAP : below }}
      aria-hidden="true"
    >
      <span className={classes["cardLine"]}>
        <b>{nameOf(node)}</b>
        {node.repeat > 1 && ` ×${node.repeat}`}
        {first !== undefined && <small>{text.canvas.lines(first, lines.at(-1) ?? first)}</small>}
      </span>
      {node.detail.slice(0, 3).map((line) => (
        <span key={line} className={classes["cardLine"]}>{line}</span>
      ))}
      {!readOnly && <small>{node.kind === "group" ? text.canvas.hoverGroup : text.canvas.hoverLayer}</small>}
    </div>
  );
}
