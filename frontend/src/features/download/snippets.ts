/** Lines to paste into a paper, made from the figure's own facts. */
import type { Drawing, Figure } from "../../api/types";
import { nameOf } from "../../figure/targets";
import { formatCount } from "../../lib/format";

const escaped = (words: string): string =>
  words.replace(/[\\{}$&#^_%~]/g, (sign) =>
    sign === "\\" ? "\\textbackslash{}" : sign === "^" || sign === "~" ? `\\${sign}{}` : `\\${sign}`,
  );

/** What the figure shows, in two sentences. */
export function captionOf(figure: Figure, drawing: Drawing): string {
  const name = figure.spec.title || figure.models[figure.model]?.name || "the network";
  const kinds = new Map<string, number>();
  for (const node of drawing.nodes)
    if (node.kind === "group") kinds.set(nameOf(node), (kinds.get(nameOf(node)) ?? 0) + node.repeat);
  const blocks = [...kinds].map(([title, count]) => `${count} ${title}`).join(", ");
  const { layers, parameters } = drawing.facts;
  return `Architecture of ${name} (${layers.toLocaleString("en")} layers, ${formatCount(parameters)} parameters)${blocks === "" ? "" : `, with ${blocks}`}.`;
}

/** A figure environment that includes the PDF at exactly the width it was drawn for. */
export function latexOf(file: string, drawing: Drawing, caption: string): string {
  const inches = Number((drawing.width / 72).toFixed(3));
  const star = inches > 4 ? "*" : "";
  return [
    `\\begin{figure${star}}`,
    "  \\centering",
    `  \\includegraphics[width=${inches}in]{${file}.pdf}`,
    `  \\caption{${escaped(caption)}}`,
    `  \\label{fig:${file.toLowerCase()}}`,
    `\\end{figure${star}}`,
  ].join("\n");
}
