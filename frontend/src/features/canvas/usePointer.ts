/** Pointer, wheel and pinch on the canvas: select, move, marquee, pan, zoom. */
import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import type { Box, Drawing } from "../../api/types";
import { useReadOnly, useSession } from "../../figure/context";
import { nudge } from "../../figure/edits";
import { selectedNodes, type Target } from "../../figure/targets";
import { scaleOf, toPage, zoomAbout, type Viewport } from "../../lib/viewport";
import { enclosed, hit } from "./hit";

interface Point {
  x: number;
  y: number;
}

type Gesture =
  | { kind: "press"; at: Point; target: Target | null; shift: boolean }
  | { kind: "pan"; at: Point }
  | { kind: "move"; from: Point }
  | { kind: "marquee"; from: Point }
  | { kind: "pinch"; span: number; middle: Point };

const THRESHOLD = 4;

export function usePointer(area: RefObject<HTMLElement | null>, viewport: Viewport, drawing: Drawing | null) {
  const session = useSession();
  const readOnly = useReadOnly();
  const gesture = useRef<Gesture | null>(null);
  const touches = useRef(new Map<number, Point>());
  const [drag, setDrag] = useState<{ dx: number; dy: number } | null>(null);
  const [marquee, setMarquee] = useState<Box | null>(null);

  const local = (event: { clientX: number; clientY: number }): Point => {
    const box = area.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };

  const targetAt = (event: PointerEvent | MouseEvent): Target | null => {
    if (!drawing) return null;
    const view = viewport.get();
    const under = (): Element | null =>
      document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.closest("[data-source]")) ?? null;
    return hit(drawing, toPage(view, local(event)), 3 / scaleOf(view), under);
  };

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const view = viewport.get();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (event.ctrlKey || event.metaKey) {
        const box = element.getBoundingClientRect();
        const at = { x: event.clientX - box.left, y: event.clientY - box.top };
        const step = Math.max(-60, Math.min(60, event.deltaY * unit));
        viewport.set(zoomAbout(view, Math.exp(-step * 0.01), at));
      } else {
        const [dx, dy] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
        viewport.set({ ...view, x: view.x - dx * unit, y: view.y - dy * unit });
      }
      session.hover(null);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => { element.removeEventListener("wheel", onWheel); };
  }, [area, viewport, session]);

  const pinch = (): { span: number; middle: Point } | null => {
    const [first, second] = [...touches.current.values()];
    if (!first || !second) return null;
    return {
      span: Math.hypot(first.x - second.x, first.y - second.y),
      middle: { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 },
    };
  };

  const select = (target: Target | null, add: boolean): void => {
    const now = session.state.selection;
    if (target === null) { if (!add) session.select([]); return; }
    if (!add) session.select([target]);
    else session.select(now.includes(target) ? now.filter((each) => each !== target) : [...now, target]);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button > 1 || (event.target as Element).closest("input, [role=slider]")) return;
    const at = local(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    touches.current.set(event.pointerId, at);
    const two = pinch();
    if (two) gesture.current = { kind: "pinch", ...two };
    else if (event.button === 1) gesture.current = { kind: "pan", at };
    else gesture.current = { kind: "press", at, target: targetAt(event), shift: event.shiftKey };
  };

  const begin = (press: Extract<Gesture, { kind: "press" }>): Gesture => {
    const from = toPage(viewport.get(), press.at);
    if (press.target?.startsWith("node:") && !readOnly && !press.shift) {
      if (!session.state.selection.includes(press.target)) session.select([press.target]);
      return { kind: "move", from };
    }
    return press.shift ? { kind: "marquee", from } : { kind: "pan", at: press.at };
  };

  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const at = local(event);
    const current = gesture.current;
    if (!current) { session.hover(targetAt(event)); return; }
    if (touches.current.has(event.pointerId)) touches.current.set(event.pointerId, at);
    const view = viewport.get();
    if (current.kind === "press") {
      if (Math.hypot(at.x - current.at.x, at.y - current.at.y) < THRESHOLD) return;
      gesture.current = begin(current);
      session.hover(null);
    } else if (current.kind === "pan") {
      viewport.set({ ...view, x: view.x + at.x - current.at.x, y: view.y + at.y - current.at.y });
      gesture.current = { kind: "pan", at };
    } else if (current.kind === "pinch") {
      const two = pinch();
      if (!two) return;
      const zoomed = zoomAbout(view, two.span / Math.max(1, current.span), current.middle);
      viewport.set({ ...zoomed, x: zoomed.x + two.middle.x - current.middle.x, y: zoomed.y + two.middle.y - current.middle.y });
      gesture.current = { kind: "pinch", ...two };
    } else {
      const to = toPage(view, at);
      const [dx, dy] = [to.x - current.from.x, to.y - current.from.y];
      if (current.kind === "move") setDrag({ dx, dy });
      else setMarquee({ x: Math.min(to.x, current.from.x), y: Math.min(to.y, current.from.y), width: Math.abs(dx), height: Math.abs(dy) });
    }
  };

  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    touches.current.delete(event.pointerId);
    const current = gesture.current;
    gesture.current = null;
    if (current?.kind === "press" && event.type === "pointerup") select(current.target, current.shift);
    if (current?.kind === "move" && drag && drawing) {
      const nodes = selectedNodes(drawing, session.state.selection);
      session.edit((spec) => nodes.reduce((out, node) => nudge(node, drag.dx, drag.dy)(out), spec));
    }
    if (current?.kind === "marquee" && marquee && drawing) session.select(enclosed(drawing, marquee));
    setDrag(null);
    setMarquee(null);
  };

  const onPointerLeave = (): void => { if (!gesture.current) session.hover(null); };

  return {
    drag,
    marquee,
    targetAt,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onPointerLeave },
  };
}
