/** Shows colours and labels in the drawing before the server has answered. */
import type { Drawing, FigureSpec, Look } from "../api/types";
import { formatColour, parseColour, reshade } from "../lib/colour";
import type { Target } from "./targets";
import { lookAt, ownPlace, sharedPlace, type Place } from "./edits";
import { legendTarget, nameOf, nodeTarget } from "./targets";

/** A change that can be shown at once: on this target, from one colour or text to another. */
export interface Preview {
  kind: "colour" | "label";
  target: Target;
  from: string;
  to: string;
}

const changed = (before: Look | undefined, now: Look | undefined, field: "fill" | "label"): string | null => {
  const next = now?.[field] ?? null;
  return next !== null && next !== (before?.[field] ?? null) ? next : null;
};

/** What differs between the document that was drawn and the one now, as far as it can be previewed. */
export function previewsBetween(drawing: Drawing, drawn: FigureSpec, now: FigureSpec): Preview[] {
  if (drawn === now) return [];
  const out: Preview[] = [];
  const add = (target: Target, was: { fill: string; label: string }, fill: string | null, label: string | null): void => {
    if (fill !== null) out.push({ kind: "colour", target, from: was.fill, to: fill });
    if (label !== null) out.push({ kind: "label", target, from: was.label, to: label });
  };
  for (const node of drawing.nodes) {
    const [own, shared] = [ownPlace(node), sharedPlace(node)];
    const change = (place: Place, field: "fill" | "label"): string | null =>
      changed(lookAt(drawn, place), lookAt(now, place), field);
    const pick = (field: "fill" | "label"): string | null =>
      change(own, field) ?? (lookAt(now, own)[field] ? null : change(shared, field));
    add(nodeTarget(node.id), { fill: node.fill, label: nameOf(node) }, pick("fill"), pick("label"));
  }
  for (const entry of drawing.legend) {
    const table = entry.target === "type" ? "types" : "kinds";
    const pick = (field: "fill" | "label"): string | null =>
      changed(drawn[table][entry.id], now[table][entry.id], field);
    add(legendTarget(entry.key), entry, pick("fill"), pick("label"));
  }
  return out;
}

/** Paints previews into one drawing and takes them back, touching only the items concerned. */
export class Previewer {
  private readonly items = new Map<Target, Element[]>();
  private restore: (() => void)[] = [];

  constructor(root: Element) {
    for (const item of root.querySelectorAll("*")) {
      const target = item.closest("[data-source]")?.getAttribute("data-source") ?? "";
      if (target !== "") this.items.set(target, [...(this.items.get(target) ?? []), item]);
    }
  }

  /** Shows exactly these previews, whatever was shown before. */
  show(previews: readonly Preview[]): void {
    for (const back of this.restore.reverse()) back();
    this.restore = [];
    for (const preview of previews)
      for (const item of this.items.get(preview.target) ?? []) {
        if (preview.kind === "colour") {
          this.recolour(item, "fill", preview);
          this.recolour(item, "stroke", preview);
        } else this.relabel(item, preview);
      }
  }

  private recolour(item: Element, attribute: string, preview: Preview): void {
    const before = item.getAttribute(attribute) ?? "";
    const [shade, from, to] = [before, preview.from, preview.to].map(parseColour);
    const mixed = shade && from && to ? reshade(shade, from, to) : null;
    if (!mixed) return;
    item.setAttribute(attribute, formatColour(mixed));
    this.restore.push(() => { item.setAttribute(attribute, before); });
  }

  private relabel(item: Element, preview: Preview): void {
    if (item.localName !== "text" || item.textContent !== preview.from) return;
    const before = item.textContent;
    item.textContent = preview.to;
    this.restore.push(() => { item.textContent = before; });
  }
}
