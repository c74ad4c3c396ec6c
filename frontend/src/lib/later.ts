/** Runs the last of many calls after a quiet time. */
export interface Later {
  (delay: number): void;
  cancel: () => void;
  /** Runs the action at once where it is due later. */
  flush: () => void;
}

/** `action` runs `delay` ms after the last call. */
export function later(action: () => void): Later {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (): void => {
    timer = undefined;
    action();
  };
  const start = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(run, delay);
  };
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const flush = (): void => {
    if (timer === undefined) return;
    cancel();
    action();
  };
  return Object.assign(start, { cancel, flush });
}
