/** Colours as "#rrggbb". */

export type Rgb = readonly [number, number, number];

/** The three channels 0..255; null when the text is not "#rgb" or "#rrggbb". */
export function parseColour(text: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const full = short
    ? `#${short.slice(1).map((digit) => digit + digit).join("")}`
    : text;
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(full);
  if (!found) return null;
  const channel = (index: number): number => parseInt(found[index] ?? "0", 16);
  return [channel(1), channel(2), channel(3)];
}

export function formatColour(rgb: Rgb): string {
  const hex = (value: number): string =>
    Math.max(0, Math.min(255, Math.round(value))).toString(16).padStart(2, "0");
  return `#${hex(rgb[0])}${hex(rgb[1])}${hex(rgb[2])}`;
}

const toward = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

/**
 * Recolours a shade: where `shade` is `from` mixed with white or black, the same mix of `to`;
 * null where it is no such mix (black text on a coloured glyph stays as it is).
 */
export function reshade(shade: Rgb, from: Rgb, to: Rgb): Rgb | null {
  if (Math.max(...shade) - Math.min(...shade) < 6 && Math.max(...from) - Math.min(...from) >= 6)
    return null;
  for (const end of [[255, 255, 255], [0, 0, 0]] as const) {
    const along = dot(less(shade, from), less(end, from)) / Math.max(1, square(less(end, from)));
    const share = Math.max(0, Math.min(1, along));
    if (share < 0.97 && Math.sqrt(square(less(shade, toward(from, end, share)))) < 14)
      return toward(to, end, share);
  }
  return null;
}

const less = (a: Rgb, b: Rgb): Rgb => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const square = (a: Rgb): number => dot(a, a);

/** CIE lightness 0..100 (CIE 15: L* from relative luminance Y, sRGB primaries). */
export function lightness(rgb: Rgb): number {
  const linear = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const y = 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  return y <= 216 / 24389 ? (y * 24389) / 27 : 116 * Math.cbrt(y) - 16;
}
