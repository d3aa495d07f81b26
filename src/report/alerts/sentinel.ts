import type { Value } from '../../processing/profile-types.ts';
import type { ColumnReport, Outliers } from '../document.ts';
import { THRESHOLDS as T } from './thresholds.ts';

export interface Sentinel {
  value: Value;
  /** How often it occurs. */
  times: number;
  /** The value nearest to it. */
  next: Value;
  side: 'highest' | 'lowest';
}

/** Ends of integer types, which programs write where they have no value. */
const TYPE_ENDS: ReadonlySet<number> = new Set([32_767, 65_535, 2_147_483_647, 4_294_967_295, -32_768, -2_147_483_648]);

/**
 * A number that may stand for a missing value: the greatest or least of a column, several times, far from all others,
 * and written as programs write such a value: nines, the end of an integer type, or the only negative number.
 * @param ranges how far a number lies from its quartile, in interquartile ranges
 */
export function sentinelOf(
  { top_values }: ColumnReport,
  outliers: Outliers,
  ranges: (value: number) => number,
): Sentinel | undefined {
  const { count, upper_fence, lower_fence, examples, above, below } = outliers;
  const areAll = examples.length === count;
  for (const side of ['highest', 'lowest'] as const) {
    const isThere = (value: Value) => (side === 'highest' ? Number(value) > upper_fence : Number(value) < lower_fence);
    const those = examples.filter(({ value }) => isThere(value));
    const value = those[0]?.value; // the farthest comes first
    if (value === undefined) continue;
    const same = those.filter((other) => Number(other.value) === Number(value)).length;
    const top = top_values.find((other) => Number(other.value) === Number(value));
    const times = areAll ? same : Math.max(top?.count ?? 0, same);
    const onSide = areAll ? those.length : (side === 'highest' ? above : below)?.count;
    const inside = side === 'highest' ? outliers.highest_inside : outliers.lowest_inside;
    const next = onSide === times ? inside : those[same]?.value;
    if (next === undefined || times < T.sentinelTimes) continue;
    const far = Math.max(ranges(Number(next)), T.outerFence / 2);
    if (ranges(Number(value)) < far * T.sentinelRanges || !isPlaceholder(Number(value), Number(next))) continue;
    return { value, times, next, side };
  }
  return undefined;
}

const isPlaceholder = (value: number, next: number): boolean =>
  /^-?99+(?:\.9+)?$/.test(String(value)) || TYPE_ENDS.has(value) || (value < 0 && next >= 0);
