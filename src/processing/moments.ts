import { addTo } from './listed-numbers.ts';
import type { NumberBag } from './number-bag.ts';

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

/** Of all numbers * scale, as two doubles, with what the stored ones' pass counts by the way. */
function sumOf({ pairs, stored, count }: NumberBag, scale: number) {
  const sum = stored.sum(scale);
  const { zeros, negatives } = sum;
  let { magnitude } = sum;
  pairs.values.forEach((value, i) => {
    const [direct, error] = product(value * scale, pairs.counts[i]!);
    addTo(sum, direct);
    sum.low += error;
    magnitude += Math.abs(direct);
  });
  const { high, low } = sum;
  // cancellation may have cost digits: error bound n² u² Σ|x| (u = 2^-53) against 1e-16 of the sum
  if (!(count * count * 2 ** -106 * magnitude > 1e-16 * Math.abs(high + low))) return { high, low, zeros, negatives };
  const exact = new Expansion();
  pairs.values.forEach((value, i) => {
    for (const part of product(value * scale, pairs.counts[i]!)) exact.add(part);
  });
  stored.forEachChunk((values) => {
    for (const value of values) exact.add(value * scale);
  });
  return { ...exact.value(), zeros, negatives };
}

/**
 * The arithmetic mean to the last digit or two, and the sample's standard deviation by a second pass over the distances to the mean
 * (null for one number); of the stored numbers also how many are zero and below. Finite also where sums are not. O(n), no memory.
 */
export function momentsOf(bag: NumberBag): { mean: number; std: number | null; zeros: number; negatives: number } {
  const { count, pairs, stored, min, max } = bag;
  // a power of two is exact; sums of squares of distances stay below the largest double
  const reach = Math.max(Math.abs(min), Math.abs(max));
  let scale = 1;
  if (reach > 1e140) scale = 2 ** -600;
  else if (reach > 0 && reach < 1e-290) scale = 2 ** 1_000;
  else if (reach > 0 && reach < 1e-140) scale = 2 ** 500;
  const { high, low, zeros, negatives } = sumOf(bag, scale);
  const mean = quotient(high, low, count);
  if (min === max) return { mean: min, std: count === 1 ? null : 0, zeros, negatives };
  // what the rounded mean leaves out
  const [direct, error] = product(mean, count);
  const rest = (high - direct - error + low) / count;
  const squares = stored.squares(scale, mean, rest);
  let { distances } = squares;
  pairs.values.forEach((value, i) => {
    const distance = value * scale - mean - rest;
    const times = pairs.counts[i]!;
    distances += distance * times;
    addTo(squares, distance * distance * times);
  });
  const variance = (squares.high + squares.low - (distances * distances) / count) / (count - 1);
  const std = count === 1 ? null : Math.sqrt(Math.max(variance, 0)) / scale;
  return { mean: mean / scale || 0, std, zeros, negatives };
}
