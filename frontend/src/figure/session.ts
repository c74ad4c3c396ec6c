/**
 * The work on one figure: running code, editing the document, sending it, undoing it.
 *
 * Calls that change the figure go out one after another, each naming the version it builds on.
 * What is typed is on this device before it is sent anywhere.
 */
import type { Access, Api, Versioned } from "../api/client";
import { Problem, asProblem } from "../api/problem";
import type { FigureSpec, StageEvent } from "../api/types";
import { later } from "../lib/later";
import { keepWork, rememberFigure, type Drafts } from "./drafts";
import { pinLevel, type Edit } from "./edits";
import { begin, record, redo, undo } from "./history";
import { initial, timingsOf } from "./state";
import { Surface } from "./surface";
import { surviving } from "./targets";

const RETRY = 4000;
const PAUSE = 120;

export class Session extends Surface {
  private access: Access | null = null;
  private aborter: AbortController | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly saveSoon = later(() => { void this.save(); });
  private readonly keepSoon = later(() => { this.keep(); });

  constructor(
    private readonly api: Api,
    readonly drafts: Drafts,
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
  }

  /** Reads the menus and examples; a page without them still works on what it has. */
  async load(): Promise<void> {
    const [meta, examples] = await Promise.allSettled([this.api.meta(), this.api.examples()]);
    if (examples.status === "fulfilled") this.set({ examples: examples.value });
    this.set(meta.status === "fulfilled" ? { meta: meta.value } : { problem: asProblem(meta.reason) });
  }

  /** Opens a stored figure. Work left unsent on this device is taken up again. */
  async open(id: string, token: string | null): Promise<void> {
    const edit = token ?? this.drafts.token(id);
    if (edit === null) this.set({ saving: "readonly" });
    try {
      const found = await this.api.figure(id);
      const { spec, source } = found.figure;
      this.access = edit === null ? null : { id, token: edit, etag: found.etag };
      const draft = edit === null ? null : this.drafts.draft(id);
      const unsent = draft?.unsent ? draft : null;
      this.show(found, spec);
      this.set({
        history: { ...begin(unsent?.spec ?? spec), past: draft?.past ?? [], future: draft?.future ?? [] },
        code: unsent?.code ?? source.code,
        saving: edit === null ? "readonly" : "saved",
      });
      rememberFigure(this.drafts, this.state, this.editToken);
      if (unsent) this.changed(0);
    } catch (error) {
      this.set({ problem: asProblem(error) });
    }
  }

  /** Lets go of the figure on screen, once its edits are sent; the next run makes a new one. */
  async startNew(code: string, spec: FigureSpec | null = null): Promise<void> {
    await this.save();
    this.keep();
    this.access = null;
    this.set({ code, saving: "new", problem: null, selection: [], hover: null });
    await this.runCode({ spec });
  }

  /** Opens a file that was downloaded here before, as a new figure. */
  async reopen(file: Blob): Promise<void> {
    await this.save();
    this.keep();
    try {
      const found = await this.api.reopen(file);
      this.access = null;
      this.set({ code: found.figure.source.code, problem: null, selection: [], hover: null });
      this.adopt(found, null);
    } catch (error) {
      this.set({ problem: asProblem(error) });
    }
  }

  setCode(code: string): void {
    this.set({ code });
    this.keepSoon(300);
  }

  /** Runs the code in the editor. The figure on screen stays until a new one exists. */
  async runCode(options: { model?: number | string; spec?: FigureSpec | null } = {}): Promise<void> {
    this.aborter?.abort();
    const aborter = new AbortController();
    this.aborter = aborter;
    this.set({ run: { stage: "sending" }, problem: null });
    const source = { kind: "keras" as const, code: this.state.code };
    const marks: Partial<Record<StageEvent["stage"], number>> = {};
    const onStage = (event: StageEvent): void => {
      if (aborter.signal.aborted) return;
      marks[event.stage] ??= this.now();
      this.set({ run: { stage: event.stage, run: event.run, position: event.position } });
    };
    try {
      await this.save();
      const body = { source, ...(options.model === undefined ? {} : { model: options.model }) };
      let sent: FigureSpec | null = null;
      const found = await this.inTurn(() => {
        sent = this.access ? (this.state.history?.present ?? null) : null;
        return this.access
          ? this.api.putSource(this.access, body, onStage, aborter.signal)
          : this.api.create({ ...body, ...(options.spec ? { spec: options.spec } : {}) }, onStage, aborter.signal);
      });
      if (this.aborter !== aborter) return;
      const timings = timingsOf(marks, this.now());
      this.adopt(found, sent);
      this.set({ timings });
    } catch (error) {
      if (this.aborter === aborter) this.set({ problem: asProblem(error) });
    } finally {
      if (this.aborter === aborter) {
        this.aborter = null;
        this.set({ run: { stage: "idle" } });
      }
    }
  }

  /** Stops the run here and on the server. */
  cancel(): void {
    const { run } = this.state;
    if ("run" in run) void this.api.cancel(run.run).catch(() => undefined);
    this.aborter?.abort();
  }

  /** Takes a new drawing; `sent` is the document that the server drew it by, null for a new figure. */
  private adopt(found: Versioned, sent: FigureSpec | null): void {
    const { figure } = found;
    const token = figure.edit_token ?? this.editToken;
    if (token !== null) this.access = { id: figure.id, token, etag: found.etag };
    this.show(found, sent ?? figure.spec);
    const present = this.state.history?.present;
    if (sent === null) this.set({ history: begin(figure.spec), saving: "saved" });
    else if (present === sent) this.set({ saving: "saved" });
    else this.changed(0);
    this.drafts.keepCode(null);
    this.keep();
  }

  private show({ figure }: Versioned, drawn: FigureSpec): void {
    const selection = surviving(this.state.drawing, figure.drawing, this.state.selection);
    this.set({ figure, drawing: figure.drawing, drawn, selection, hover: null });
  }

  /**
   * Applies an edit. A key joins a burst (a dragged colour) into one step of undo, and is sent once
   * the burst pauses; at once where only the server can show it.
   */
  edit(change: Edit, key: string | null = null, wait = key === null ? 0 : PAUSE): void {
    const { history, saving } = this.state;
    if (!history || saving === "readonly" || saving === "new") return;
    const next = change(history.present);
    if (next === history.present) return;
    this.set({ history: record(history, next, key, this.now()) });
    this.changed(wait);
  }

  /** An edit that opens or folds something: the level shown now stays. */
  editFolds(change: Edit, key: string | null = null): void {
    const level = this.state.drawing?.level;
    this.edit((spec) => change(level === undefined ? spec : pinLevel(level)(spec)), key);
  }

  undo(): void {
    this.step(undo);
  }

  redo(): void {
    this.step(redo);
  }

  private step(move: typeof undo<FigureSpec>): void {
    const { history, saving } = this.state;
    if (!history || saving === "readonly" || saving === "new") return;
    const next = move(history);
    if (next === history) return;
    this.set({ history: next });
    this.changed(0);
  }

  private changed(delay: number): void {
    if (this.state.saving !== "conflict") this.set({ saving: "unsaved" });
    this.keepSoon(50);
    if (this.state.saving !== "conflict") this.saveSoon(delay);
  }

  private get due(): boolean {
    return this.state.saving === "unsaved" || this.state.saving === "offline";
  }

  /** Sends the document until the server has the newest one; does nothing when it has. */
  async save(): Promise<void> {
    this.saveSoon.cancel();
    if (this.state.saving === "saving") await this.queue;
    if (!this.due) return;
    await this.inTurn(async () => {
      const spec = this.state.history?.present;
      if (!this.access || !spec || !this.due) return;
      this.set({ saving: "saving" });
      const began = this.now();
      try {
        const found = await this.api.putSpec(this.access, spec);
        this.access = { ...this.access, etag: found.etag };
        if (this.state.history?.present === spec) {
          this.show(found, spec);
          const drawn = (this.now() - began) / 1000;
          this.set({ saving: "saved", problem: null, timings: { ...this.state.timings, drawn } });
          this.keep();
        } else {
          this.set({ saving: "unsaved" });
          this.saveSoon(0);
        }
      } catch (error) {
        this.failed(asProblem(error));
      }
    });
  }

  private failed(problem: Problem): void {
    if (problem.status === 412) this.set({ saving: "conflict" });
    else if (problem.code === "offline" || problem.status >= 500) {
      this.set({ saving: "offline" });
      this.saveSoon(RETRY);
    } else this.set({ saving: "unsaved", problem });
    this.keep();
  }

  /** Ends a conflict: either this page's document is sent over the other, or the other is taken. */
  async settle(choice: "mine" | "theirs"): Promise<void> {
    if (!this.access) return;
    try {
      const found = await this.api.figure(this.access.id);
      this.access = { ...this.access, etag: found.etag };
      const { history } = this.state;
      this.show(found, found.figure.spec);
      if (choice === "mine") {
        this.set({ saving: "unsaved" });
        await this.save();
      } else {
        const taken = history ? record(history, found.figure.spec, null, this.now()) : begin(found.figure.spec);
        this.set({ history: taken, code: found.figure.source.code, saving: "saved" });
        this.keep();
      }
    } catch (error) {
      this.set({ problem: asProblem(error) });
    }
  }

  /** Draws another of the models that the code holds. */
  async chooseModel(model: number): Promise<void> {
    await this.save();
    await this.inTurn(async () => {
      if (!this.access) return;
      try {
        const found = await this.api.putModel(this.access, model);
        this.access = { ...this.access, etag: found.etag };
        this.show(found, found.figure.spec);
        this.set({ history: begin(found.figure.spec), saving: "saved" });
      } catch (error) {
        this.set({ problem: asProblem(error) });
      }
    });
  }

  /** Deletes the figure from the server and from this device. */
  async remove(): Promise<boolean> {
    if (!this.access) return false;
    const { id } = this.access;
    try {
      await this.api.remove(this.access);
      this.access = null;
      this.keepSoon.cancel();
      this.drafts.forget(id);
      this.set({ ...initial, meta: this.state.meta, examples: this.state.examples });
      return true;
    } catch (error) {
      this.set({ problem: asProblem(error) });
      return false;
    }
  }

  /** The link that lets others edit; null for a figure that is not ours. */
  get editToken(): string | null {
    return this.access?.token ?? null;
  }

  /** Puts what is not on this device yet there, at once. */
  readonly flush = (): void => { this.keepSoon.flush(); };

  private keep(): void {
    keepWork(this.drafts, this.state, this.access);
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(task, task);
    this.queue = turn.catch(() => undefined);
    return turn;
  }
}
