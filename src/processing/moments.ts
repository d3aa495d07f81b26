import { addTo } from './listed-numbers.ts';
import type { Collection, NumberBag, Survey } from './number-bag.ts';

/** A double as two halves of 26 bits (Veltkamp). */
function halves(value: number): [number, number] {
  const scaled = value * 134_217_729;
  const high = scaled - (scaled - value);
  return [high, value - high];
}
/** value * count and what rounding lost of it (Dekker's product). */
function product(value: number, count: number): [number, number] {
  const direct = value * count;
  const [a, b] = halves(value);
  const [c, d] = halves(count);
  const error = a * c - direct + a * d + b * c + b * d;
  return [direct, Number.isFinite(error) ? error : 0]; // splitting overflows beyond 1e300
}
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
 * A power of two, so that numbers times it are exact, sums of squares of distances stay below the largest double, and those of the
 * smallest numbers above the smallest.
 */
export function momentScale({ min, max }: NumberBag): number {
  const reach = Math.max(Math.abs(min), Math.abs(max));
  if (reach > 1e140) return 2 ** -600;
  if (reach > 0 && reach < 1e-290) return 2 ** 1_000;
  return reach > 0 && reach < 1e-140 ? 2 ** 500 : 1;
}

/** A mean of scaled numbers, and what its rounding leaves out. */
export interface Mean {
  scale: number;
  mean: number;
  rest: number;
}
/** The mean to the last digit or two, from the pairs and what a pass over the stored numbers summed. O(pairs); seldom another pass. */
export function meanOf({ pairs, stored, count }: NumberBag, scale: number, survey: Survey): Mean {
  const sum = { high: survey.high, low: survey.low };
  let { magnitude } = survey;
  pairs.values.forEach((value, i) => {
    const [direct, error] = product(value * scale, pairs.counts[i]!);
    addTo(sum, direct);
    sum.low += error;
    magnitude += Math.abs(direct);
  });
  let { high, low } = sum;
  // cancellation may have cost digits: error bound n² u² Σ|x| (u = 2^-53) against 1e-16 of the sum
  if (count * count * 2 ** -106 * magnitude > 1e-16 * Math.abs(high + low)) {
    const exact = new Expansion();
    pairs.values.forEach((value, i) => {
      for (const part of product(value * scale, pairs.counts[i]!)) exact.add(part);
    });
    stored.forEachChunk((values) => {
      for (const value of values) exact.add(value * scale);
    });
    ({ high, low } = exact.value());
  }
  const mean = quotient(high, low, count);
  const [direct, error] = product(mean, count);
  return { scale, mean, rest: (high - direct - error + low) / count };
}

/** The sample's standard deviation, from the pairs and a pass over the stored numbers' distances to the mean; null for one number. O(pairs). */
export function deviationOf({ count, pairs, min, max }: NumberBag, at: Mean, collection: Collection): number | null {
  if (count === 1) return null;
  if (min === max) return 0;
  const squares = { high: collection.high, low: collection.low };
  let { distances } = collection;
  pairs.values.forEach((value, i) => {
    const distance = value * at.scale - at.mean - at.rest;
    const times = pairs.counts[i]!;
    distances += distance * times;
    // nothing rounded per pair: which numbers are pairs depends on how busy the threads' table was, the result must not
    const [direct, error] = product(distance * distance, times);
    addTo(squares, direct);
    squares.low += error;
  });
  const variance = (squares.high + squares.low - (distances * distances) / count) / (count - 1);
  return Math.sqrt(Math.max(variance, 0)) / at.scale;
}
