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
  const by = (factor: number) => () => { viewport.set(zoomAbout(viewport.get(), factor, middle())); };
  return (
    <div className={classes["zoom"]}>
      <Button variant="default" size="compact-md" aria-label={text.canvas.zoomOut} onClick={by(1 / 1.25)}>−</Button>
      <Button variant="default" size="compact-md" className={classes["percent"] ?? ""} title={text.canvas.actual} onClick={onActual}>
        <Percent viewport={viewport} />
      </Button>
      <Button variant="default" size="compact-md" aria-label={text.canvas.zoomIn} onClick={by(1.25)}>+</Button>
      <Button variant="default" size="compact-md" onClick={onFit}>{text.canvas.fit}</Button>
    </div>
  );
}

/** By itself, for it alone changes with every step of the wheel. */
function Percent({ viewport }: { viewport: Viewport }) {
  const percent = useSyncExternalStore(viewport.subscribe, () => Math.round(viewport.get().zoom * 100));
  return <>{percent} %</>;
}
