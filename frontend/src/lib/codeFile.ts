/** Python code out of a file somebody drops: a script, or the code cells of a notebook. */
import { asRecord, parseJson } from "./json";

/** The code; null when the file holds none. Lines that only a notebook understands are left as comments. */
export function codeOf(name: string, content: string): string | null {
  if (!name.toLowerCase().endsWith(".ipynb")) return content.trim() === "" ? null : content;
  const cells = asRecord(parseJson(content))?.["cells"];
  if (!Array.isArray(cells)) return null;
  const code = cells.flatMap((cell) => {
    const fields = asRecord(cell);
    if (fields?.["cell_type"] !== "code") return [];
    const source = fields["source"];
    const lines = (Array.isArray(source) ? source.join("") : String(source ?? "")).split("\n");
    return [lines.map((line) => (/^\s*[%!]/.test(line) ? `# ${line}` : line)).join("\n").trimEnd()];
  });
  const joined = code.filter((cell) => cell !== "").join("\n\n");
  return joined === "" ? null : `${joined}\n`;
}
