/** A quantile of type 7 (Hyndman & Fan 1996), as numpy's and pandas' default, over sorted values; interpolated as numpy does. */
export function quantile(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  const a = sorted[low]!;
  const b = sorted[Math.min(low + 1, sorted.length - 1)]!;
  const t = h - low;
  const difference = b - a;
  if (!Number.isFinite(difference)) return a * (1 - t) + b * t; // ±1e308: the difference overflows, the result does not
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t;
}
