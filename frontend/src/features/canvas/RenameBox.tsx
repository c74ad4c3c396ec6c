/** A field over the label that was double-clicked. Enter takes the name, Escape leaves it, empty resets it. */
import { useEffect, useRef, type RefObject } from "react";
import { useSession } from "../../figure/context";
import { rename } from "../../figure/rename";
import { text } from "../../text";
import type { Rename } from "./renaming";
import classes from "./canvas.module.css";

interface Props {
  rename: Rename;
  area: RefObject<HTMLElement | null>;
  onDone: () => void;
}

export function RenameBox({ rename: target, area, onDone }: Props) {
  const session = useSession();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);

  useEffect(() => {
    const element = field.current;
    const around = area.current?.getBoundingClientRect();
    if (!element || !around) return;
    element.style.left = `${Math.max(4, target.at.left - around.left - 5)}px`;
    element.style.top = `${Math.max(4, target.at.top - around.top - 5)}px`;
    element.style.width = `${Math.max(120, target.at.width + 30)}px`;
    element.select();
  }, [target, area]);

  const finish = (take: boolean): void => {
    if (done.current) return;
    done.current = true;
    const name = field.current?.value.trim() ?? "";
    if (take && name !== target.name) rename(session, target.place, name);
    onDone();
  };

  return (
    <input
      ref={field}
      className={classes["rename"]}
      aria-label={text.inspector.name}
      defaultValue={target.name}
      maxLength={300}
      autoFocus
      onBlur={() => { finish(true); }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(true);
        if (event.key === "Escape") finish(false);
      }}
    />
  );
}
