/** The code, what became of it, and the button that runs it. It also runs by itself after a pause. */
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState, type DragEvent } from "react";
import { useFigure, useSession } from "../../figure/context";
import { OPENABLE, openFile } from "../../figure/openFile";
import { find } from "../../figure/targets";
import { later } from "../../lib/later";
import { text } from "../../text";
import type { Flaw } from "./Editor";
import { ProblemBox } from "./ProblemBox";
import classes from "./code.module.css";

const Editor = lazy(() => import("./Editor"));
const PAUSE = 1100;
const APPLE = /Mac|iP(hone|ad)/.test(navigator.userAgent);

export function CodePanel() {
  const session = useSession();
  const readOnly = useFigure((state) => state.saving === "readonly");
  const code = useFigure((state) => state.code);
  const figure = useFigure((state) => state.figure);
  const problem = useFigure((state) => state.problem);
  const run = useFigure((state) => state.run);
  const drawing = useFigure((state) => state.drawing);
  const selection = useFigure((state) => state.selection);
  const hover = useFigure((state) => state.hover);
  const [dropping, setDropping] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const [runSoon] = useState(() =>
    later(() => {
      const { code: now, figure: shown } = session.state;
      // Back at what is drawn: an error of the code in between is over.
      if (now === shown?.source.code) session.dismiss();
      else if (now.trim() !== "") void session.runCode();
    }),
  );
  useEffect(() => runSoon.cancel, [runSoon]);

  const onRun = useCallback(() => { runSoon.cancel(); void session.runCode(); }, [session, runSoon]);
  const onChange = useCallback(
    (next: string) => {
      if (next === session.state.code) return;
      session.setCode(next);
      runSoon(PAUSE);
    },
    [session, runSoon],
  );
  const onCursor = useCallback((line: number | null) => { session.setCursorLine(line); }, [session]);

  const ranThis = figure?.source.code === code;
  const flaws = useMemo((): Flaw[] => {
    const out: Flaw[] = [];
    if (problem?.line != null) out.push({ line: problem.line, message: joined(problem.message, problem.hint), severity: "error" });
    if (!figure || !ranThis || problem) return out;
    if (figure.error?.line != null) out.push({ line: figure.error.line, message: joined(figure.error.message, figure.error.hint), severity: "error" });
    for (const { code: name, line, message } of figure.warnings)
      if (line !== null) out.push({ line, message, severity: name === "error" ? "error" : "warning" });
    return out;
  }, [problem, figure, ranThis]);

  const lit = useMemo((): number[] => {
    if (!drawing || !ranThis) return [];
    return [...selection, ...(hover === null ? [] : [hover])].flatMap((target) => {
      const found = find(drawing, target);
      return found?.kind === "node" ? found.node.lines : [];
    });
  }, [drawing, ranThis, selection, hover]);

  const open = async (chosen: File | undefined): Promise<void> => {
    if (chosen) await openFile(session, chosen);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setDropping(false);
    void open(event.dataTransfer.files[0]);
  };

  const busy = run.stage !== "idle";
  return (
    <div className={classes["panel"]}>
      <div
        className={classes["editor"]}
        data-dropping={dropping || undefined}
        onDragOver={(event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); setDropping(true); } }}
        onDragLeave={() => { setDropping(false); }}
        onDropCapture={(event) => { if (event.dataTransfer.files.length > 0) onDrop(event); }}
      >
        <Suspense fallback={<pre className={classes["loading"]}>{code}</pre>}>
          <Editor code={code} readOnly={readOnly} flaws={flaws} lit={lit} onChange={onChange} onCursor={onCursor} onRun={onRun} />
        </Suspense>
      </div>
      <ProblemBox />
      <div className={classes["bar"]}>
        {busy ? (
          <Button variant="default" onClick={() => { session.cancel(); }}>{text.run.cancel}</Button>
        ) : (
          <Button onClick={onRun} disabled={readOnly || code.trim() === ""}>{`${text.run.run} ${APPLE ? "⌘⏎" : "Ctrl ⏎"}`}</Button>
        )}
        <p className={busy ? classes["stage"] : undefined} role="status">
          {run.stage === "waiting" ? text.run.waiting(run.position) : readOnly && !busy ? "" : text.run[run.stage]}
        </p>
        {!busy && !readOnly && (
          <Tooltip label={text.code.open}>
            <ActionIcon variant="default" size={32} aria-label={text.code.open} onClick={() => file.current?.click()}><IconFolderOpen size={17} /></ActionIcon>
          </Tooltip>
        )}
        <input
          ref={file}
          type="file"
          hidden
          accept={OPENABLE}
          aria-label={text.code.open}
          onChange={(event) => { void open(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }}
        />
      </div>
    </div>
  );
}

const joined = (message: string, hint: string): string => (hint === "" ? message : `${message}\n${hint}`);
