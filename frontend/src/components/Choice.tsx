/** A quiet menu of one choice: the browser's own select, so keys, screen readers and phones know it. */
import { Row } from "./Section";
import classes from "./fields.module.css";

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  disabled?: boolean;
  onChange: (value: T) => void;
}

export function Choice<T extends string>({ label, value, options, disabled, onChange }: Props<T>) {
  return (
    <Row label={label}>
      <select
        className={classes["select"]}
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          const chosen = options.find((each) => each.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((each) => (
          <option key={each.value} value={each.value}>{each.label}</option>
        ))}
      </select>
    </Row>
  );
}
