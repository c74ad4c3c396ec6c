/** What this device keeps: the figures opened here with their edit tokens, and work not yet sent. */
import type { FigureSpec } from "../api/types";
import { asRecord, parseJson } from "../lib/json";
import type { SessionState } from "./state";

export interface RecentFigure {
  id: string;
  token: string | null;
  title: string;
  opened: string;
}

/** Work on one figure: the code and document as edited, and the steps for undo and redo. */
export interface Draft {
  code: string;
  spec: FigureSpec;
  past: FigureSpec[];
  future: FigureSpec[];
  unsent: boolean;
}

const RECENT = "netfig.recent";
const CODE = "netfig.code";
const KEPT = 30;
const STEPS = 200;

export class Drafts {
  constructor(private readonly storage: Storage) {}

  recent(): RecentFigure[] {
    const list = parseJson(this.storage.getItem(RECENT) ?? "[]");
    return Array.isArray(list)
      ? list.filter((each): each is RecentFigure => typeof asRecord(each)?.["id"] === "string")
      : [];
  }

  /** Puts a figure first in the list; the oldest beyond thirty leave it. */
  remember(figure: RecentFigure): void {
    const others = this.recent().filter((each) => each.id !== figure.id);
    const list = [figure, ...others];
    for (const gone of list.slice(KEPT)) this.storage.removeItem(draftKey(gone.id));
    this.write(RECENT, list.slice(0, KEPT));
  }

  token(id: string): string | null {
    return this.recent().find((each) => each.id === id)?.token ?? null;
  }

  forget(id: string): void {
    this.write(RECENT, this.recent().filter((each) => each.id !== id));
    this.storage.removeItem(draftKey(id));
  }

  draft(id: string): Draft | null {
    const found = asRecord(parseJson(this.storage.getItem(draftKey(id)) ?? ""));
    return found && asRecord(found["spec"]) && typeof found["code"] === "string"
      ? (found as unknown as Draft)
      : null;
  }

  /** Keeps a draft; where the device has no room left, older steps of undo are given up first. */
  keep(id: string, draft: Draft): void {
    for (const steps of [STEPS, 20, 0]) {
      const past = steps === 0 ? [] : draft.past.slice(-steps);
      if (this.write(draftKey(id), { ...draft, past, future: draft.future.slice(0, steps) })) return;
    }
  }

  /** Code that was typed before any figure was made from it; null takes it away. */
  keepCode(code: string | null): void {
    if (code === null) this.storage.removeItem(CODE);
    else this.write(CODE, code);
  }

  code(): string | null {
    const found = parseJson(this.storage.getItem(CODE) ?? "null");
    return typeof found === "string" ? found : null;
  }

  private write(key: string, value: unknown): boolean {
    try {
      this.storage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}

const draftKey = (id: string): string => `netfig.draft.${id}`;

/** Puts the work on this device: that on the figure, which then leads the recent ones, or code that no figure was made from yet. */
export function keepWork(drafts: Drafts, state: SessionState, access: { id: string; token: string } | null): void {
  const { history, code, figure, saving } = state;
  const id = access?.id ?? null;
  if (id === null && saving === "new" && code.trim() !== "") drafts.keepCode(code);
  if (id === null || !history || !figure) return;
  const unsent = saving !== "saved" || code !== figure.source.code;
  const { past, present, future } = history;
  drafts.keep(id, { code, spec: present, past: [...past], future: [...future], unsent });
  rememberFigure(drafts, state, access?.token ?? null);
}

/** Puts the figure on screen first among the recent ones. */
export function rememberFigure(drafts: Drafts, state: SessionState, token: string | null): void {
  const { figure, history } = state;
  if (!figure) return;
  const title = history?.present.title || figure.models[figure.model]?.name || figure.id;
  drafts.remember({ id: figure.id, token, title, opened: new Date().toISOString() });
}
