import type { Buckets, DoubleDouble, RankedNumbers } from './number-bag.ts';

/** Adds to a sum of two doubles (Knuth's two-sum). */
export function addTo(sum: DoubleDouble, value: number): void {
  const high = sum.high + value;
  const part = high - sum.high;
  sum.low += sum.high - (high - part) + (value - part);
  sum.high = high;
}

/** Numbers in an array: the buckets of a large column. */
export class ListedNumbers implements RankedNumbers {
  readonly #values: Float64Array;
  constructor(values: Float64Array) {
    this.#values = values;
  }
  countBuckets(buckets: Buckets): Uint32Array {
    const counts = new Uint32Array(buckets.count);
    for (const value of this.#values) counts[buckets.of(value)]!++;
    return counts;
  }
  gather(buckets: Buckets, wanted: Uint8Array): Float64Array {
    return this.#values.filter((value) => wanted[buckets.of(value)] === 1);
  }
  forEachChunk(visit: (values: Float64Array) => void): void {
    visit(this.#values);
  }
}
