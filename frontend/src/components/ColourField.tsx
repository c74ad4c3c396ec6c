/** A colour from the palette, a colour used lately, or any other. */
import { Button, ColorPicker, Popover, TextInput } from "@mantine/core";
import { useState } from "react";
import { parseColour, formatColour } from "../lib/colour";
import { text } from "../text";
import classes from "./fields.module.css";

interface Props {
  value: string;
  swatches: readonly string[];
  /** Colours chosen lately in this figure, the newest first. */
  recent: readonly string[];
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

export function ColourField({ value, swatches, recent, disabled, onChange, onReset }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const first = [...new Set(swatches)].slice(0, SHOWN);
  const shown = value === "" || first.includes(value) ? first : [...first.slice(0, SHOWN - 1), value];
  const take = (raw: string): void => {
    const rgb = parseColour(raw);
    if (rgb) onChange(formatColour(rgb));
  };
  return (
    <div className={classes["swatches"]} role="group" aria-label={text.inspector.colour}>
      {shown.map((colour) => <Swatch key={colour} colour={colour} value={value} disabled={disabled} onChange={onChange} />)}
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
            <Shelf title={text.inspector.palette} colours={swatches} value={value} onChange={onChange} />
            <Shelf title={text.inspector.recent} colours={recent} value={value} onChange={onChange} />
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

interface SwatchProps {
  colour: string;
  value: string;
  disabled?: boolean | undefined;
  onChange: (colour: string) => void;
}

function Swatch({ colour, value, disabled, onChange }: SwatchProps) {
  return (
    <button
      type="button"
      className={classes["swatch"]}
      style={{ background: colour }}
      aria-label={colour}
      aria-pressed={colour === value}
      disabled={disabled}
      onClick={() => { onChange(colour); }}
    />
  );
}

function Shelf({ title, colours, value, onChange }: Omit<SwatchProps, "colour" | "disabled"> & { title: string; colours: readonly string[] }) {
  if (colours.length === 0) return null;
  return (
    <div className={classes["shelf"]} role="group" aria-label={title}>
      <span>{title}</span>
      <div>{colours.map((colour) => <Swatch key={colour} colour={colour} value={value} onChange={onChange} />)}</div>
    </div>
  );
}
