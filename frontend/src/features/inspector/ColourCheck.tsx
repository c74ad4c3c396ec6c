/** Which looks readers or printers would not tell apart, with the shade that helps; and what the server warns of. */
import type { Drawing, Telling } from "../../api/types";
import { useFigure, useReadOnly, useSession, useSpec } from "../../figure/context";
import { setLook, setPage } from "../../figure/edits";
import { text } from "../../text";
import classes from "./inspector.module.css";

/** More would be a wall; the next shows once one is settled. */
const SHOWN = 2;

export function ColourCheck({ drawing }: { drawing: Drawing }) {
  return (
    <>
      {drawing.warnings.map((warning) => <Unfit key={warning} warning={warning} />)}
      {drawing.telling.slice(0, SHOWN).map((pair) => <Pair key={`${pair.first} ${pair.second}`} pair={pair} drawing={drawing} />)}
    </>
  );
}

/** What the page has no room for; where it is one column of two, the other width has more. */
function Unfit({ warning }: { warning: string }) {
  const session = useSession();
  const readOnly = useReadOnly();
  const page = useSpec()?.page;
  const venue = useFigure((state) => state.meta?.venues.find((each) => each.id === page?.venue));
  const wider = page?.column === "one" && page.width === null && venue?.full != null;
  return (
    <div className={classes["warning"]}>
      {`${warning.charAt(0).toUpperCase()}${warning.slice(1)}.`}
      {wider && !readOnly && (
        <button type="button" onClick={() => { session.edit(setPage({ column: "full" })); }}>{text.unfit.fix}</button>
      )}
    </div>
  );
}

function Pair({ pair, drawing }: { pair: Telling; drawing: Drawing }) {
  const session = useSession();
  const readOnly = useReadOnly();
  const { first, second, under, fix } = pair;
  const entry = fix && drawing.legend.find(({ target, id }) => target === fix.target && id === fix.id);
  const label = [first, second].find((each) => entry?.label.startsWith(each)) ?? entry?.label ?? second;
  return (
    <div className={classes["warning"]}>
      {text.grey.alike(first, second, under)}
      {fix && !readOnly && (
        <button
          type="button"
          onClick={() => { session.edit(setLook({ table: fix.target === "type" ? "types" : "kinds", id: fix.id }, { fill: fix.fill })); }}
        >
          {text.grey.fix(label)}
        </button>
      )}
    </div>
  );
}
