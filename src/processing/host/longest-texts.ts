import { LENGTHS, MOST_DIFFERENT } from '../kernel/border/limits.ts';
import type { ColumnFacts } from '../profile-types.ts';
import type { KernelThread } from './kernel-thread.ts';

/** Texts that were cut to fewer code points cannot be distinguished from words. */
const LEAST = 20;
/** Lengths below the greatest whose counts it is compared with. */
const NEIGHBOURS = 10;

/**
 * How many texts have the greatest length, and how usual the lengths below it are; nothing where no alert can follow:
 * fewer than three different texts of that length, or another length just below it that is as frequent.
 * @param list from the kernel
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
