/** What lies under a point of the page, and what a marquee encloses. Points, y down. */
import type { Box, Drawing } from "../../api/types";
import { find, legendTarget, nodeTarget, type Target } from "../../figure/targets";

interface At {
  x: number;
  y: number;
}

const holds = (box: Box, at: At, slack: number): boolean =>
  at.x >= box.x - slack &&
  at.x <= box.x + box.width + slack &&
  at.y >= box.y - slack &&
  at.y <= box.y + box.height + slack;

/**
 * The target at a point: the smallest glyph, then a legend entry, then what the drawn item
 * under the pointer says it stands for (a connection, the frame of an open group).
 */
export function hit(drawing: Drawing, at: At, slack: number, under: () => Element | null): Target | null {
  const nodes = drawing.nodes.filter((node) => holds(node.box, at, slack));
  const smallest = nodes.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0];
  if (smallest) return nodeTarget(smallest.id);
  const entry = drawing.legend.find((each) => holds(each.box, at, slack));
  if (entry) return legendTarget(entry.key);
  const named = under()?.closest("[data-source]")?.getAttribute("data-source") ?? "";
  return named !== "" && find(drawing, named) ? named : null;
}

/** The nodes that lie wholly inside a rectangle. */
export function enclosed(drawing: Drawing, box: Box): Target[] {
  return drawing.nodes
    .filter(
      ({ box: each }) =>
        each.x >= box.x &&
        each.y >= box.y &&
        each.x + each.width <= box.x + box.width &&
        each.y + each.height <= box.y + box.height,
    )
    .map((node) => nodeTarget(node.id));
}

export function boxOf(drawing: Drawing, target: Target): Box | null {
  const found = find(drawing, target);
  if (found?.kind === "node") return found.node.box;
  if (found?.kind === "legend") return found.entry.box;
  return found?.kind === "frame" ? around(drawing, found.group.id) : null;
}

/** The box around what is drawn of an open group that has no frame of its own. */
function around(drawing: Drawing, id: string): Box | null {
  if (drawing.svg.includes(`data-source="frame:${id}"`)) return null;
  const parents = new Map(drawing.groups.map((group) => [group.id, group.parent]));
  const within = (group: string | null | undefined): boolean =>
    group != null && (group === id || within(parents.get(group)));
  const boxes = drawing.nodes.filter((node) => within(node.group)).map((node) => node.box);
  if (boxes.length === 0) return null;
  const [left, top] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - left,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - top,
  };
}

/** The next glyph in a direction: along the data for left and right, the nearest one for up and down. */
export function neighbour(drawing: Drawing, from: string | null, key: string): Target | null {
  const first = drawing.nodes[0];
  const here = drawing.nodes.find((node) => node.id === from);
  if (!here) return first ? nodeTarget(first.id) : null;
  const middle = (box: Box): At => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const at = middle(here.box);
  const ways: Record<string, (to: At) => number> = {
    ArrowRight: (to) => to.x - at.x,
    ArrowLeft: (to) => at.x - to.x,
    ArrowDown: (to) => to.y - at.y,
    ArrowUp: (to) => at.y - to.y,
  };
  const way = ways[key];
  if (!way) return null;
  const linked =
    key === "ArrowRight"
      ? drawing.links.filter((link) => link.source === from).map((link) => link.target)
      : key === "ArrowLeft"
        ? drawing.links.filter((link) => link.target === from).map((link) => link.source)
        : [];
  const candidates = drawing.nodes
    .filter((node) => node !== here && (linked.includes(node.id) || way(middle(node.box)) > 1))
    .map((node) => {
      const to = middle(node.box);
      const ahead = way(to);
      const aside = Math.hypot(to.x - at.x, to.y - at.y) - Math.abs(ahead);
      const bonus = linked.includes(node.id) ? -1e6 : 0;
      return { id: node.id, cost: Math.abs(ahead) + 3 * aside + bonus };
    })
    .sort((a, b) => a.cost - b.cost);
  const best = candidates[0];
  return best ? nodeTarget(best.id) : null;
}
