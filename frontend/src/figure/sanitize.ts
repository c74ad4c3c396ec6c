/**
 * The server's drawing as an element that is safe to adopt into the page: known elements and
 * attributes alone. Names in a network are a stranger's; this is the second wall after the
 * exporter's own escaping.
 */

const ELEMENTS = new Set([
  "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
  "defs", "pattern", "marker", "clipPath", "linearGradient", "stop", "title", "desc", "use",
]);

const ATTRIBUTES = new Set([
  "id", "class", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width",
  "height", "viewBox", "d", "points", "transform", "fill", "fill-opacity", "fill-rule", "stroke",
  "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-opacity",
  "stroke-miterlimit", "opacity", "font-family", "font-size", "font-weight", "font-style",
  "text-anchor", "textLength", "lengthAdjust", "letter-spacing", "xml:space", "role", "aria-label",
  "clip-path", "marker-end", "marker-start", "markerWidth", "markerHeight", "markerUnits", "orient",
  "refX", "refY", "patternUnits", "patternTransform", "patternContentUnits", "offset", "stop-color",
  "preserveAspectRatio", "version", "text-rendering", "fill-rule", "dominant-baseline", "data-source", "data-label",
]);

const LOCAL = /^url\(#[\w.:-]+\)$/;

function clean(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    if (name === "xmlns" || name.startsWith("xmlns:")) continue;
    const local = (name === "href" || name === "xlink:href") && value.startsWith("#");
    const known = ATTRIBUTES.has(name) && (!/url\(/i.test(value) || LOCAL.test(value));
    if (!local && !known) element.removeAttribute(name);
  }
  for (const child of [...element.children]) {
    if (ELEMENTS.has(child.localName) && child.namespaceURI === SVG) clean(child);
    else child.remove();
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** The root's own style, set by the page's style sheet here: merely parsing it breaks the policy. */
const ROOT_STYLE = /^(\s*<svg\b[^>]*?)\sstyle="[^"]*"/;

/** Parses and cleans; null when the text is not an SVG document. */
export function parseDrawing(markup: string): SVGSVGElement | null {
  const parsed = new DOMParser().parseFromString(markup.replace(ROOT_STYLE, "$1"), "image/svg+xml");
  const root = parsed.documentElement;
  if (root.localName !== "svg" || parsed.querySelector("parsererror")) return null;
  clean(root);
  return document.importNode(root, true) as unknown as SVGSVGElement;
}
