/** Naming what is chosen. */
import { setLabels, setLook, type Place } from "./edits";
import type { Session } from "./session";

/**
 * Gives a name, or takes it away when empty. A layer's own name would stay unseen while names are
 * off, so they go on; the level of detail shown now stays.
 */
export function rename(session: Session, place: Place, label: string, key: string | null = null): void {
  const named = setLook(place, { label: label === "" ? null : label });
  const unseen = place.table === "layers" && label !== "" && session.state.history?.present.labels.names === "off";
  if (unseen) session.editFolds((spec) => setLabels({ names: "below" })(named(spec)), key);
  else session.edit(named, key);
}
