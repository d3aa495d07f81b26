import { quantile } from './quartiles.ts';

const finite = (value: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

/** Tukey's fences, 1.5 interquartile ranges outside the quartiles, and how many values lie outside. O(n) over sorted values. */
export function outliersOf(sorted: Float64Array): { count: number; lowerFence: number; upperFence: number } {
  const q1 = quantile(sorted, 0.25);
  const q3 = quantile(sorted, 0.75);
  const iqr = q3 - q1;
  const lowerFence = finite(q1 - 1.5 * iqr);
  const upperFence = finite(q3 + 1.5 * iqr);
  let below = 0;
  while (below < sorted.length && sorted[below]! < lowerFence) below++;
  let above = 0;
  while (above < sorted.length - below && sorted[sorted.length - 1 - above]! > upperFence) above++;
  return { count: below + above, lowerFence, upperFence };
}
