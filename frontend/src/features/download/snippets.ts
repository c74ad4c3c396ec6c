/** Lines to paste into a paper, made from the figure's own facts. */
import type { Drawing } from "../../api/types";

const escaped = (words: string): string =>
  words.replace(/[\\{}$&#^_%~]/g, (sign) =>
    sign === "\\" ? "\\textbackslash{}" : sign === "^" || sign === "~" ? `\\${sign}{}` : `\\${sign}`,
  );

/** A figure environment that includes the PDF at exactly the width it was drawn for. */
export function latexOf(file: string, drawing: Drawing): string {
  const inches = Number((drawing.width / 72).toFixed(3));
  const star = inches > 4 ? "*" : "";
  return [
    `\\begin{figure${star}}`,
    "  \\centering",
    `  \\includegraphics[width=${inches}in]{${file}.pdf}`,
    `  \\caption{${escaped(drawing.facts.caption)}}`,
    `  \\label{fig:${file.toLowerCase()}}`,
    `\\end{figure${star}}`,
  ].join("\n");
}
