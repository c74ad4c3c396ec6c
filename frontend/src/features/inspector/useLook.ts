/** Reading and changing one look, with its steps of undo joined while a colour is dragged. */
import { useFigure, useReadOnly, useSession } from "../../figure/context";
import { lookAt, setLook, type Place } from "../../figure/edits";
import { rename } from "../../figure/rename";
import { parseColour } from "../../lib/colour";
import type { FigureSpec, Look } from "../../api/types";

const RECENT = 12;

export function useLook(spec: FigureSpec, place: Place) {
  const session = useSession();
  const disabled = useReadOnly();
  const key = `${place.table} ${place.id}`;
  return {
    look: lookAt(spec, place),
    disabled,
    setFill: (fill: string | null) => { session.edit(setLook(place, { fill }), `fill ${key}`); },
    setLabel: (label: string) => { rename(session, place, label, `label ${key}`); },
    change: (change: Look) => { session.edit(setLook(place, change)); },
  };
}

/** The colours on offer: the palette's own, and those already used in the document, the newest first. */
export function useSwatches(spec: FigureSpec): { swatches: string[]; recent: string[] } {
  const palettes = useFigure((state) => state.meta?.palettes);
  const palette = palettes?.find((each) => each.id === spec.palette)?.colours ?? [];
  const used = [spec.types, spec.kinds, spec.layers, spec.groups]
    .flatMap((table) => Object.values(table))
    .flatMap((look) => (look.fill ? [look.fill] : []));
  const hued = palette.filter((colour) => {
    const rgb = parseColour(colour);
    return rgb !== null && Math.max(...rgb) - Math.min(...rgb) > 40;
  });
  return { swatches: [...new Set([...hued, ...palette])], recent: [...new Set(used.reverse())].slice(0, RECENT) };
}
