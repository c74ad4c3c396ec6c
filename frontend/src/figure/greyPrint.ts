/** Which types of a figure a grey print would not tell apart. */
import type { FigureSpec, LegendEntry } from "../api/types";
import { lightness, parseColour } from "../lib/colour";

/** Steps of CIE lightness that a laser print keeps apart at the size of a glyph. */
const APART = 4;

/**
 * The closest pair of types that differ in hue but not in grey, one of them coloured by the user;
 * null when all differ. The palettes' own colours are told apart by shape and hatch.
 */
export function alikeInGrey(legend: readonly LegendEntry[], types: FigureSpec["types"]): [LegendEntry, LegendEntry] | null {
  const known = legend.flatMap((entry) => {
    const rgb = parseColour(entry.fill);
    return rgb && entry.target === "type" ? [{ entry, grey: lightness(rgb) }] : [];
  });
  let worst: { pair: [LegendEntry, LegendEntry]; gap: number } | null = null;
  for (const [index, first] of known.entries())
    for (const second of known.slice(index + 1)) {
      const gap = Math.abs(first.grey - second.grey);
      const own = [first, second].some(({ entry }) => types[entry.id]?.fill);
      if (own && gap < APART && first.entry.id !== second.entry.id && first.entry.fill !== second.entry.fill && (worst === null || gap < worst.gap))
        worst = { pair: [first.entry, second.entry], gap };
    }
  return worst?.pair ?? null;
}
