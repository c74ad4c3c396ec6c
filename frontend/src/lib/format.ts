/** Numbers as people read them. */

/** 25636712 -> "25.6 M", 70400 -> "70,400"; `digits` after the point, fewer for larger numbers. */
export function formatCount(value: number, digits = 1): string {
  for (const [size, unit] of [[1e12, "T"], [1e9, "G"], [1e6, "M"]] as const)
    if (value >= size) return `${(value / size).toFixed(value >= 100 * size ? digits - 1 : digits)} ${unit}`;
  return value.toLocaleString("en");
}

/** Bytes as "1.2 kB", "147.9 MB" (powers of 1000). */
export function formatBytes(value: number): string {
  for (const [size, unit] of [[1e12, "TB"], [1e9, "GB"], [1e6, "MB"], [1e3, "kB"]] as const)
    if (value >= size) return `${(value / size).toFixed(value >= 100 * size ? 0 : 1)} ${unit}`;
  return `${value} B`;
}

/** Seconds as "0.21 s" or "18 ms". */
export function formatDuration(seconds: number): string {
  if (seconds < 0.1) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  return `${seconds.toFixed(seconds < 10 ? 2 : 0)} s`;
}

/** Points as inches with at most three decimals: 495 -> "6.875 in". */
export function formatInches(points: number): string {
  return `${Number((points / 72).toFixed(3))} in`;
}

/** A file name made of a title: letters, digits, - and _. */
export function fileName(title: string): string {
  const plain = title.normalize("NFKD").replace(/[^\w-]+/g, "-").replace(/^-+|-+$/g, "");
  return plain.slice(0, 60) || "figure";
}
