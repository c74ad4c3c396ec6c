/** Groups made by hand. */
import { api } from "../api/client";
import type { DrawnNode, FigureSpec, UserGroup } from "../api/types";
import { text } from "../text";
import { fold, makeGroup } from "./edits";
import type { Session } from "./session";
import { nodeTarget } from "./targets";

/**
 * Groups the glyphs. Where they cannot be one glyph (data would enter or leave at several places),
 * nothing changes, and the obstacle says why and which selection around them would do.
 */
export async function group(session: Session, nodes: readonly DrawnNode[]): Promise<void> {
  const { figure, history } = session.state;
  if (!figure || !history || nodes.length === 0) return;
  const made = groupOf(nodes, history.present);
  try {
    const { allowed, layers, message } = await api.judge(figure.id, made.layers);
    if (!allowed) {
      session.obstruct({ message, around: layers });
      return;
    }
  } catch {
    // Without a server nobody can tell; the drawing will.
  }
  // Whoever groups wants one glyph, however much detail is shown.
  session.editFolds((spec) => fold({ id: made.id, kind: "" }, true, null)(makeGroup(made)(spec)));
}

/** Selects the glyphs that hold any of the layers. */
export function selectLayers(session: Session, layers: readonly string[]): void {
  const wanted = new Set(layers);
  const nodes = session.state.drawing?.nodes ?? [];
  session.select(nodes.filter((node) => node.layers.some((layer) => wanted.has(layer))).map((node) => nodeTarget(node.id)));
}

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
