/** The server's calls, one function each. Failures are thrown as Problem. */
import { text } from "../text";
import { readEvents } from "./events";
import { Problem, asProblem, readProblem } from "./problem";
import type { Drawing, Example, Figure, FigureSpec, Judgement, LayerTable, Meta, Source, StageEvent } from "./types";

/** A figure with the version tag that the next change must name. */
export interface Versioned {
  figure: Figure;
  etag: string;
}

export interface Access {
  id: string;
  token: string;
  etag: string;
}

export type OnStage = (event: StageEvent) => void;

async function call(path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, init);
  } catch (error) {
    if (init.signal?.aborted) throw new Problem({ code: "cancelled", message: text.run.cancelled });
    throw asProblem(error);
  }
  if (!answer.ok) throw readProblem(await answer.text(), answer.status);
  return answer;
}

async function read<T>(path: string): Promise<T> {
  return (await (await call(path, { headers: { Accept: "application/json" } })).json()) as T;
}

function headers(access: Access | null, accept = "application/json"): Record<string, string> {
  const out: Record<string, string> = { "Content-Type": "application/json", Accept: accept };
  if (access) {
    out["Authorization"] = `Bearer ${access.token}`;
    if (access.etag) out["If-Match"] = access.etag;
  }
  return out;
}

async function versioned(answer: Response): Promise<Versioned> {
  const figure = (await answer.json()) as Figure;
  return { figure, etag: answer.headers.get("ETag") ?? "" };
}

/** Sends a run and reads its events to the end; resolves with the figure. */
async function run(
  method: string,
  path: string,
  access: Access | null,
  body: unknown,
  onStage: OnStage,
  signal: AbortSignal,
): Promise<Versioned> {
  const answer = await call(path, {
    method,
    headers: headers(access, "text/event-stream"),
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.headers.get("Content-Type")?.startsWith("text/event-stream"))
    return versioned(answer);
  if (!answer.body) throw new Problem({ code: "page", message: text.problems.unexpected });
  let done: Versioned | null = null;
  try {
    for await (const { event, data } of readEvents(answer.body)) {
      if (event === "stage") onStage(JSON.parse(data) as StageEvent);
      else if (event === "problem") throw readProblem(data, 422);
      else if (event === "figure") {
        const figure = JSON.parse(data) as Figure;
        done = { figure, etag: figure.etag };
      }
    }
  } catch (error) {
    if (signal.aborted) throw new Problem({ code: "cancelled", message: text.run.cancelled });
    throw asProblem(error);
  }
  if (done) return done;
  throw new Problem({ code: "offline", message: text.problems.cutOff });
}

export const api = {
  meta: () => read<Meta>("/api/meta"),
  examples: () => read<Example[]>("/api/examples"),

  async figure(id: string): Promise<Versioned> {
    return versioned(await call(`/api/figures/${id}`, { headers: headers(null), cache: "no-store" }));
  },

  create: (
    body: { source: Source; model?: number | string; spec?: FigureSpec },
    onStage: OnStage,
    signal: AbortSignal,
  ) => run("POST", "/api/figures", null, body, onStage, signal),

  putSource: (
    access: Access,
    body: { source: Source; model?: number | string },
    onStage: OnStage,
    signal: AbortSignal,
  ) => run("PUT", `/api/figures/${access.id}/source`, access, body, onStage, signal),

  async putSpec(access: Access, spec: FigureSpec): Promise<Versioned> {
    const init = { method: "PUT", headers: headers(access), body: JSON.stringify(spec) };
    return versioned(await call(`/api/figures/${access.id}/spec`, init));
  },

  async putModel(access: Access, model: number): Promise<Versioned> {
    const init = { method: "PUT", headers: headers(access), body: JSON.stringify({ model }) };
    return versioned(await call(`/api/figures/${access.id}/model`, init));
  },

  async preview(id: string, spec: FigureSpec): Promise<Drawing> {
    const init = { method: "POST", headers: headers(null), body: JSON.stringify(spec) };
    return (await (await call(`/api/figures/${id}/preview`, init)).json()) as Drawing;
  },

  async remove(access: Access): Promise<void> {
    await call(`/api/figures/${access.id}`, { method: "DELETE", headers: headers(access) });
  },

  async cancel(run: string): Promise<void> {
    await call(`/api/runs/${run}`, { method: "DELETE" });
  },

  /** What every layer costs. */
  table: (id: string) => read<LayerTable>(`/api/figures/${id}/table`),

  tableFile: (id: string): string => `/api/figures/${id}/table.csv`,

  thumbnail: (example: string): string => `/api/examples/${example}.svg`,

  /** Whether the layers can be a group, and what is in the way. */
  async judge(id: string, layers: readonly string[]): Promise<Judgement> {
    const init = { method: "POST", headers: headers(null), body: JSON.stringify({ layers }) };
    return (await (await call(`/api/figures/${id}/selection`, init)).json()) as Judgement;
  },

  /** Opens a file that was downloaded here before; resolves with a new figure. */
  async reopen(file: Blob): Promise<Versioned> {
    const init = { method: "POST", headers: { ...headers(null), "Content-Type": "application/octet-stream" }, body: file };
    return versioned(await call("/api/figures", init));
  },

  /** The address of a finished file; the server sends it as an attachment. */
  file(id: string, format: string, query: Record<string, string> = {}): string {
    const search = new URLSearchParams(query).toString();
    return `/api/figures/${id}/figure.${format}${search ? `?${search}` : ""}`;
  },
};

export type Api = typeof api;
