/** Which rows of a long list are in sight, so that the page holds only those. */
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

/** Rows kept beyond either edge. */
const MORE = 12;

interface Shown {
  scroller: RefObject<HTMLDivElement | null>;
  from: number;
  to: number;
  reveal: (index: number) => void;
}

/** `height`: of a row, `head`: of what sticks above the rows, in px. */
export function useWindow(count: number, height: number, head: number): Shown {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ top: 0, room: 800 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = (): void => { setAt({ top: element.scrollTop, room: element.clientHeight }); };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  const reveal = useCallback((index: number) => {
    const element = scroller.current;
    if (!element || index < 0) return;
    const top = index * height;
    const seen = top >= element.scrollTop && top + height <= element.scrollTop + element.clientHeight - head;
    if (!seen) element.scrollTop = Math.max(0, top - (element.clientHeight - head) / 2);
  }, [height, head]);
  const from = Math.min(Math.max(0, Math.floor(at.top / height) - MORE), Math.max(0, count - 1));
  return { scroller, from, to: Math.min(count, Math.ceil((at.top + at.room) / height) + MORE), reveal };
}
