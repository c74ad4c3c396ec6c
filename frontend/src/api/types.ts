/**
 * The shapes that the server speaks, by the page's names for them; they are those of the published
 * schema (schema.ts is generated). Units are points (1/72 in).
 */
import type { components } from "./schema";

type Schemas = components["schemas"];

/** While it is edited a look may leave out what it does not change. */
export type Look = Partial<Schemas["Look"]>;
export type GroupEdit = Partial<Schemas["GroupEdit"]>;
export type UserGroup = Schemas["UserGroup"];
export type Grouping = Omit<Schemas["Grouping"], "groups" | "kinds"> & {
  groups: Record<string, GroupEdit>;
  kinds: Record<string, GroupEdit>;
};
export type Match = Grouping["match"];
export type Labels = Schemas["Labels"];
export type Scale = Schemas["Scale"];
export type Measure = Scale["height"];

/** The server's menus say which venues, fonts, palettes and styles there are; the page takes any name. */
export type Page = Omit<Schemas["Page"], "venue" | "font"> & { venue: string; font: string };
type Looks = Record<"types" | "layers" | "kinds" | "groups", Record<string, Look>>;
export type FigureSpec = Omit<
  Schemas["FigureSpec"],
  "grouping" | "page" | "palette" | "style" | keyof Looks
> &
  Looks & { grouping: Grouping; page: Page; palette: string; style: string };

export type Box = Schemas["Bounds"];
export type DrawnNode = Schemas["DrawnNode"];
export type DrawnLink = Schemas["DrawnLink"];
export type DrawnGroup = Schemas["DrawnGroup"];
export type LegendEntry = Schemas["DrawnLegend"];
export type Facts = Schemas["Facts"];
export type Drawing = Schemas["DrawingWire"];
export type Telling = Schemas["Telling"];
export type LayerTable = Schemas["TableWire"];
export type LayerRow = Schemas["TableRow"];
export type Judgement = Schemas["SelectionWire"];
export type Source = Schemas["Source"];
export type FoundModel = Schemas["FoundModel"];
export type Notice = Schemas["Notice"];
export type RunError = Schemas["Fault"];
export type Figure = Omit<Schemas["Figure"], "spec"> & { spec: FigureSpec };
export type Example = Schemas["Example"];
export type StageEvent = Schemas["StageEvent"];
export type Stage = StageEvent["stage"];

export type Choice = Schemas["Choice"];
export type Venue = Schemas["Venue"];
export type Palette = Schemas["Palette"];
export type Meta = Schemas["Meta"];
