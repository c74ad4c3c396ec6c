/** A colour from the palette, a colour used lately, or any other. */
import { Button, ColorPicker, Popover, TextInput } from "@mantine/core";
import { useState } from "react";
import { parseColour, formatColour } from "../lib/colour";
import { text } from "../text";
import classes from "./fields.module.css";

interface Props {
  value: string;
  swatches: readonly string[];
  disabled?: boolean;
  /** Called for every step of a drag. */
  onChange: (colour: string) => void;
  /** Takes an own colour away; absent when there is none. */
  onReset?: (() => void) | undefined;
}

interface EyeDropper {
  open: () => Promise<{ sRGBHex: string }>;
}

const SHOWN = 5;

const dropper = (): EyeDropper | null => {
  const found = (window as unknown as { EyeDropper?: new () => EyeDropper }).EyeDropper;
  return found ? new found() : null;
};

export function ColourField({ value, swatches, disabled, onChange, onReset }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const first = [...new Set(swatches)].slice(0, SHOWN);
  const shown = value === "" || first.includes(value) ? first : [...first.slice(0, SHOWN - 1), value];
  const take = (raw: string): void => {
    const rgb = parseColour(raw);
    if (rgb) onChange(formatColour(rgb));
  };
  return (
    <div className={classes["swatches"]} role="group" aria-label={text.inspector.colour}>
      {shown.map((colour) => (
        <button
          key={colour}
          type="button"
          className={classes["swatch"]}
          style={{ background: colour }}
          aria-label={colour}
          aria-pressed={colour === value}
          disabled={disabled}
          onClick={() => { onChange(colour); }}
        />
      ))}
      <Popover position="bottom-end" withArrow shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={`${classes["swatch"] ?? ""} ${classes["other"] ?? ""}`}
            aria-label={text.inspector.otherColour}
            aria-pressed={!shown.includes(value)}
            disabled={disabled}
          />
        </Popover.Target>
        <Popover.Dropdown>
          <div className={classes["picker"]}>
            <ColorPicker value={value} format="hex" onChange={take} saturationLabel={text.inspector.colour} hueLabel={text.inspector.colour} />
            <TextInput
              size="xs"
              aria-label={text.inspector.otherColour}
              value={typed ?? value}
              onChange={(event) => { setTyped(event.currentTarget.value); take(event.currentTarget.value); }}
              onBlur={() => { setTyped(null); }}
            />
            {dropper() && (
              <Button variant="default" size="xs" onClick={() => { void dropper()?.open().then((found) => { take(found.sRGBHex); }, () => undefined); }}>
                {text.inspector.pick}
              </Button>
            )}
            {onReset && <Button variant="default" size="xs" onClick={onReset}>{text.inspector.resetColour}</Button>}
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
