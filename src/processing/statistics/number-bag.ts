import type { DoubleDouble } from './double-double.ts';
import type { Bins } from './histogram.ts';

/**
 * The numbers of a column as a bag (a multiset: their order is lost): some with a count, the others stored one by one,
 * perhaps on disk.
 */
export interface NumberBag {
  /** Finite. */
  min: number;
  max: number;
  /** How many numbers there are, copies counted. */
  count: number;
  /** Numbers with their counts. */
  pairs: CountedNumbers;
  /** All numbers are in the pairs, and these ascend. */
  isSorted?: boolean;
  stored: StoredNumbers;
}

/**
 * The result of the first pass: sums of value * scale and of absolute values, zeros and negatives, and how many numbers
 * are in each bucket.
 */
export interface Survey extends DoubleDouble {
  magnitude: number;
  zeros: number;
  negatives: number;
  /** Undefined when no buckets were asked for. */
  buckets: Uint32Array | undefined;
}
/**
 * The result of the second pass: sums of the squares of value * scale - mean - rest and of those distances, and the
 * numbers of wanted buckets.
 */
export interface Collection extends DoubleDouble {
  distances: number;
  /** Valid until the next pass. */
  gathered: Float64Array;
}
/** Fences, and between each and the farthest number the inner edges of SIDE_BINS bins, from the fence outward. */
export interface OutlierBins {
  lowerFence: number;
  upperFence: number;
  below: number[];
  above: number[];
}
/** The result of the third pass: the last numbers within the fences, and outliers by bin, from the fence outward. */
export interface Outside {
  /** Infinity and -Infinity where no number is within. */
  lowestInside: number;
  highestInside: number;
  below: number[];
  above: number[];
}
/** Numbers with counts, in memory. Their passes continue the results of the passes over the stored numbers. */
export interface CountedNumbers {
  /** Value, count, value, count …; valid while the facts of the column are computed. */
  readonly all: Float64Array;
  /** Adds to the counts of the histogram, too. */
  survey(stored: Survey, scale: number, histogram: Bins): Survey;
  collect(stored: Collection, scale: number, mean: number, rest: number): Collection;
  outside(stored: Outside, bins: OutlierBins): Outside;
  /** Adds to the counts. */
  countBins(bins: Bins): void;
}
/** Numbers that are read in three passes, since they may be on disk. */
export interface StoredNumbers {
  /** Sums are divided into this many lanes, each over its share of the numbers. */
  readonly lanes: number;
  /** Adds to the counts of the histogram, too. */
  survey(scale: number, buckets: Buckets | undefined, histogram: Bins): Survey;
  /** @param wanted a byte for each bucket, `total` numbers in them together */
  collect(
    scale: number,
    mean: number,
    rest: number,
    wanted: { buckets: Buckets; wanted: Uint8Array; total: number } | undefined,
  ): Collection;
  outside(bins: OutlierBins): Outside;
  /** Adds to the counts. */
  countBins(bins: Bins): void;
  /** Visits all, or until `visit` returns false; the array is valid during the call. */
  forEachChunk(visit: (values: Float64Array) => boolean): void;
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
