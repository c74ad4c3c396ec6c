/** Saving a file of the server under its name, so that a failure can be told instead of a blank page. */
import { asProblem, readProblem } from "../api/problem";

const NAMED = /filename="([^"]+)"/;

/** Fetches and saves; `name` without suffix replaces the server's. Throws Problem. */
export async function save(address: string, name?: string): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(address);
  } catch (error) {
    throw asProblem(error);
  }
  if (!answer.ok) throw readProblem(await answer.text(), answer.status);
  const given = NAMED.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "figure";
  const suffix = given.slice(given.lastIndexOf("."));
  saveBlob(await answer.blob(), name ? `${name}${suffix}` : given);
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
}
