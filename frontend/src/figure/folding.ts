/** Opening and folding what is selected. */
import type { Session } from "./session";
import { fold } from "./edits";
import { find, type Target } from "./targets";

/** Opens a folded group, folds an open one; nothing for a layer. */
export function toggleFold(session: Session, target: Target): void {
  const { drawing } = session.state;
  const found = drawing && find(drawing, target);
  if (found?.kind === "node" && found.node.group !== null && found.node.group_kind !== null)
    session.editFolds(fold({ id: found.node.group, kind: found.node.group_kind }, false, null));
  else if (found?.kind === "frame") session.editFolds(fold(found.group, true, null));
}
