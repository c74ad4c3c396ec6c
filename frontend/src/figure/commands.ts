/** All that can be done to the figure, once: keys, context menu and palette are made from this table. */
import type { DrawnNode, FigureSpec } from "../api/types";
import type { Viewport } from "../lib/viewport";
import { text } from "../text";
import * as edits from "./edits";
import { toggleFold } from "./folding";
import { group } from "./grouping";
import type { Session } from "./session";
import { find, nodeTarget, selectedNodes } from "./targets";

/** What a command acts on, as it is now. */
export interface Situation {
  session: Session;
  viewport: Viewport;
  spec: FigureSpec;
  nodes: readonly DrawnNode[];
  /** Groups among the selection: folded ones and open ones chosen by their frame. */
  groups: readonly { id: string; kind: string; folded: boolean }[];
}

export interface Command {
  id: string;
  title: string;
  /** Key without modifier, or with "Mod+"; shown and bound. */
  keys?: readonly string[];
  /** Shown in the context menu of a selection. */
  about?: "selection";
  when?: (now: Situation) => boolean;
  run: (now: Situation) => void;
}

export function situationOf(session: Session, viewport: Viewport): Situation | null {
  const { drawing, selection, history, saving } = session.state;
  if (!drawing || !history || saving === "readonly") return null;
  const nodes = selectedNodes(drawing, selection);
  const groups = selection.flatMap((target) => {
    const found = find(drawing, target);
    if (found?.kind === "frame") return [{ id: found.group.id, kind: found.group.kind, folded: false }];
    if (found?.kind === "node" && found.node.group !== null && found.node.group_kind !== null)
      return [{ id: found.node.group, kind: found.node.group_kind, folded: true }];
    return [];
  });
  return { session, viewport, spec: history.present, nodes, groups };
}

const words = text.commands;
const each = (nodes: readonly DrawnNode[], edit: (node: DrawnNode) => edits.Edit): edits.Edit =>
  (spec) => nodes.reduce((out, node) => edit(node)(out), spec);

const alike = ({ session }: Situation, kind: string): string[] =>
  (session.state.drawing?.groups ?? []).filter((group) => group.kind === kind).map((group) => group.id);

const foldAll = (now: Situation, folded: boolean): void => {
  const [group] = now.groups;
  if (group) now.session.editFolds(edits.fold(group, folded, alike(now, group.kind)));
};

export const COMMANDS: readonly Command[] = [
  {
    id: "toggle",
    title: words.toggle,
    keys: ["Enter"],
    about: "selection",
    when: (now) => now.groups.length === 1,
    run: ({ session }) => { for (const target of session.state.selection) toggleFold(session, target); },
  },
  { id: "open-all", title: words.openAll, about: "selection", when: (now) => now.groups.length === 1, run: (now) => { foldAll(now, false); } },
  { id: "fold-all", title: words.foldAll, about: "selection", when: (now) => now.groups.length === 1, run: (now) => { foldAll(now, true); } },
  {
    id: "group",
    title: words.group,
    keys: ["g"],
    about: "selection",
    when: (now) => now.nodes.length > 1,
    run: ({ session, nodes }) => { void group(session, nodes); },
  },
  {
    id: "ungroup",
    title: words.ungroup,
    keys: ["u"],
    about: "selection",
    when: (now) => now.groups.length > 0,
    run: ({ session, groups }) => { session.edit((spec) => groups.reduce((out, group) => edits.ungroup(group.id)(out), spec)); },
  },
  {
    id: "hide",
    title: words.hide,
    keys: ["Delete", "Backspace"],
    about: "selection",
    when: (now) => now.nodes.length > 0,
    run: ({ session, nodes }) => { session.edit(each(nodes, (node) => edits.setLook(edits.ownPlace(node), { hidden: true }))); },
  },
  {
    id: "reset-place",
    title: words.resetPlace,
    about: "selection",
    when: ({ nodes, spec }) => nodes.some((node) => edits.lookAt(spec, edits.ownPlace(node)).nudge),
    run: ({ session, nodes }) => { session.edit(each(nodes, (node) => edits.setLook(edits.ownPlace(node), { nudge: null }))); },
  },
  {
    id: "reset-look",
    title: words.resetLook,
    about: "selection",
    when: ({ nodes, spec }) => nodes.some((node) => Object.keys(edits.lookAt(spec, edits.ownPlace(node))).length > 0),
    run: ({ session, nodes }) => {
      session.edit(each(nodes, (node) => edits.setLook(edits.ownPlace(node), { fill: null, label: null, hidden: null, nudge: null })));
    },
  },
  {
    id: "select-all",
    title: words.selectAll,
    keys: ["Mod+a"],
    run: ({ session }) => { session.select((session.state.drawing?.nodes ?? []).map((node) => nodeTarget(node.id))); },
  },
  { id: "select-none", title: words.selectNone, keys: ["Escape"], when: ({ session }) => session.state.selection.length > 0, run: ({ session }) => { session.select([]); } },
  { id: "run", title: words.run, keys: ["Mod+Enter"], run: ({ session }) => { void session.runCode(); } },
  { id: "undo", title: text.history.undo, keys: ["Mod+z"], when: ({ session }) => (session.state.history?.past.length ?? 0) > 0, run: ({ session }) => { session.undo(); } },
  { id: "redo", title: text.history.redo, keys: ["Mod+y", "Mod+Shift+z"], when: ({ session }) => (session.state.history?.future.length ?? 0) > 0, run: ({ session }) => { session.redo(); } },
  { id: "fit", title: words.fit, keys: ["f"], run: ({ viewport }) => { viewport.fitPage(); } },
  { id: "actual", title: words.actual, keys: ["0"], run: ({ viewport }) => { viewport.showActual(); } },
  { id: "show-all", title: words.showAll, when: ({ spec }) => edits.hiddenCount(spec) > 0, run: ({ session }) => { session.edit(edits.showAll); } },
  { id: "reset-nudges", title: words.resetNudges, run: ({ session }) => { session.edit(edits.resetNudges); } },
  { id: "level-auto", title: words.levelAuto, run: ({ session }) => { session.edit(edits.setLevel(null)); } },
  {
    id: "legend",
    title: words.legend,
    run: ({ session, spec }) => { session.edit(edits.setField({ legend: spec.legend === "off" ? "below" : "off" })); },
  },
  {
    id: "direction",
    title: words.direction,
    run: ({ session, spec }) => { session.edit(edits.setPage({ direction: spec.page.direction === "right" ? "down" : "right" })); },
  },
  {
    id: "names",
    title: words.names,
    run: ({ session, spec }) => { session.edit(edits.setLabels({ names: spec.labels.names === "off" ? "below" : "off" })); },
  },
];

/** One command for each palette and venue on offer. */
export function menuCommands({ session }: Situation): Command[] {
  const { meta } = session.state;
  const palettes = (meta?.palettes ?? []).map((palette) => ({
    id: `palette ${palette.id}`,
    title: words.palette(palette.label),
    run: (): void => { session.edit(edits.setField({ palette: palette.id })); },
  }));
  const venues = (meta?.venues ?? []).flatMap((venue) =>
    (["full", "one"] as const)
      .filter((column) => venue[column] !== null)
      .map((column) => ({
        id: `venue ${venue.id} ${column}`,
        title: words.venue(venue.label, text.page[column]),
        run: (): void => { session.edit(edits.setPage({ venue: venue.id, column, width: null })); },
      })),
  );
  return [...palettes, ...venues];
}

export const available = (now: Situation): Command[] => COMMANDS.filter((command) => command.when?.(now) ?? true);

/** The command's key as the event would have to be; "Mod" is Ctrl or Cmd. */
export function matchesKey(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const mod = event.ctrlKey || event.metaKey;
  const wanted = parts.at(-1)?.toLowerCase();
  return (
    event.key.toLowerCase() === wanted &&
    mod === parts.includes("Mod") &&
    !event.altKey &&
    (event.shiftKey === parts.includes("Shift") || (parts.length === 1 && wanted?.length !== 1))
  );
}
