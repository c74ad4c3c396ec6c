/** Tabs that arrow keys walk, as screen readers expect them. The panel carries the id NAME-VALUE-panel. */
import { useRef, type KeyboardEvent } from "react";
import classes from "./tabs.module.css";

interface Props<T extends string> {
  name: string;
  label: string;
  tabs: readonly { value: T; label: string }[];
  value: T;
  onChange: (value: T) => void;
}

export function TabList<T extends string>({ name, label, tabs, value, onChange }: Props<T>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex((each) => each.value === value);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.value);
    list.current?.querySelector<HTMLElement>(`#${name}-${next.value}`)?.focus();
  };
  return (
    <div ref={list} className={classes["tabs"]} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`${name}-${tab.value}`}
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => { onChange(tab.value); }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
