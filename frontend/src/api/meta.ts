/** The menus the server offers. */

export interface Choice {
  id: string;
  label: string;
}

/** Widths in points, null where the venue has no such column; `text` is its smallest size of text. */
export interface Venue extends Choice {
  one: number | null;
  full: number | null;
  height: number | null;
  text: number;
}

export interface Palette extends Choice {
  colours: string[];
}

export interface Meta {
  version: string;
  styles: Choice[];
  palettes: Palette[];
  venues: Venue[];
  fonts: Choice[];
  formats: Choice[];
  limits: { code_bytes: number; body_bytes: number; layers: number };
  runner: { kind: string; tier: string; ready: boolean; warning: string };
}
