import type { ColumnFacts } from '../profile-types.ts';
import type { KernelThread } from './kernel-thread.ts';

/** Of kernel/text-lengths.ts: counts by length, then the greatest and how many different texts have it, at most 3. */
const LENGTHS = 1_024;
/** Texts that were cut to fewer code points are told by nobody from words. */
const LEAST = 20;
const DIFFERENT = 3;
/** Lengths below the greatest whose counts it is compared with. */
const NEIGHBOURS = 10;

/**
 * How many texts have the greatest length, and how usual the lengths below it are; nothing where no alert can follow: fewer than three
 * different texts of that length, or another length just below it that is as frequent.
 * @param list from the kernel
 * @param max the column's greatest length, numbers and days in it included
 */
export function longestTexts(kernel: KernelThread, list: number, max: number): ColumnFacts['longest'] {
  const counts = kernel.words(list, LENGTHS + 2);
  const [greatest, values] = [counts[LENGTHS]!, counts[LENGTHS + 1]!];
  if (greatest !== max || max < LEAST || max >= LENGTHS - 1 || values < DIFFERENT) return undefined;
  const count = counts[max]!;
  const next = Math.max(...counts.subarray(max - NEIGHBOURS, max));
  const lengths = counts.subarray(Math.ceil(max / 2), max).filter((times) => times > 0).length;
  return count > next ? { count, next, lengths } : undefined;
}
