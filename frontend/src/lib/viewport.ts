/**
 * Where the page lies on the canvas and how large: pure arithmetic, and a holder that tells its
 * listeners. Zoom 1 is true size: one point is 96/72 CSS pixels.
 */

export interface View {
  /** Canvas position of the page's top left corner, CSS pixels. */
  x: number;
  y: number;
  zoom: number;
}

export interface Size {
  width: number;
  height: number;
}

export const PIXELS_PER_POINT = 96 / 72;
const SMALLEST = 0.05;
const LARGEST = 24;
const LARGEST_FIT = 2;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** CSS pixels of one point at this view. */
export const scaleOf = (view: View): number => view.zoom * PIXELS_PER_POINT;

/** Zooms by a factor about a point of the canvas, which stays where it is. */
export function zoomAbout(view: View, factor: number, at: { x: number; y: number }): View {
  const zoom = clamp(view.zoom * factor, SMALLEST, LARGEST);
  const ratio = zoom / view.zoom;
  return { zoom, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** The whole page centred with a margin (CSS pixels), at most at twice its true size. */
export function fit(page: Size, area: Size, margin: number): View {
  const room = { width: Math.max(40, area.width - 2 * margin), height: Math.max(40, area.height - 2 * margin) };
  const zoom = clamp(
    Math.min(room.width / page.width, room.height / page.height) / PIXELS_PER_POINT,
    SMALLEST,
    LARGEST_FIT,
  );
  return centred(page, area, zoom);
}

export function centred(page: Size, area: Size, zoom: number): View {
  const scale = zoom * PIXELS_PER_POINT;
  return { zoom, x: (area.width - page.width * scale) / 2, y: (area.height - page.height * scale) / 2 };
}

/** A canvas position as a point of the page. */
export function toPage(view: View, at: { x: number; y: number }): { x: number; y: number } {
  const scale = scaleOf(view);
  return { x: (at.x - view.x) / scale, y: (at.y - view.y) / scale };
}

export class Viewport {
  private size: Size = { width: 0, height: 0 };
  private listeners = new Set<() => void>();
  private ways = { fit: (): void => undefined, actual: (): void => undefined };

  /** Told by the canvas, which knows its own size: how to show the whole page, and its true size. */
  learn(ways: { fit: () => void; actual: () => void }): void {
    this.ways = ways;
  }

  fitPage(): void {
    this.ways.fit();
  }

  showActual(): void {
    this.ways.actual();
  }

  /** The canvas, CSS pixels; told by the canvas, so that nothing needs to measure it while it moves. */
  get room(): Size {
    return this.size;
  }

  measured(size: Size): void {
    this.size = size;
  }

  /** Whether the view follows the page (fits it again when sizes change). */
  fitted = true;

  constructor(private view: View = { x: 0, y: 0, zoom: 1 }) {}

  get = (): View => this.view;

  set(view: View, fitted = false): void {
    this.view = view;
    this.fitted = fitted;
    for (const listener of this.listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  };
}
