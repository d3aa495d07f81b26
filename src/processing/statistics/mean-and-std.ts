import { MAX_DISTINCT } from '../limits.ts';
import { product } from './double-double.ts';
import type { Collection, NumberBag, Survey } from './number-bag.ts';

// The mean of a column of numbers and the standard deviation of the sample (n - 1), to 14 digits and more, whatever the
// order of rows and the number of threads. The sums are the kernel's: kernel/end/number-passes.ts and pair-passes.ts.

/** (high + low) / n, rounded once. */
function quotient(high: number, low: number, n: number): number {
  const first = (high + low) / n;
  const [direct, error] = product(first, n);
  const corrected = first + (high - direct - error + low) / n;
  return Number.isFinite(corrected) ? corrected : first;
}

/** The sum without any rounding but the last: growing expansions (Shewchuk 1997), at most some 40 parts. */
class Expansion {
  readonly #parts: number[] = [];
  add(value: number): void {
    let rest = value;
    let kept = 0;
    for (const part of this.#parts) {
      const [large, small] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
      const sum = large + small;
      const error = small - (sum - large);
      if (error !== 0) this.#parts[kept++] = error;
      rest = sum;
    }
    this.#parts.length = kept;
    this.#parts.push(rest);
  }
  /** The sum as two doubles. */
  value(): { high: number; low: number } {
    let high = 0;
    let low = 0;
    for (const part of this.#parts.toReversed()) {
      const sum = high + part;
      low += part - (sum - high);
      high = sum;
    }
    return { high, low };
  }
}

/**
 * A power of two, so that numbers times it are exact, sums of squares of distances stay below the largest double, and
 * those of the smallest numbers above the smallest.
 */
export function momentScale({ min, max }: NumberBag): number {
  const reach = Math.max(Math.abs(min), Math.abs(max));
  if (reach > 1e140) return 2 ** -600;
  if (reach > 0 && reach < 1e-290) return 2 ** 1_000;
  return reach > 0 && reach < 1e-140 ? 2 ** 500 : 1;
}

/** The mean of scaled numbers, and what its rounding leaves out. */
export interface Mean {
  scale: number;
  mean: number;
  rest: number;
}
/**
 * The mean, correct to the last digit or two, from the sums of the first pass. O(1); where digits were cancelled
 * another pass.
 */
export function meanOf({ pairs, stored, count }: NumberBag, scale: number, survey: Survey): Mean {
  let { high, low } = survey;
  // cancellation may have cost digits: error bound m² u² Σ|x| (m additions in a row, u = 2^-53; Ogita, Rump and Oishi
  // 2005) against 1e-16 of the sum. Of numbers of one sign that holds to some 370 million rows. Which numbers are
  // pairs, at most MAX_DISTINCT of them, must not matter
  const additions = Math.min(count, count / stored.lanes + MAX_DISTINCT);
  if (additions * additions * 2 ** -106 * survey.magnitude > 1e-16 * Math.abs(high + low)) {
    const exact = new Expansion();
    for (let i = 0; i < pairs.all.length; i += 2)
      for (const part of product(pairs.all[i]! * scale, pairs.all[i + 1]!)) exact.add(part);
    stored.forEachChunk((values) => {
      for (const value of values) exact.add(value * scale);
      return true;
    });
    ({ high, low } = exact.value());
  }
  const mean = quotient(high, low, count);
  const [direct, error] = product(mean, count);
  return { scale, mean, rest: (high - direct - error + low) / count };
}

/**
 * The sample's standard deviation, from the sums of passes over the distances to the mean; null for one number. O(1).
 */
export function deviationOf({ count, min, max }: NumberBag, { scale }: Mean, sums: Collection): number | null {
  if (count === 1) return null;
  if (min === max) return 0;
  const { high, low, distances } = sums;
  const variance = (high + low - (distances * distances) / count) / (count - 1);
  return Math.sqrt(Math.max(variance, 0)) / scale;
}
