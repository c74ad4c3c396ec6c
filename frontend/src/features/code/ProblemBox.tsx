/** What went wrong, in which line, and what to do; the figure on screen stays. */
import { Button } from "@mantine/core";
import type { Problem } from "../../api/problem";
import type { Notice } from "../../api/types";
import { useFigure, useSession } from "../../figure/context";
import { text } from "../../text";
import classes from "./code.module.css";

export function ProblemBox() {
  const session = useSession();
  const problem = useFigure((state) => state.problem);
  const figure = useFigure((state) => state.figure);
  const code = useFigure((state) => state.code);
  const stopped = figure?.source.code === code ? figure.error : null;
  const shown = problem ?? stopped;
  const fix = useFix(problem);
  if (!shown) return figure?.source.code === code ? <Warnings warnings={figure.warnings} /> : null;
  return (
    <div className={classes["problem"]} role="alert">
      <p>
        {shown.line !== null && <b>{text.problems.line(shown.line)}: </b>}
        {shown.message}
      </p>
      {shown.hint !== "" && <p className={classes["hint"]}>{shown.hint}</p>}
      {problem && (
        <div className={classes["actions"]}>
          {fix && <Button size="compact-sm" onClick={fix.act}>{fix.label}</Button>}
          <Button variant="default" size="compact-sm" onClick={() => { session.dismiss(); }}>{text.problems.dismiss}</Button>
        </div>
      )}
      {!problem && figure && figure.output !== "" && (
        <details>
          <summary>{text.problems.output}</summary>
          <pre className={classes["output"]}>{figure.output}</pre>
        </details>
      )}
    </div>
  );
}

/** Troubles of the moment, which the same code need not meet again. */
const PASSING = new Set(["unavailable", "crashed", "cancelled", "offline", "page"]);

/** What would mend it: undoing an edit that cannot be drawn, or running once more. */
function useFix(problem: Problem | null): { label: string; act: () => void } | null {
  const session = useSession();
  const saving = useFigure((state) => state.saving);
  if (problem?.status === 422 && saving === "unsaved") return { label: text.problems.undo, act: () => { session.undo(); } };
  if (problem && PASSING.has(problem.code) && session.state.code.trim() !== "") return { label: text.problems.again, act: () => { void session.runCode(); } };
  return null;
}

/** The rest stands beside its line in the editor. */
const SHOWN = 3;

/** What was left out or guessed so that there is a figure at all, failed lines first. */
function Warnings({ warnings }: { warnings: readonly Notice[] }) {
  if (warnings.length === 0) return null;
  const failed = warnings.filter((each) => each.code === "error");
  const told = [...failed, ...warnings.filter((each) => each.code !== "error")].slice(0, SHOWN);
  return (
    <div className={classes["problem"]} data-mild={failed.length === 0 || undefined} role="alert">
      {told.map(({ code, line, message }) => (
        <p key={`${code} ${line} ${message}`}>
          {line !== null && !message.startsWith(text.problems.line(line)) && <b>{text.problems.line(line)}: </b>}
          {message}
        </p>
      ))}
      {warnings.length > SHOWN && <p className={classes["hint"]}>{text.problems.more(warnings.length - SHOWN)}</p>}
    </div>
  );
}
