/** What grouping found most of. */
import type { DrawnGroup } from "../../api/types";

/** The label with the most blocks, counting every block of a run once; null where nothing repeats. */
export function mostFound(groups: readonly DrawnGroup[]): { label: string; count: number } | null {
  const counts = new Map<string, number>();
  const kinds = new Map(groups.map((group) => [group.id, group.kind]));
  for (const group of groups)
    if (!group.made && (group.parent === null || kinds.get(group.parent) !== group.kind)) counts.set(group.label, (counts.get(group.label) ?? 0) + group.repeat);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] > 1 ? { label: best[0], count: best[1] } : null;
}
