/** A titled part of the inspector, and a labelled row in it. */
import { useId, type ReactNode } from "react";
import classes from "./fields.module.css";

export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes["section"]} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** `children` is the control; it names itself by aria-label. */
export function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes["row"]}>
      <span>{label}</span>
      <div className={classes["value"]}>{children}</div>
    </div>
  );
}
