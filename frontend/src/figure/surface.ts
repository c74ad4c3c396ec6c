/** What the page holds and shows: its state, and what is pointed at, selected and told. Nothing here is sent anywhere. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { asProblem } from "../api/problem";
import { initial, type Obstacle, type SessionState } from "./state";
import type { Target } from "./targets";

export class Surface {
  readonly store: StoreApi<SessionState> = createStore(() => initial);

  get state(): SessionState {
    return this.store.getState();
  }

  protected set(change: Partial<SessionState>): void {
    this.store.setState(change);
  }

  select(selection: readonly Target[]): void {
    this.set({ selection, obstacle: null });
  }

  /** Tells why the selection cannot be a group; the next selection ends it. */
  obstruct(obstacle: Obstacle): void {
    this.set({ obstacle });
  }

  hover(hover: Target | null): void {
    if (this.state.hover !== hover) this.set({ hover });
  }

  setCursorLine(cursorLine: number | null): void {
    if (this.state.cursorLine !== cursorLine) this.set({ cursorLine });
  }

  /** Shows a failure that a view met. */
  report(error: unknown): void {
    this.set({ problem: asProblem(error) });
  }

  dismiss(): void {
    this.set({ problem: null });
  }
}
