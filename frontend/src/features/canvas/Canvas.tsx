/** The figure on its sheet: zoom, pan, select, move. The layout is the server's and is never asked for here. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useFigure, useReadOnly, useSession } from "../../figure/context";
import { find } from "../../figure/targets";
import { centred, fit, scaleOf, type Viewport } from "../../lib/viewport";
import { later } from "../../lib/later";
import { text } from "../../text";
import { HoverCard } from "./HoverCard";
import { Marks } from "./Marks";
import { RenameBox } from "./RenameBox";
import { Ruler } from "./Ruler";
import { Sheet } from "./Sheet";
import { TopBar } from "./TopBar";
import { WidthHandle } from "./WidthHandle";
import { ZoomBar } from "./ZoomBar";
import { renamed, type Rename } from "./renaming";
import { useKeys } from "./useKeys";
import { usePointer } from "./usePointer";
import { toggleFold } from "../../figure/folding";
import classes from "./canvas.module.css";

/** In the figure's place until there is one. */
function Waiting() {
  const run = useFigure((state) => state.run);
  const problem = useFigure((state) => state.problem);
  const stage = run.stage === "idle" ? null : run.stage === "waiting" ? text.run.waiting(run.position) : text.run[run.stage];
  return (
    <div className={classes["empty"]}>
      {stage !== null && <div className={classes["blank"]} aria-hidden="true" />}
      <p>{stage ?? problem?.message ?? text.canvas.empty}</p>
    </div>
  );
}

const MARGIN = 38;
const UNDER = 60;
/** Milliseconds without a step until the figure counts as still. */
const REST = 180;

export function Canvas({ viewport }: { viewport: Viewport }) {
  const session = useSession();
  const drawing = useFigure((state) => state.drawing);
  const busy = useFigure((state) => state.run.stage !== "idle");
  const selection = useFigure((state) => state.selection);
  const area = useRef<HTMLDivElement>(null);
  const plane = useRef<HTMLDivElement>(null);
  const readOnly = useReadOnly();
  const [rename, setRename] = useState<Rename | null>(null);
  const { drag, marquee, targetAt, handlers } = usePointer(area, viewport, drawing);

  const room = useCallback(() => ({ ...viewport.room, height: viewport.room.height - UNDER }), [viewport]);
  const onFit = useCallback(() => {
    if (drawing) viewport.set(fit(drawing, room(), Math.min(MARGIN, room().width * 0.06 + 8)), true);
  }, [drawing, viewport, room]);
  const onActual = useCallback(() => {
    if (drawing) viewport.set(centred(drawing, room(), 1));
  }, [drawing, viewport, room]);
  const middle = (): { x: number; y: number } => ({ x: room().width / 2, y: room().height / 2 });
  useKeys(drawing);
  useEffect(() => { viewport.learn({ fit: onFit, actual: onActual }); }, [viewport, onFit, onActual]);

  useLayoutEffect(() => {
    const element = plane.current;
    if (!element) return;
    const apply = (): void => {
      const view = viewport.get();
      element.style.transform = `translate(${view.x}px, ${view.y}px) scale(${scaleOf(view)})`;
    };
    // A figure that moves is a picture that the compositor moves; once it rests it is drawn sharp again.
    const rest = later(() => { element.style.willChange = ""; });
    const move = (): void => {
      element.style.willChange = "transform";
      rest(REST);
      apply();
    };
    apply();
    const leave = viewport.subscribe(move);
    return () => { leave(); rest.cancel(); };
  }, [viewport]);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = (): void => {
      viewport.measured({ width: element.clientWidth, height: element.clientHeight });
      if (viewport.fitted) onFit();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, [viewport, onFit]);

  const chosen = drawing && selection.length === 1 ? find(drawing, selection[0] ?? "") : null;
  const said = chosen?.kind === "node" ? text.canvas.selected(`${chosen.node.title}. ${chosen.node.detail.join(", ")}.`) : "";

  return (
    <section className={classes["canvas"]} aria-label={text.canvas.label}>
      <TopBar />
      <div
        ref={area}
        className={classes["area"]}
        role="application"
        aria-label={text.canvas.hint}
        tabIndex={0}
        data-testid="canvas"
        {...handlers}
        onContextMenu={(event) => {
          const target = targetAt(event.nativeEvent);
          if (target !== null && !selection.includes(target)) session.select([target]);
        }}
        onDoubleClick={(event) => {
          const target = targetAt(event.nativeEvent);
          if (target === null || !drawing) return;
          const place = readOnly ? null : renamed(drawing, target, event.nativeEvent);
          if (place) setRename(place);
          else toggleFold(session, target);
        }}
      >
        <div ref={plane} className={`${classes["plane"] ?? ""} ${busy ? (classes["stale"] ?? "") : ""}`}>
          {drawing && <Sheet drawing={drawing} drag={drag} />}
          {drawing && <Marks drawing={drawing} viewport={viewport} drag={drag} marquee={marquee} />}
        </div>
        {!drawing && <Waiting />}
        {drawing && !drag && <HoverCard drawing={drawing} viewport={viewport} room={room} />}
        {drawing && !readOnly && <WidthHandle drawing={drawing} viewport={viewport} />}
        {rename && <RenameBox key={rename.target} rename={rename} area={area} onDone={() => { setRename(null); area.current?.focus(); }} />}
        {drawing && <Ruler drawing={drawing} viewport={viewport} />}
      </div>
      {drawing && <ZoomBar viewport={viewport} middle={middle} onFit={onFit} onActual={onActual} />}
      <div className="for-readers" aria-live="polite">{said}</div>
    </section>
  );
}
