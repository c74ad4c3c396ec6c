/** What can be selected: the names that the drawing's own items carry ("node:ID", "frame:ID" …). */
import type { Drawing, DrawnGroup, DrawnNode, LegendEntry } from "../api/types";

export type Target = string;

export const nodeTarget = (id: string): Target => `node:${id}`;
export const frameTarget = (id: string): Target => `frame:${id}`;
export const legendTarget = (key: string): Target => `legend:${key}`;

/** A glyph's name without the number of blocks in a row, which the page writes itself. */
export function nameOf(node: DrawnNode): string {
  const times = ` ×${node.repeat}`;
  return node.title.endsWith(times) ? node.title.slice(0, -times.length) : node.title;
}

/** A target found in a drawing; null in place of what the drawing no longer has. */
export type Found =
  | { kind: "node"; node: DrawnNode }
  | { kind: "frame"; group: DrawnGroup }
  | { kind: "legend"; entry: LegendEntry }
  | { kind: "link"; source: string; target: string };

function after(target: Target, prefix: string): string | null {
  return target.startsWith(prefix) ? target.slice(prefix.length) : null;
}

export function find(drawing: Drawing, target: Target): Found | null {
  const node = after(target, "node:");
  if (node !== null) {
    const found = drawing.nodes.find((each) => each.id === node);
    return found ? { kind: "node", node: found } : null;
  }
  const frame = after(target, "frame:");
  if (frame !== null) {
    const group = drawing.groups.find((each) => each.id === frame);
    return group ? { kind: "frame", group } : null;
  }
  const key = after(target, "legend:");
  if (key !== null) {
    const entry = drawing.legend.find((each) => each.key === key);
    return entry ? { kind: "legend", entry } : null;
  }
  const link = after(target, "link:");
  if (link !== null) {
    const found = drawing.links.find((each) => `${each.source}>${each.target}` === link);
    return found ? { kind: "link", ...found } : null;
  }
  return null;
}

/** The nodes among the targets, in the drawing's order. */
export function selectedNodes(drawing: Drawing, targets: readonly Target[]): DrawnNode[] {
  const chosen = new Set(targets);
  return drawing.nodes.filter((node) => chosen.has(nodeTarget(node.id)));
}

/** Keeps the targets that a new drawing still has; layers swallowed by a fold select their group. */
export function surviving(before: Drawing | null, now: Drawing, targets: readonly Target[]): Target[] {
  const kept = targets.flatMap((target) => {
    if (find(now, target)) return [target];
    const old = before && find(before, target);
    if (!old || old.kind === "link" || old.kind === "legend") return [];
    if (old.kind === "frame") {
      const folded = now.nodes.find((node) => node.group === old.group.id);
      return folded ? [nodeTarget(folded.id)] : [];
    }
    if (old.node.group !== null && now.groups.some((group) => group.id === old.node.group && !group.folded))
      return [frameTarget(old.node.group)];
    const first = old.node.layers[0];
    const holder = now.nodes.find((node) => first !== undefined && node.layers.includes(first));
    return holder ? [nodeTarget(holder.id)] : [];
  });
  return [...new Set(kept)];
}
