/** A row of joined buttons of which one is chosen. */
import { SegmentedControl } from "@mantine/core";
import classes from "./fields.module.css";

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  disabled?: boolean;
  size?: "xs" | "sm";
  onChange: (value: T) => void;
}

export function Segments<T extends string>({ label, value, options, disabled = false, size = "xs", onChange }: Props<T>) {
  return (
    <SegmentedControl
      aria-label={label}
      size={size}
      value={value}
      data={options.map((each) => ({ value: each.value, label: each.label }))}
      disabled={disabled}
      classNames={{ root: classes["segments"] ?? "", indicator: classes["indicator"] ?? "" }}
      onChange={(next) => { onChange(next as T); }}
    />
  );
}
