// Faults of the figure in this document, from what the browser has laid out and painted.
() => {
  const SLACK = 0.25; // points by which things may touch: below what print shows
  const svg = document.querySelector("svg");
  const page = svg.viewBox.baseVal;
  const source = (element) => element.closest("[data-source]")?.dataset.source ?? "";
  const brush = document.createElement("canvas").getContext("2d");

  // The ink of a line: its place and length from the layout, its height from the font itself.
  const inked = (text) => {
    const style = getComputedStyle(text);
    brush.font = `${style.fontStyle} ${style.fontWeight} 100px ${style.fontFamily}`;
    const ink = brush.measureText(text.textContent);
    const size = parseFloat(text.getAttribute("font-size")) / 100;
    const box = text.getBBox();
    const base = parseFloat(text.getAttribute("y"));
    return {
      x: box.x, right: box.x + box.width, string: text.textContent, source: source(text),
      y: base - ink.actualBoundingBoxAscent * size, bottom: base + ink.actualBoundingBoxDescent * size,
    };
  };
  const meet = (a, b, slack) =>
    Math.min(a.right, b.right) - Math.max(a.x, b.x) > slack &&
    Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y) > slack;
  const boxed = (shape) => {
    const box = shape.getBBox();
    return { x: box.x, y: box.y, right: box.x + box.width, bottom: box.y + box.height };
  };
  const outside = (box) =>
    box.x < -SLACK || box.y < -SLACK || box.right > page.width + SLACK || box.bottom > page.height + SLACK;
  const point = (x, y) => Object.assign(svg.createSVGPoint(), { x, y });

  const faults = [];
  const shapes = [...svg.querySelectorAll("path, rect")];
  for (const shape of shapes) if (outside(boxed(shape))) faults.push(`${source(shape)} leaves the page`);

  const glyphs = new Map();
  for (const shape of shapes) {
    const owner = source(shape);
    if (owner.startsWith("node:") && shape.getAttribute("fill") !== "none" && !glyphs.has(owner))
      glyphs.set(owner, { owner, shape, box: boxed(shape) });
  }
  const covers = (glyph, x, y) =>
    x > glyph.box.x && x < glyph.box.right && y > glyph.box.y && y < glyph.box.bottom &&
    glyph.shape.isPointInFill(point(x, y));

  const texts = [...svg.querySelectorAll("text")].map(inked);
  texts.forEach((text, i) => {
    if (outside(text)) faults.push(`text ${text.string} leaves the page`);
    for (const other of texts.slice(i + 1))
      if (meet(text, other, SLACK)) faults.push(`text ${text.string} over text ${other.string}`);
    for (const glyph of glyphs.values()) {
      if (glyph.owner === text.source || !meet(text, glyph.box, SLACK)) continue;
      for (let k = 0; k <= 8; k++) {
        const x = text.x + SLACK + ((text.right - text.x - 2 * SLACK) * k) / 8;
        if ([text.y + SLACK, (text.y + text.bottom) / 2, text.bottom - SLACK].some((y) => covers(glyph, x, y))) {
          faults.push(`text ${text.string} over ${glyph.owner}`);
          break;
        }
      }
    }
  });

  for (const shape of shapes) {
    const owner = source(shape);
    if (!owner.startsWith("link:") || shape.getAttribute("fill") !== "none") continue;
    const own = owner.slice(5).split(">").map((id) => `node:${id}`);
    const found = new Set();
    const length = shape.getTotalLength();
    for (let at = 0.5; at < length; at += 0.5) {
      const { x, y } = shape.getPointAtLength(at);
      for (const glyph of glyphs.values())
        if (!own.includes(glyph.owner) && covers(glyph, x, y)) found.add(glyph.owner);
      for (const text of texts)
        if (x > text.x && x < text.right && y > text.y && y < text.bottom) found.add(`text ${text.string}`);
    }
    for (const what of found) faults.push(`${owner} through ${what}`);
  }
  return { faults, texts: texts.length, glyphs: glyphs.size, fonts: [...document.fonts].map((f) => f.status) };
}
