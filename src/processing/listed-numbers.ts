import type { Buckets, Collection, DoubleDouble, StoredNumbers, Survey } from './number-bag.ts';
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
  survey(scale: number, buckets: Buckets | undefined, histogram: Histogram): Survey {
    const counts = buckets && new Uint32Array(buckets.count);
    const sum = { high: 0, low: 0, magnitude: 0, zeros: 0, negatives: 0, buckets: counts };
    for (const value of this.#values) {
      addTo(sum, value * scale);
      sum.magnitude += Math.abs(value * scale);
      if (value === 0) sum.zeros++;
      if (value < 0) sum.negatives++;
      histogram.counts[histogram.binOf(value)]!++;
      if (counts) counts[buckets.of(value)]!++;
    }
    return sum;
  }
  collect(scale: number, mean: number, rest: number, wanted?: { buckets: Buckets; wanted: Uint8Array }): Collection {
    const sum = { high: 0, low: 0, distances: 0 };
    for (const value of this.#values) {
      const distance = value * scale - mean - rest;
      addTo(sum, distance * distance);
      sum.distances += distance;
    }
    const gathered = wanted
      ? this.#values.filter((value) => wanted.wanted[wanted.buckets.of(value)] === 1)
      : new Float64Array();
    return { ...sum, gathered };
  }
  countOutside(lowerFence: number, upperFence: number): number {
    return this.#values.filter((value) => value < lowerFence || value > upperFence).length;
  }
  forEachChunk(visit: (values: Float64Array) => void): void {
    visit(this.#values);
  }
}
