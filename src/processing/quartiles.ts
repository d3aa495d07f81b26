/** Between two neighbours a <= b, t of the way; as numpy interpolates. */
export function interpolate(a: number, b: number, t: number): number {
  const difference = b - a;
  if (!Number.isFinite(difference)) return a * (1 - t) + b * t; // ±1e308: the difference overflows, the result does not
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t;
}

/** A quantile of type 7 (Hyndman & Fan 1996), as numpy's and pandas' default, over sorted values. */
export function quantile(sorted: Float64Array, p: number): number {
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  return interpolate(sorted[low]!, sorted[Math.min(low + 1, sorted.length - 1)]!, h - low);
}
