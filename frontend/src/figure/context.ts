/** How a view reaches the figure it is part of. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { FigureSpec } from "../api/types";
import type { Session } from "./session";
import type { SessionState } from "./state";

export const SessionContext = createContext<Session | null>(null);

/** The session; it never changes while the page lives. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("a view outside of SessionContext");
  return session;
}

/** A part of the state; the view renders again only when that part changes. */
export function useFigure<T>(select: (state: SessionState) => T): T {
  return useStore(useSession().store, select);
}

/** The document as edited now; null before there is a figure. */
export const useSpec = (): FigureSpec | null => useFigure((state) => state.history?.present ?? null);

/** True where nothing can be changed: a shared figure, or one that is not there yet. */
export const useReadOnly = (): boolean => useFigure((state) => state.saving === "readonly" || state.saving === "new");
