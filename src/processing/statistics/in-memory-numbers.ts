import { SIDE_BINS } from '../limits.ts';
import { addTo, product } from './double-double.ts';
import type { Bins } from './histogram.ts';
import type { Buckets, Collection, CountedNumbers, OutlierBins, Outside, StoredNumbers, Survey } from './number-bag.ts';
import { noneOutside } from './outliers.ts';

/** Counts a number that came so many times, as a third pass does. */
function place(value: number, times: number, to: Outside, { lowerFence, upperFence, below, above }: OutlierBins): void {
  let bin = 0;
  if (value < lowerFence) {
    while (bin < SIDE_BINS - 1 && value <= below[bin]!) bin++;
    to.below[bin]! += times;
  } else if (value > upperFence) {
    while (bin < SIDE_BINS - 1 && value >= above[bin]!) bin++;
    to.above[bin]! += times;
  } else {
    to.lowestInside = Math.min(to.lowestInside, value);
    to.highestInside = Math.max(to.highestInside, value);
  }
}

/** Numbers in an array: those of one bucket of a large column. Tests compare the kernel's passes with these. */
export class ListedNumbers implements StoredNumbers {
  readonly lanes = 1;
  readonly #values: Float64Array;
  constructor(values: Float64Array) {
    this.#values = values;
  }
  survey(scale: number, buckets: Buckets | undefined, histogram: Bins): Survey {
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
  outside(bins: OutlierBins): Outside {
    const found = noneOutside();
    for (const value of this.#values) place(value, 1, found, bins);
    return found;
  }
  countBins(bins: Bins): void {
    for (const value of this.#values) bins.counts[bins.binOf(value)]!++;
  }
  forEachChunk(visit: (values: Float64Array) => boolean): void {
    visit(this.#values);
  }
}

/**
 * Pairs in an array: those of one bucket of a large column. Tests compare the kernel's passes with these. O(pairs)
 * each.
 */
export class ListedPairs implements CountedNumbers {
  readonly all: Float64Array;
  /** @param all value, count, value, count … */
  constructor(all: Float64Array) {
    this.all = all;
  }
  survey(stored: Survey, scale: number, histogram: Bins): Survey {
    const { all } = this;
    const sum = { ...stored };
    for (let i = 0; i < all.length; i += 2) {
      const [value, times] = [all[i]!, all[i + 1]!];
      const [direct, error] = product(value * scale, times);
      addTo(sum, direct);
      sum.low += error;
      sum.magnitude += Math.abs(direct);
      if (value === 0) sum.zeros += times;
      if (value < 0) sum.negatives += times;
      histogram.counts[histogram.binOf(value)]! += times;
    }
    return sum;
  }
  collect(stored: Collection, scale: number, mean: number, rest: number): Collection {
    const { all } = this;
    const sum = { ...stored };
    for (let i = 0; i < all.length; i += 2) {
      const times = all[i + 1]!;
      const distance = all[i]! * scale - mean - rest;
      sum.distances += distance * times;
      // no rounding per pair: which numbers are pairs depends on the threads, the result must not
      const [direct, error] = product(distance * distance, times);
      addTo(sum, direct);
      sum.low += error;
    }
    return sum;
  }
  outside(stored: Outside, bins: OutlierBins): Outside {
    const { all } = this;
    const found = { ...stored, below: [...stored.below], above: [...stored.above] };
    for (let i = 0; i < all.length; i += 2) place(all[i]!, all[i + 1]!, found, bins);
    return found;
  }
  countBins(bins: Bins): void {
    const { all } = this;
    for (let i = 0; i < all.length; i += 2) bins.counts[bins.binOf(all[i]!)]! += all[i + 1]!;
  }
}
