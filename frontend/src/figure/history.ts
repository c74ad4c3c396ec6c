/** Undo and redo over any document: every state is kept, a burst of one kind of edit is one step. */

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last step was, and when (ms): a further edit with the same key soon after joins it. */
  last: { key: string; at: number } | null;
}

const BURST = 900;

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], last: null });

/** Adds a step. With a key, steps of the same key less than 0.9 s apart become one. */
export function record<T>(history: History<T>, next: T, key: string | null, now: number): History<T> {
  if (next === history.present) return history;
  const last = key === null ? null : { key, at: now };
  const joins =
    key !== null && history.last?.key === key && now - history.last.at < BURST && history.past.length > 0;
  if (joins) return { past: history.past, present: next, future: [], last };
  return { past: [...history.past, history.present], present: next, future: [], last };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    last: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: rest, last: null };
}
