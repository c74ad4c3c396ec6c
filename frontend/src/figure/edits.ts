/** Edits of the document: pure functions FigureSpec -> FigureSpec. Nothing here knows the page. */
import type {
  DrawnNode,
  FigureSpec,
  GroupEdit,
  Grouping,
  Labels,
  Look,
  Page,
  Scale,
  UserGroup,
} from "../api/types";

export type Edit = (spec: FigureSpec) => FigureSpec;

/** Where a look is kept: one of the document's four tables, and the key in it. */
export interface Place {
  table: "types" | "layers" | "kinds" | "groups";
  id: string;
}

/** The key of a layer's type in the document. */
export const typeKey = (node: DrawnNode): string => node.type;

/** The place for this glyph alone. */
export function ownPlace(node: DrawnNode): Place {
  if (node.kind === "group" && node.group !== null) return { table: "groups", id: node.group };
  return { table: "layers", id: node.layers.includes(node.id) ? node.id : (node.layers[0] ?? node.id) };
}

/** The place shared by all of the glyph's type or kind. */
export function sharedPlace(node: DrawnNode): Place {
  if (node.kind === "group" && node.group_kind !== null)
    return { table: "kinds", id: node.group_kind };
  return { table: "types", id: typeKey(node) };
}

function isEmpty(value: object): boolean {
  return Object.values(value).every(
    (each) => each === null || each === undefined || (Array.isArray(each) && each.length === 0),
  );
}

function put<T extends object>(table: Record<string, T>, id: string, value: T): Record<string, T> {
  const { [id]: _old, ...rest } = table;
  return isEmpty(value) ? rest : { ...rest, [id]: value };
}

export function lookAt(spec: FigureSpec, place: Place): Look {
  return spec[place.table][place.id] ?? {};
}

/** Changes some fields of a look; null takes an override away, and an empty look leaves the table. */
export const setLook =
  (place: Place, change: Look): Edit =>
  (spec) => ({
    ...spec,
    [place.table]: put(spec[place.table], place.id, { ...lookAt(spec, place), ...change }),
  });

/** Moves a node by (dx, dy) points from where the layout put it, on top of earlier moves. */
export const nudge =
  (node: DrawnNode, dx: number, dy: number): Edit =>
  (spec) => {
    const place = ownPlace(node);
    const [x, y] = lookAt(spec, place).nudge ?? [0, 0];
    const moved: [number, number] = [round(x + dx), round(y + dy)];
    return setLook(place, { nudge: moved[0] === 0 && moved[1] === 0 ? null : moved })(spec);
  };

/** Takes every nudge away. */
export const resetNudges: Edit = (spec) => {
  const still = (table: Record<string, Look>): Record<string, Look> =>
    Object.entries(table).reduce<Record<string, Look>>(
      (out, [id, look]) => put(out, id, { ...look, nudge: null }),
      {},
    );
  return { ...spec, layers: still(spec.layers), groups: still(spec.groups) };
};

const round = (value: number): number => Math.round(value * 100) / 100;

const setGrouping = (spec: FigureSpec, change: Partial<Grouping>): FigureSpec => ({
  ...spec,
  grouping: { ...spec.grouping, ...change },
});

const folding = (
  table: Record<string, GroupEdit>,
  id: string,
  folded: boolean,
): Record<string, GroupEdit> => put(table, id, { ...table[id], folded });

/**
 * Keeps the level that is shown now, where none was chosen: what is opened by hand must not make
 * the rest fold further so that all fits.
 */
export const pinLevel =
  (shown: number): Edit =>
  (spec) =>
    spec.grouping.level === null ? setGrouping(spec, { level: shown }) : spec;

/** Folds or opens one group, or every group of its kind (their own settings then give way). */
export const fold =
  (group: { id: string; kind: string }, folded: boolean, all: readonly string[] | null): Edit =>
  (spec) => {
    const { groups, kinds } = spec.grouping;
    if (all === null) return setGrouping(spec, { groups: folding(groups, group.id, folded) });
    const cleared = all.reduce((out, id) => put(out, id, { ...out[id], folded: null }), groups);
    return setGrouping(spec, { groups: cleared, kinds: folding(kinds, group.kind, folded) });
  };

/** Sets the level of detail for the whole figure; single folds and opens give way to it. */
export const setLevel =
  (level: number | null): Edit =>
  (spec) => {
    const plain = (table: Record<string, GroupEdit>): Record<string, GroupEdit> =>
      Object.entries(table).reduce<Record<string, GroupEdit>>(
        (out, [id, edit]) => put(out, id, { ...edit, folded: null }),
        {},
      );
    const { groups, kinds } = spec.grouping;
    return setGrouping(spec, { level, groups: plain(groups), kinds: plain(kinds) });
  };

export const setMatch =
  (match: Grouping["match"]): Edit =>
  (spec) =>
    setGrouping(spec, { match });

export const setFuse =
  (fuse: boolean): Edit =>
  (spec) =>
    setGrouping(spec, { fuse });

/** Makes a group by hand; layers that lie in an older group made by hand leave it. */
export const makeGroup =
  (group: UserGroup): Edit =>
  (spec) => {
    const taken = new Set(group.layers);
    const made = spec.grouping.made
      .map((each) => ({ ...each, layers: each.layers.filter((layer) => !taken.has(layer)) }))
      .filter((each) => each.layers.length > 0);
    return setGrouping(spec, { made: [...made, group] });
  };

/** Undoes a grouping: one made by hand goes, one that was found is not used. */
export const ungroup =
  (id: string): Edit =>
  (spec) => {
    const { made, removed, groups } = spec.grouping;
    const { [id]: _edit, ...rest } = groups;
    if (made.some((group) => group.id === id))
      return setGrouping(spec, { made: made.filter((group) => group.id !== id), groups: rest });
    return setGrouping(spec, { removed: [...new Set([...removed, id])], groups: rest });
  };

/** Brings back every group that was taken apart. */
export const regroup: Edit = (spec) => setGrouping(spec, { removed: [] });

/** Shows everything that was hidden. */
export const showAll: Edit = (spec) => {
  const shown = (table: Record<string, Look>): Record<string, Look> =>
    Object.entries(table).reduce<Record<string, Look>>(
      (out, [id, look]) => put(out, id, { ...look, hidden: null }),
      {},
    );
  return {
    ...spec,
    types: shown(spec.types),
    layers: shown(spec.layers),
    kinds: shown(spec.kinds),
    groups: shown(spec.groups),
  };
};

export const setPage =
  (change: Partial<Page>): Edit =>
  (spec) => ({ ...spec, page: { ...spec.page, ...change } });

export const setLabels =
  (change: Partial<Labels>): Edit =>
  (spec) => ({ ...spec, labels: { ...spec.labels, ...change } });

export const setScale =
  (change: Partial<Scale>): Edit =>
  (spec) => ({ ...spec, scale: { ...spec.scale, ...change } });

/** Changes a plain field of the document: style, title, palette, legend. */
export const setField =
  (change: Partial<Pick<FigureSpec, "style" | "title" | "palette" | "legend">>): Edit =>
  (spec) => ({ ...spec, ...change });

/** How many looks hide something. */
export function hiddenCount(spec: FigureSpec): number {
  return [spec.types, spec.layers, spec.kinds, spec.groups]
    .flatMap((table) => Object.values(table))
    .filter((look) => look.hidden === true).length;
}
