/** What stands above the page until it is settled: the local runner, a conflict, a shared figure. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useFigure, useSession, useSpec } from "../../figure/context";
import { text } from "../../text";
import classes from "./notices.module.css";

/** Said once a visit is enough. */
const SEEN = "netfig.notice-seen";

export function Notices() {
  const session = useSession();
  const spec = useSpec();
  const warning = useFigure((state) => state.meta?.runner.warning ?? "");
  const saving = useFigure((state) => state.saving);
  const code = useFigure((state) => state.code);
  const [seen, setSeen] = useState(() => sessionStorage.getItem(SEEN) !== null);
  return (
    <>
      {warning !== "" && !seen && (
        <div className={classes["notice"]} role="note">
          <span>{warning}</span>
          <Button variant="default" size="compact-xs" onClick={() => { sessionStorage.setItem(SEEN, ""); setSeen(true); }}>{text.problems.dismiss}</Button>
        </div>
      )}
      {saving === "conflict" && (
        <div className={classes["notice"]} role="alert">
          <span>{text.conflict.title}</span>
          <Button size="compact-xs" onClick={() => { void session.settle("mine"); }}>{text.conflict.mine}</Button>
          <Button variant="default" size="compact-xs" onClick={() => { void session.settle("theirs"); }}>{text.conflict.theirs}</Button>
        </div>
      )}
      {saving === "readonly" && (
        <div className={classes["notice"]} role="note">
          <span>{text.readonly.title}</span>
          <Button size="compact-xs" disabled={!spec} onClick={() => { void session.startNew(code, spec); }}>{text.readonly.copy}</Button>
        </div>
      )}
    </>
  );
}
