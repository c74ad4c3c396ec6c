/** When two blocks count as one kind. */
import type { FigureSpec, Match } from "../../api/types";
import { Choice } from "../../components/Choice";
import { useReadOnly, useSession } from "../../figure/context";
import { setMatch } from "../../figure/edits";
import { text } from "../../text";

const LEVELS: readonly Match[] = ["scale", "shapes", "settings", "type"];

export function MatchChoice({ spec }: { spec: FigureSpec }) {
  const session = useSession();
  const disabled = useReadOnly();
  return (
    <Choice
      label={text.inspector.sameKind}
      value={spec.grouping.match}
      disabled={disabled}
      options={LEVELS.map((value) => ({ value, label: text.match[value] }))}
      onChange={(value) => { session.edit(setMatch(value)); }}
    />
  );
}
