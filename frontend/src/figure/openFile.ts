/** A file that somebody opens or drops: code to run, a notebook, or a figure downloaded here before. */
import { Problem } from "../api/problem";
import { codeOf } from "../lib/codeFile";
import { text } from "../text";
import type { Session } from "./session";

const FIGURES = /\.(svg|pdf|png|eps)$/i;

/** What the file chooser offers. */
export const OPENABLE = ".py,.ipynb,.svg,.pdf,.png,.eps,text/x-python";

export async function openFile(session: Session, file: File): Promise<void> {
  if (FIGURES.test(file.name)) {
    await session.reopen(file);
    return;
  }
  const code = codeOf(file.name, await file.text());
  if (code === null) session.report(new Problem({ code: "input-error", message: text.code.unreadable }));
  else await session.startNew(code);
}
