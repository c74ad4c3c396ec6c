/** Groups made by hand. */
import type { DrawnNode, FigureSpec, UserGroup } from "../api/types";
import { text } from "../text";

/** A new group of the glyphs' layers, with an id and a name that the document does not have yet. */
export function groupOf(nodes: readonly DrawnNode[], spec: FigureSpec): UserGroup {
  const taken = new Set(spec.grouping.made.map((group) => group.id));
  let number = spec.grouping.made.length + 1;
  while (taken.has(`made-${number}`)) number += 1;
  return {
    id: `made-${number}`,
    label: `${text.inspector.groupName} ${number}`,
    layers: nodes.flatMap((node) => node.layers),
  };
}
