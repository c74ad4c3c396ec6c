/** What earlier edits hid, moved or took apart, each with its way back. */
import { Button } from "@mantine/core";
import type { FigureSpec } from "../../api/types";
import { useReadOnly, useSession } from "../../figure/context";
import { hiddenCount, regroup, resetNudges, showAll, type Edit } from "../../figure/edits";
import { text } from "../../text";
import classes from "./inspector.module.css";

export function Leftovers({ spec }: { spec: FigureSpec }) {
  const session = useSession();
  const readOnly = useReadOnly();
  const moved = [...Object.values(spec.layers), ...Object.values(spec.groups)].filter((look) => look.nudge).length;
  const notes: [count: number, says: (count: number) => string, button: string, edit: Edit][] = [
    [hiddenCount(spec), text.grouping.hidden, text.grouping.showAll, showAll],
    [moved, text.grouping.moved, text.grouping.reset, resetNudges],
    [spec.grouping.removed.length, text.grouping.apartCount, text.grouping.regroup, regroup],
  ];
  return (
    <>
      {notes.map(([count, says, button, edit]) =>
        count > 0 ? (
          <div className={classes["note"]} key={button}>
            <span>{says(count)}</span>
            <Button variant="default" size="compact-sm" disabled={readOnly} onClick={() => { session.edit(edit); }}>{button}</Button>
          </div>
        ) : null,
      )}
    </>
  );
}
