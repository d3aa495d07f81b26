/**
 * Between two neighbours a <= b, t of the way; as numpy interpolates: quartiles are of type 7
 * (Hyndman & Fan 1996), numpy's and pandas' default, between the values at floor and ceiling of (n - 1) * p.
 */
export function interpolate(a: number, b: number, t: number): number {
  const difference = b - a;
  if (!Number.isFinite(difference)) return a * (1 - t) + b * t; // ±1e308: the difference overflows, the result does not
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t;
}
