/** Runs the last of many calls after a quiet time. */
export interface Later {
  (delay: number): void;
  cancel: () => void;
}

/** `action` runs `delay` ms after the last call. */
export function later(action: () => void): Later {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  };
  return Object.assign(start, { cancel: () => { clearTimeout(timer); } });
}
