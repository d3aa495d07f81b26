import { addTo, ListedNumbers } from '../../../src/processing/listed-numbers.ts';
import type { DoubleDouble, StoredNumbers } from '../../../src/processing/number-bag.ts';
import type { Histogram } from '../../../src/processing/numpy-histogram.ts';

/** Numbers in an array, each pass one by one: what the passes of the kernel are compared with. */
export class PlainNumbers extends ListedNumbers implements StoredNumbers {
  readonly #values: Float64Array;
  constructor(values: Float64Array) {
    super(values);
    this.#values = values;
  }
  sum(scale: number) {
    const sum = { high: 0, low: 0, magnitude: 0, zeros: 0, negatives: 0 };
    for (const value of this.#values) {
      addTo(sum, value * scale);
      sum.magnitude += Math.abs(value * scale);
      if (value === 0) sum.zeros++;
      if (value < 0) sum.negatives++;
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
  countBins(histogram: Histogram): void {
    for (const value of this.#values) histogram.counts[histogram.binOf(value)]!++;
  }
  countOutside(lowerFence: number, upperFence: number): number {
    return this.#values.filter((value) => value < lowerFence || value > upperFence).length;
  }
}
