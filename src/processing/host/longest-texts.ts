import { LENGTHS, MOST_DIFFERENT } from '../kernel/border/limits.ts';
import type { ColumnFacts } from '../profile-types.ts';
import type { KernelThread } from './kernel-thread.ts';

/** A greatest length below this many code points is not taken for a cut: words have such lengths, too. */
const LEAST = 20;
/** Lengths below the greatest whose counts it is compared with. */
const NEIGHBOURS = 10;

/**
 * How many texts have the greatest length, and how frequent the lengths below it are: the alert on texts that were cut
 * is decided by it. Undefined where that alert cannot follow: fewer than three different texts have the greatest
 * length, or one of the ten lengths below it is as frequent.
 * @param list where the kernel's list of lengths is
 * @param max the column's greatest length, numbers and days in it included
 */
export function longestTexts(kernel: KernelThread, list: number, max: number): ColumnFacts['longest'] {
  const counts = kernel.words(list, LENGTHS + 2);
  const [greatest, values] = [counts[LENGTHS]!, counts[LENGTHS + 1]!];
  if (greatest !== max || max < LEAST || max >= LENGTHS - 1 || values < MOST_DIFFERENT) return undefined;
  const count = counts[max]!;
  const next = Math.max(...counts.subarray(max - NEIGHBOURS, max));
  const lengths = counts.subarray(Math.ceil(max / 2), max).filter((times) => times > 0).length;
  return count > next ? { count, next, lengths } : undefined;
}
