/** Opening and folding from the canvas. */
import type { Session } from "../../figure/session";
import { fold } from "../../figure/edits";
import { find, type Target } from "../../figure/targets";

/** Opens a folded group, folds an open one; nothing for a layer. */
export function toggleFold(session: Session, target: Target): void {
  const { drawing } = session.state;
  const found = drawing && find(drawing, target);
  if (found?.kind === "node" && found.node.group !== null && found.node.group_kind !== null)
    session.edit(fold({ id: found.node.group, kind: found.node.group_kind }, false, null));
  else if (found?.kind === "frame")
    session.edit(fold(found.group, true, null));
}
