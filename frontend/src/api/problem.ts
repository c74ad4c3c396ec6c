/** A failure as the page shows it: what happened, where, and what to do. */
import { asRecord, parseJson } from "../lib/json";
import { text } from "../text";

/** `code` is the server's name for it; "offline" when no answer came. `line` is 1-based in the paste. */
export class Problem extends Error {
  readonly code: string;
  readonly hint: string;
  readonly line: number | null;
  readonly status: number;

  constructor(fields: {
    code: string;
    message: string;
    hint?: string;
    line?: number | null;
    status?: number;
  }) {
    super(fields.message);
    this.name = "Problem";
    this.code = fields.code;
    this.hint = fields.hint ?? "";
    this.line = fields.line ?? null;
    this.status = fields.status ?? 0;
  }
}

/** Reads an application/problem+json body; what is missing falls back to plain words. */
export function readProblem(body: string, status: number): Problem {
  const fields = asRecord(parseJson(body)) ?? {};
  const word = (name: string): string => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
  const line = fields["line"];
  return new Problem({
    code: word("code") || `http-${status}`,
    message: word("detail") || word("title") || text.problems.unexpected,
    hint: word("hint"),
    line: typeof line === "number" ? line : null,
    status,
  });
}

/** Any thrown value as a Problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError)
    return new Problem({ code: "offline", message: text.problems.offline });
  return new Problem({ code: "page", message: text.problems.unexpected });
}
