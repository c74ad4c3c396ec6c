/** Puts the server's file on the clipboard: PNG as a picture, SVG as its source. */
import { readProblem } from "../../api/problem";

export async function copyPicture(address: string, format: "svg" | "png"): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) throw readProblem(await answer.text(), answer.status);
  if (format === "svg") {
    await navigator.clipboard.writeText(await answer.text());
    return;
  }
  await navigator.clipboard.write([new ClipboardItem({ "image/png": await answer.blob() })]);
}
