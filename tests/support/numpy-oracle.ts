/** What numpy documents of its functions, in the plainest way, for lists of finite doubles. */

/** `numpy.linspace(first, last, 21)`: start + i * step, and the last edge is exactly the end. */
function linspace(first: number, last: number): number[] {
  const step = (last - first) / 20;
  // a step that underflows is not used: numpy then divides before it multiplies
  const edges = Array.from({ length: 21 }, (_, i) => (step === 0 ? (i / 20) * (last - first) : i * step) + first);
  edges[20] = last;
  return edges;
}

/**
 * `numpy.histogram(values, bins=20)`; `undefined` where numpy refuses: a range that is no finite double or too narrow.
 */
export function numpyHistogram(values: number[]): { edges: number[]; counts: number[] } | undefined {
  let [first, last] = [Math.min(...values), Math.max(...values)];
  if (first === last) [first, last] = [first - 0.5, last + 0.5];
  if (!Number.isFinite(last - first)) return undefined;
  const edges = linspace(first, last);
  if (edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) return undefined;
  const counts = Array<number>(20).fill(0);
  for (const value of values) {
    let bin = Math.min(Math.trunc(((value - first) / (last - first)) * 20), 19);
    // the quotient may be off by one near an edge: the edges decide
    if (value < edges[bin]!) bin--;
    else if (bin < 19 && value >= edges[bin + 1]!) bin++;
    counts[bin]!++;
  }
  return { edges: edges.map((edge) => edge || 0), counts };
}

/** `numpy.quantile(values, p)`, method "linear" (type 7), interpolated as numpy does it. */
export function numpyQuantile(sorted: number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  const t = at - Math.floor(at);
  return (t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t) || 0;
}
