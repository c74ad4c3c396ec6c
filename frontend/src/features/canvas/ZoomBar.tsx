/** Buttons for zoom and fit. */
import { Button } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { zoomAbout, type Viewport } from "../../lib/viewport";
import { text } from "../../text";
import classes from "./canvas.module.css";

interface Props {
  viewport: Viewport;
  /** Zooms about the middle of the canvas. */
  middle: () => { x: number; y: number };
  onFit: () => void;
  onActual: () => void;
}

export function ZoomBar({ viewport, middle, onFit, onActual }: Props) {
  const view = useSyncExternalStore(viewport.subscribe, viewport.get);
  const by = (factor: number) => () => { viewport.set(zoomAbout(viewport.get(), factor, middle())); };
  return (
    <div className={classes["zoom"]}>
      <Button variant="default" size="compact-md" aria-label={text.canvas.zoomOut} onClick={by(1 / 1.25)}>−</Button>
      <Button variant="default" size="compact-md" className={classes["percent"] ?? ""} aria-label={text.canvas.actual} onClick={onActual}>
        {Math.round(view.zoom * 100)} %
      </Button>
      <Button variant="default" size="compact-md" aria-label={text.canvas.zoomIn} onClick={by(1.25)}>+</Button>
      <Button variant="default" size="compact-md" onClick={onFit}>{text.canvas.fit}</Button>
    </div>
  );
}
