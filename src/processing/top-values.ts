/** A value as bytes, and how often it came. */
export interface CountedValue {
  count: number;
  bytes: () => Buffer;
}
const TOP = 10;

/** The ten most frequent, of equals those that come first by their bytes. Only the text of those that may be among them is asked for. */
export function topValues(values: CountedValue[]): { count: number; bytes: Buffer }[] {
  const counts = Float64Array.from(values, ({ count }) => -count).sort();
  const least = -(counts[Math.min(TOP, counts.length) - 1] ?? 0);
  return values
    .filter(({ count }) => count >= least)
    .map(({ count, bytes }) => ({ count, bytes: bytes() }))
    .sort((a, b) => b.count - a.count || a.bytes.compare(b.bytes))
    .slice(0, TOP);
}
