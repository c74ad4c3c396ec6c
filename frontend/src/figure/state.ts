/** Everything the page knows about the figure on it, in one place. */
import type { Problem } from "../api/problem";
import type { Drawing, Example, Figure, FigureSpec, Meta, Stage } from "../api/types";
import type { History } from "./history";
import type { Target } from "./targets";

export type Run =
  | { stage: "idle" }
  | { stage: "sending" }
  | { stage: Stage; run: string; position: number | null };

/** "new" until a figure exists; "readonly" for a view-only link. */
export type Saving = "new" | "saved" | "unsaved" | "saving" | "offline" | "conflict" | "readonly";

/** Measured durations in seconds; null until known. */
export interface Timings {
  ran: number | null;
  drawn: number | null;
}

/** From when the stages of a run began and its answer came, in milliseconds. */
export function timingsOf(marks: Partial<Record<Stage, number>>, end: number): Timings {
  const { running, drawing } = marks;
  return {
    ran: running && drawing ? (drawing - running) / 1000 : null,
    drawn: drawing ? (end - drawing) / 1000 : null,
  };
}

export interface Obstacle {
  message: string;
  around: readonly string[];
}

export interface SessionState {
  figure: Figure | null;
  drawing: Drawing | null;
  /** The document that `drawing` shows; it differs from `history.present` until the server has answered. */
  drawn: FigureSpec | null;
  history: History<FigureSpec> | null;
  /** The code in the editor; `figure.source.code` is what was run. */
  code: string;
  run: Run;
  problem: Problem | null;
  saving: Saving;
  timings: Timings;
  selection: readonly Target[];
  hover: Target | null;
  /** Why the selection cannot be a group, and the layers of the smallest selection around it that can. */
  obstacle: Obstacle | null;
  /** Lines of the code (1-based) that the cursor is in. */
  cursorLine: number | null;
  meta: Meta | null;
  examples: readonly Example[];
}

export const initial: SessionState = {
  figure: null,
  drawing: null,
  drawn: null,
  history: null,
  code: "",
  run: { stage: "idle" },
  problem: null,
  saving: "new",
  timings: { ran: null, drawn: null },
  selection: [],
  hover: null,
  obstacle: null,
  cursorLine: null,
  meta: null,
  examples: [],
};
