/** A small drawing for tests: glyphs in a row, with what the server would say about them. */
import type { Drawing, DrawnNode, FigureSpec } from "../api/types";

export const spec: FigureSpec = {
  version: 1,
  style: "netfig",
  title: "",
  caption: "",
  page: { venue: "cvpr", column: "full", width: null, direction: "right", font: "sans", text: null, background: true },
  palette: "default",
  labels: { channels: "below", extent: "changes", kernel: "inside", names: "off" },
  legend: "below",
  scale: { height: "log2", width: "log2", tallest: 90, widest: 30 },
  grouping: { level: null, match: "scale", fuse: true, groups: {}, kinds: {}, made: [], removed: [] },
  types: {},
  layers: {},
  kinds: {},
  groups: {},
};

const nodeAt = (index: number, change: Partial<DrawnNode>): DrawnNode => ({
  id: `n${index}`,
  kind: "layer",
  title: "conv",
  type: "Conv2D",
  detail: ["56×56×64 → 56×56×64", "4,160 parameters"],
  box: { x: 10 + 40 * index, y: 30, width: 24, height: 60 },
  layers: [`l${index}`],
  lines: [index + 1],
  group: null,
  group_kind: null,
  repeat: 1,
  fill: "#0072b2",
  look: "type:Conv2D",
  ...change,
});

const block = { kind: "group", title: "residual_block", type: "residual_block", group_kind: "k1", fill: "#8b6fb3", look: "" } as const;

export const nodes: DrawnNode[] = [
  nodeAt(0, {}),
  nodeAt(1, { type: "Pooling", look: "type:Pooling", title: "pool", fill: "#d55e00" }),
  nodeAt(2, { ...block, group: "g1", repeat: 2, layers: ["l2", "l3"] }),
  nodeAt(3, { ...block, group: "g2", layers: ["l4", "l5"] }),
  nodeAt(4, { title: "conv_2", layers: ["l6"] }),
];

const glyph = (node: DrawnNode): string =>
  `<g data-source="node:${node.id}"><rect x="${node.box.x}" y="${node.box.y}" width="24" height="60" fill="${
    { "#0072b2": "#b8d8e9", "#d55e00": "#f3d2b8", "#8b6fb3": "#dfd7ea" }[node.fill] ?? node.fill
  }" stroke="${node.fill}"/><text x="${node.box.x}" y="105" font-size="7" fill="#23272e">${node.title}</text></g>`;

export const drawing: Drawing = {
  svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 495 170" font-family="Liberation Sans">${nodes.map(glyph).join("")}<g data-source="legend:type:Conv2D"><rect x="10" y="130" width="10" height="14" fill="#b8d8e9" stroke="#0072b2"/><text x="24" y="140" font-size="7">Convolution</text></g></svg>`,
  width: 495,
  height: 170,
  level: 1,
  levels: 3,
  warnings: [],
  facts: { layers: 7, parameters: 25_636_712, trainable: 25_583_592, text_floor: 7, smallest_text: 7, page: "CVPR full width, 6.875 in", macs: 3_857_973_248, uncounted: 0, caption: "Architecture of resnet50.", description: "Diagram of a neural network." },
  nodes,
  links: nodes.slice(1).map((node, index) => ({ source: `n${index}`, target: node.id })),
  groups: [
    { id: "g1", kind: "k1", label: "residual_block", parent: null, repeat: 2, folded: true, layers: 2, made: false },
    { id: "g2", kind: "k1", label: "residual_block", parent: null, repeat: 1, folded: true, layers: 2, made: false },
  ],
  legend: [{ key: "type:Conv2D", target: "type", id: "Conv2D", label: "Convolution", fill: "#0072b2", box: { x: 10, y: 130, width: 60, height: 14 } }],
  telling: [],
};
