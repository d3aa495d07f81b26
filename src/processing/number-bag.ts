import type { Histogram } from './numpy-histogram.ts';

/** The numbers of a column without their order: some with a count, the others stored one by one, perhaps on disk. */
export interface NumberBag<Stored extends RankedNumbers = StoredNumbers> {
  /** Finite. */
  min: number;
  max: number;
  /** How many numbers there are, copies counted. */
  count: number;
  /** Numbers with how often they came. */
  pairs: { values: Float64Array; counts: Float64Array };
  /** The pairs are all there is, and rise. */
  isSorted?: boolean;
  stored: Stored;
}

/** A sum as two doubles, the second what rounding lost of the first. */
export interface DoubleDouble {
  high: number;
  low: number;
}
/** Numbers that are read in whole passes, a few times: what finding ranks among them takes. */
export interface RankedNumbers {
  /** How many fall into each bucket, at most 4,096. */
  countBuckets(buckets: Buckets): Uint32Array;
  /** Those of the wanted buckets, `total` together; valid until the next call. */
  gather(buckets: Buckets, wanted: Uint8Array, total: number): Float64Array;
  /** Visits all; the array is valid during the call. */
  forEachChunk(visit: (values: Float64Array) => void): void;
}
export interface StoredNumbers extends RankedNumbers {
  /** Of value * scale; `magnitude` is the sum of the absolute values. Zeros and negatives are counted by the way. */
  sum(scale: number): DoubleDouble & { magnitude: number; zeros: number; negatives: number };
  /** Of the squares of value * scale - mean - rest, and of those distances themselves. */
  squares(scale: number, mean: number, rest: number): DoubleDouble & { distances: number };
  /** Adds to the counts of the histogram. */
  countBins(histogram: Histogram): void;
  /** How many are below the one or above the other. */
  countOutside(lowerFence: number, upperFence: number): number;
}

/** Equal buckets between a minimum and a maximum; by halves, since the whole range may overflow. */
export class Buckets {
  readonly half: number;
  readonly scale: number;
  readonly count: number;
  constructor(min: number, max: number, count: number) {
    this.count = count;
    this.half = min / 2;
    this.scale = count / 2 / (max / 2 - min / 2) / 2;
  }
  /** A monotone function of the value. */
  of(value: number): number {
    return Math.min(((value / 2 - this.half) * this.scale * 2) | 0, this.count - 1);
  }
}
