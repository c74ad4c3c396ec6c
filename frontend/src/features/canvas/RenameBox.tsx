/** A field over the label that was double-clicked. Enter takes the name, Escape leaves it, empty resets it. */
import { useEffect, useRef, type RefObject } from "react";
import { useSession } from "../../figure/context";
import { setLabels, setLook } from "../../figure/edits";
import { text } from "../../text";
import type { Rename } from "./renaming";
import classes from "./canvas.module.css";

interface Props {
  rename: Rename;
  area: RefObject<HTMLElement | null>;
  onDone: () => void;
}

export function RenameBox({ rename, area, onDone }: Props) {
  const session = useSession();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);

  useEffect(() => {
    const element = field.current;
    const around = area.current?.getBoundingClientRect();
    if (!element || !around) return;
    element.style.left = `${Math.max(4, rename.at.left - around.left - 5)}px`;
    element.style.top = `${Math.max(4, rename.at.top - around.top - 5)}px`;
    element.style.width = `${Math.max(120, rename.at.width + 30)}px`;
    element.select();
  }, [rename, area]);

  const finish = (take: boolean): void => {
    if (done.current) return;
    done.current = true;
    const name = field.current?.value.trim() ?? "";
    if (take && name !== rename.name)
      session.edit((spec) => {
        const named = setLook(rename.place, { label: name === "" ? null : name })(spec);
        // A layer's name would stay unseen while names are off.
        return rename.place.table === "layers" && spec.labels.names === "off" && name !== ""
          ? setLabels({ names: "below" })(named)
          : named;
      });
    onDone();
  };

  return (
    <input
      ref={field}
      className={classes["rename"]}
      aria-label={text.inspector.name}
      defaultValue={rename.name}
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
