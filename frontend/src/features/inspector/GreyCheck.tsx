/** Says which types a grey print would not tell apart, and offers the palette that does. */
import type { Drawing, FigureSpec } from "../../api/types";
import { useFigure, useReadOnly, useSession } from "../../figure/context";
import { setField } from "../../figure/edits";
import { alikeInGrey } from "../../figure/greyPrint";
import { text } from "../../text";
import classes from "./inspector.module.css";

export function GreyCheck({ drawing, spec }: { drawing: Drawing; spec: FigureSpec }) {
  const session = useSession();
  const readOnly = useReadOnly();
  const palettes = useFigure((state) => state.meta?.palettes) ?? [];
  const safe = palettes.find((each) => each.id === "mono") ?? palettes.find((each) => each.id === "grey");
  const pair = spec.palette === safe?.id ? null : alikeInGrey(drawing.legend, spec.types);
  if (!pair && drawing.warnings.length === 0) return null;
  return (
    <>
      {drawing.warnings.map((warning) => <p key={warning} className={classes["warning"]}>{warning}</p>)}
      {pair && (
        <div className={classes["warning"]}>
          {text.grey.alike(pair[0].label, pair[1].label)}
          {safe && !readOnly && (
            <button type="button" onClick={() => { session.edit(setField({ palette: safe.id })); }}>{text.grey.use(safe.label)}</button>
          )}
        </div>
      )}
    </>
  );
}
