/** A name that shows in the figure while it is typed; emptied, it goes back to what the code says. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./fields.module.css";

interface Props {
  label: string;
  value: string;
  placeholder?: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}

const LONGEST = 300;

export function NameField({ label, value, placeholder = "", disabled = false, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      size="sm"
      w={172}
      classNames={{ input: classes["name"] ?? "" }}
      aria-label={label}
      maxLength={LONGEST}
      value={typed ?? value}
      placeholder={placeholder}
      disabled={disabled}
      onChange={(event) => { setTyped(event.currentTarget.value); onChange(event.currentTarget.value); }}
      onBlur={() => { setTyped(null); }}
      onKeyDown={(event) => { if (event.key === "Enter") event.currentTarget.blur(); }}
    />
  );
}
