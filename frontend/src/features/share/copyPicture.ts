/** Puts the server's file on the clipboard: PNG as a picture, SVG as its source. */
import { readProblem } from "../../api/problem";
import type { Drawing } from "../../api/types";

export async function copyPicture(address: string, format: "svg" | "png"): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) throw readProblem(await answer.text(), answer.status);
  if (format === "svg") {
    await navigator.clipboard.writeText(await answer.text());
    return;
  }
  await navigator.clipboard.write([new ClipboardItem({ "image/png": await answer.blob() })]);
}

const escaped = (words: string): string =>
  words.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign);

/** Copies HTML that holds the whole figure, with its alternative text and caption; it needs no server. */
export async function copyEmbed(address: string, { facts, width }: Drawing): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) throw readProblem(await answer.text(), answer.status);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const wide = Math.round((width * 96) / 72);
  await navigator.clipboard.writeText(
    `<figure>\n  <img width="${wide}" alt="${escaped(facts.description)}" src="data:image/svg+xml;base64,${btoa(binary)}">\n` +
      `  <figcaption>${escaped(facts.caption)}</figcaption>\n</figure>\n`,
  );
}
