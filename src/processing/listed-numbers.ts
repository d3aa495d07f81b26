import type { Buckets, DoubleDouble, StoredNumbers } from './number-bag.ts';
import type { Histogram } from './numpy-histogram.ts';

/** Adds to a sum of two doubles (Knuth's two-sum). */
export function addTo(sum: DoubleDouble, value: number): void {
  const high = sum.high + value;
  const part = high - sum.high;
  sum.low += sum.high - (high - part) + (value - part);
  sum.high = high;
}

/** Numbers in an array: the buckets of a large column, and what tests compare with. */
export class ListedNumbers implements StoredNumbers {
  readonly #values: Float64Array;
  constructor(values: Float64Array) {
    this.#values = values;
  }
  sum(scale: number): DoubleDouble & { magnitude: number } {
    const sum = { high: 0, low: 0, magnitude: 0 };
    for (const value of this.#values) {
      addTo(sum, value * scale);
      sum.magnitude += Math.abs(value * scale);
    }
    return sum;
  }
  squares(scale: number, mean: number, rest: number): DoubleDouble & { distances: number } {
    const sum = { high: 0, low: 0, distances: 0 };
    for (const value of this.#values) {
      const distance = value * scale - mean - rest;
      addTo(sum, distance * distance);
      sum.distances += distance;
    }
    return sum;
  }
  countBuckets(buckets: Buckets): Uint32Array {
    const counts = new Uint32Array(buckets.count);
    for (const value of this.#values) counts[buckets.of(value)]!++;
    return counts;
  }
  gather(buckets: Buckets, wanted: Uint8Array): Float64Array {
    return this.#values.filter((value) => wanted[buckets.of(value)] === 1);
  }
  spread(histogram: Histogram, lowerFence: number, upperFence: number) {
    let zeros = 0;
    let negatives = 0;
    let outside = 0;
    for (const value of this.#values) {
      histogram.counts[histogram.binOf(value)]!++;
      if (value === 0) zeros++;
      if (value < 0) negatives++;
      if (value < lowerFence || value > upperFence) outside++;
    }
    return { zeros, negatives, outside };
  }
  forEachChunk(visit: (values: Float64Array) => void): void {
    visit(this.#values);
  }
}
