/** Values and how often each came; the text of one is made when it is asked for. */
export interface CountedValues {
  counts: Float64Array;
  bytes(index: number): Buffer;
}
const TOP = 10;

/**
 * The ten most frequent, of equals those that come first by their bytes. Only the text of those that may be among them
 * is asked for.
 */
export function topValues({ counts, bytes }: CountedValues): { count: number; bytes: Buffer }[] {
  const least = counts.toSorted()[Math.max(counts.length - TOP, 0)] ?? 0;
  const best: { count: number; bytes: Buffer }[] = [];
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count < least || count === 0) continue;
    const one = { count, bytes: bytes(i) };
    let at = best.length;
    for (; at > 0; at--) {
      const other = best[at - 1]!;
      if (other.count > count || (other.count === count && other.bytes.compare(one.bytes) < 0)) break;
    }
    if (at === TOP) continue;
    best.splice(at, 0, one);
    if (best.length > TOP) best.pop();
  }
  return best;
}
