/** What went wrong, in which line, and what to do; the figure on screen stays. */
import { Button } from "@mantine/core";
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
  if (!shown) return null;
  return (
    <div className={classes["problem"]} role="alert">
      <p>
        {shown.line !== null && <b>{text.problems.line(shown.line)}: </b>}
        {shown.message}
      </p>
      {shown.hint !== "" && <p className={classes["hint"]}>{shown.hint}</p>}
      {problem && (
        <div className={classes["actions"]}>
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
