/** Selection, hover and the marquee, drawn over the figure and never part of it. */
import { useLayoutEffect, useRef } from "react";
import type { Box, Drawing } from "../../api/types";
import { useFigure } from "../../figure/context";
import { nodeTarget, type Target } from "../../figure/targets";
import { scaleOf, type Viewport } from "../../lib/viewport";
import { boxOf } from "./hit";
import classes from "./canvas.module.css";

interface Props {
  drawing: Drawing;
  viewport: Viewport;
  /** How far the selected glyphs are being dragged, in points. */
  drag: { dx: number; dy: number } | null;
  marquee: Box | null;
}

export function Marks({ drawing, viewport, drag, marquee }: Props) {
  const selection = useFigure((state) => state.selection);
  const hover = useFigure((state) => state.hover);
  const line = useFigure((state) => state.cursorLine);
  const lit: Target[] =
    line === null
      ? []
      : drawing.nodes.filter((node) => node.lines.includes(line)).map((node) => nodeTarget(node.id));

  const mark = (target: Target, className: string | undefined, moved: boolean) => {
    const box = boxOf(drawing, target);
    if (!box) return null;
    const [dx, dy] = moved && drag ? [drag.dx, drag.dy] : [0, 0];
    return (
      <rect
        key={`${className ?? ""} ${target}`}
        className={className}
        x={box.x - 2.5 + dx}
        y={box.y - 2.5 + dy}
        width={box.width + 5}
        height={box.height + 5}
        rx={2.5}
      />
    );
  };

  // On this element alone: below the plane it would have every item of the figure styled anew.
  const root = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    const scale = (): void => { root.current?.style.setProperty("--scale", String(scaleOf(viewport.get()))); };
    scale();
    return viewport.subscribe(scale);
  }, [viewport]);

  return (
    <svg ref={root} className={classes["marks"]} data-testid="marks" width={drawing.width} height={drawing.height} aria-hidden="true">
      {lit.map((target) => mark(target, classes["lit"], false))}
      {hover !== null && !selection.includes(hover) && mark(hover, classes["hovered"], false)}
      {selection.map((target) => mark(target, classes["selected"], true))}
      {marquee && <rect className={classes["marquee"]} {...marquee} />}
    </svg>
  );
}
