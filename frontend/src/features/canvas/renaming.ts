/** What a double click on a label renames. */
import type { Drawing } from "../../api/types";
import { ownPlace, type Place } from "../../figure/edits";
import { find, nameOf, type Target } from "../../figure/targets";

export interface Rename {
  target: Target;
  place: Place;
  name: string;
  /** Where the label is on screen, CSS pixels of the window. */
  at: { left: number; top: number; width: number };
}

/** A double click renames a layer anywhere and a legend entry; a group only on its label, if it shows one. */
export function renamed(drawing: Drawing, target: Target, event: MouseEvent): Rename | null {
  const found = find(drawing, target);
  const under = document
    .elementsFromPoint(event.clientX, event.clientY)
    .find((each) => each.localName === "text" && each.closest("[data-source]")?.getAttribute("data-source") === target);
  const box = under?.getBoundingClientRect();
  const at = box
    ? { left: box.left, top: box.top, width: box.width }
    : { left: event.clientX - 60, top: event.clientY - 12, width: 120 };
  if (found?.kind === "legend") {
    const table = found.entry.target === "type" ? "types" : "kinds";
    return { target, place: { table, id: found.entry.id }, name: found.entry.label, at };
  }
  if (found?.kind !== "node") return null;
  const label = under?.textContent === nameOf(found.node);
  if (found.node.kind === "group" && !label) return null;
  return { target, place: ownPlace(found.node), name: nameOf(found.node), at };
}
