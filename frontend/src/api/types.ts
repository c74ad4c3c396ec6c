/** The shapes that the server speaks, named for the page. Units are points (1/72 in). */

export interface Look {
  fill?: string | null;
  label?: string | null;
  hidden?: boolean | null;
  nudge?: [number, number] | null;
}

export interface GroupEdit {
  folded?: boolean | null;
  excluded?: string[];
}

export interface UserGroup {
  id: string;
  label: string;
  layers: string[];
}

export type Match = "type" | "settings" | "shapes" | "scale";

export interface Grouping {
  level: number | null;
  match: Match;
  fuse: boolean;
  groups: Record<string, GroupEdit>;
  kinds: Record<string, GroupEdit>;
  made: UserGroup[];
  removed: string[];
}

export interface Page {
  venue: string;
  column: "one" | "full";
  width: number | null;
  direction: "right" | "down";
  font: string;
  text: number | null;
  background: boolean;
}

export interface Labels {
  channels: "below" | "off";
  extent: "changes" | "all" | "off";
  kernel: "inside" | "off";
  names: "below" | "off";
}

export type Measure = "log2" | "sqrt" | "linear" | "fixed";

export interface Scale {
  height: Measure;
  width: Measure;
  tallest: number;
  widest: number;
}

export interface FigureSpec {
  version: number;
  style: string;
  title: string;
  page: Page;
  palette: string;
  labels: Labels;
  legend: "below" | "off";
  scale: Scale;
  grouping: Grouping;
  types: Record<string, Look>;
  layers: Record<string, Look>;
  kinds: Record<string, Look>;
  groups: Record<string, Look>;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface DrawnNode {
  id: string;
  kind: "layer" | "group";
  title: string;
  type: string;
  detail: string[];
  box: Box;
  layers: string[];
  lines: number[];
  group: string | null;
  group_kind: string | null;
  repeat: number;
  fill: string;
  look: string;
}

export interface DrawnLink {
  source: string;
  target: string;
}

export interface DrawnGroup {
  id: string;
  kind: string;
  label: string;
  parent: string | null;
  repeat: number;
  folded: boolean;
  layers: number;
  made: boolean;
}

export interface LegendEntry {
  key: string;
  target: "type" | "kind";
  id: string;
  label: string;
  fill: string;
  box: Box;
}

export interface Facts {
  layers: number;
  parameters: number;
  trainable: number;
  text_floor: number;
  smallest_text: number;
  page: string;
}

export interface Drawing {
  svg: string;
  width: number;
  height: number;
  level: number;
  levels: number;
  warnings: string[];
  facts: Facts;
  nodes: DrawnNode[];
  links: DrawnLink[];
  groups: DrawnGroup[];
  legend: LegendEntry[];
}

export interface Source {
  kind: "keras";
  code: string;
}

export interface FoundModel {
  name: string;
  variable: string | null;
  class: string;
  layers: number;
  parameters: number;
  line: number | null;
  contained: boolean;
}

export interface Notice {
  code: string;
  message: string;
  line: number | null;
}

export interface RunError extends Notice {
  hint: string;
}

export interface Figure {
  id: string;
  view_url: string;
  edit_url?: string | null;
  edit_token?: string | null;
  source: Source;
  model: number;
  models: FoundModel[];
  warnings: Notice[];
  error: RunError | null;
  output: string;
  spec: FigureSpec;
  drawing: Drawing;
  updated: string;
  /** The version, as the ETag header would name it. */
  etag: string;
}

export interface Example {
  id: string;
  title: string;
  code: string;
}
