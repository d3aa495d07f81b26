import { type ColumnSummary, RESULT_BINS, RESULT_SUMS } from '../kernel/border/layout.ts';
import { BINS, SIDE_BINS } from '../kernel/border/limits.ts';
import { MAX_BUCKETS } from '../limits.ts';
import { addTo, type DoubleDouble } from '../statistics/double-double.ts';
import type { Bins } from '../statistics/histogram.ts';
import type {
  Buckets,
  Collection,
  CountedNumbers,
  OutlierBins,
  Outside,
  StoredNumbers,
  Survey,
} from '../statistics/number-bag.ts';
import { noneOutside } from '../statistics/outliers.ts';
import type { KernelThread } from './kernel-thread.ts';

/** Doubles of `resultsAt` of the kernel: edges of a histogram, then sums, then counts of its bins. */
const EDGES = BINS + 1;
const SUMS = (RESULT_BINS - RESULT_SUMS) / 8;

/** Sets the edges of bins for a pass, and adds what the pass counted. */
function countWith(thread: KernelThread, bins: Bins, pass: () => void): void {
  const { kernel } = thread;
  thread.doubles(kernel.resultsAt(), EDGES).set(bins.edges);
  pass();
  thread.doubles(kernel.resultsAt() + RESULT_BINS, bins.counts.length).forEach((count, bin) => {
    bins.counts[bin]! += count;
  });
}
/** Sets the edges between bins of outliers for a pass. @returns what the pass found */
function outsideWith(thread: KernelThread, { below, above }: OutlierBins, pass: () => void): Outside {
  const { kernel } = thread;
  thread.doubles(kernel.resultsAt(), EDGES).set([...below, ...above]);
  pass();
  const inside = thread.doubles(kernel.resultsAt() + RESULT_SUMS, 2);
  const counts = [...thread.doubles(kernel.resultsAt() + RESULT_BINS, SIDE_BINS * 2)];
  return {
    lowestInside: inside[0]!,
    highestInside: inside[1]!,
    below: counts.slice(0, SIDE_BINS),
    above: counts.slice(SIDE_BINS),
  };
}

/**
 * The numbers of a column in the kernel's memory or on disk: the passes are the kernel's (kernel/end/number-passes.ts).
 */
export class KernelNumbers implements StoredNumbers {
  readonly lanes = 4;
  readonly #thread: KernelThread;
  readonly #column: number;
  readonly #state: ColumnSummary;
  constructor(thread: KernelThread, column: number, state: ColumnSummary) {
    this.#thread = thread;
    this.#column = column;
    this.#state = state;
  }
  /** Four high parts, four low parts and more sums. */
  #sums(): DoubleDouble & { more: [number, number, number] } {
    const parts = this.#thread.doubles(this.#thread.kernel.resultsAt() + RESULT_SUMS, SUMS);
    const sum = { high: 0, low: 0 };
    for (let i = 0; i < 8; i++) addTo(sum, parts[i]!);
    return { ...sum, more: [parts[8]!, parts[9]!, parts[10]!] };
  }
  survey(scale: number, buckets: Buckets | undefined, histogram: Bins): Survey {
    if (this.#state.parts === 0 && !buckets)
      return { high: 0, low: 0, magnitude: 0, zeros: 0, negatives: 0, buckets: undefined };
    const { kernel } = this.#thread;
    const { half, scale: bucketScale, count } = buckets ?? { half: 0, scale: 0, count: 0 };
    countWith(this.#thread, histogram, () =>
      kernel.surveyNumbers(this.#column, scale, half, bucketScale, count, histogram.scale),
    );
    const { high, low, more } = this.#sums();
    const [magnitude, zeros, negatives] = more;
    const counts = buckets && this.#thread.words(kernel.bucketsAt(), count).slice();
    return { high, low, magnitude, zeros, negatives, buckets: counts };
  }
  collect(
    scale: number,
    mean: number,
    rest: number,
    wanted: { buckets: Buckets; wanted: Uint8Array; total: number } | undefined,
  ): Collection {
    if (this.#state.parts === 0) return { high: 0, low: 0, distances: 0, gathered: new Float64Array() };
    const { kernel } = this.#thread;
    const { half, scale: bucketScale, count } = wanted?.buckets ?? { half: 0, scale: 0, count: 0 };
    const total = wanted?.total ?? 0;
    if (wanted) this.#thread.view(kernel.bucketsAt() + MAX_BUCKETS * 4, count).set(wanted.wanted);
    const at = kernel.collectNumbers(this.#column, scale, mean, rest, half, bucketScale, count, total);
    const { high, low, more } = this.#sums();
    return { high, low, distances: more[0], gathered: this.#thread.doubles(at, total) };
  }
  outside(bins: OutlierBins): Outside {
    if (this.#state.parts === 0) return noneOutside();
    const { lowerFence, upperFence } = bins;
    return outsideWith(this.#thread, bins, () =>
      this.#thread.kernel.outsideNumbers(this.#column, lowerFence, upperFence),
    );
  }
  countBins(bins: Bins): void {
    if (this.#state.parts > 0) countWith(this.#thread, bins, () => this.#thread.kernel.binNumbers(this.#column));
  }
  forEachChunk(visit: (values: Float64Array) => boolean): void {
    this.#thread.forEachChunk(this.#column, this.#state, visit);
  }
}

/**
 * The numbers of a column that have a count, in the kernel's memory: the passes are the kernel's
 * (kernel/end/pair-passes.ts).
 */
export class KernelPairs implements CountedNumbers {
  readonly all: Float64Array;
  readonly #thread: KernelThread;
  readonly #at: number;
  readonly #count: number;
  constructor(thread: KernelThread, at: number, count: number) {
    this.#thread = thread;
    this.#at = at;
    this.#count = count;
    this.all = thread.doubles(at, count * 2);
  }
  survey(stored: Survey, scale: number, histogram: Bins): Survey {
    if (this.#count === 0) return stored;
    const { kernel } = this.#thread;
    const { high, low, magnitude } = stored;
    countWith(this.#thread, histogram, () =>
      kernel.surveyPairs(this.#at, this.#count, scale, high, low, magnitude, histogram.scale),
    );
    const sums = this.#thread.doubles(kernel.resultsAt() + RESULT_SUMS, SUMS);
    return {
      high: sums[0]!,
      low: sums[1]!,
      magnitude: sums[2]!,
      zeros: stored.zeros + sums[3]!,
      negatives: stored.negatives + sums[4]!,
      buckets: stored.buckets,
    };
  }
  collect(stored: Collection, scale: number, mean: number, rest: number): Collection {
    if (this.#count === 0) return stored;
    const { kernel } = this.#thread;
    kernel.spreadPairs(this.#at, this.#count, scale, mean, rest, stored.high, stored.low, stored.distances);
    const sums = this.#thread.doubles(kernel.resultsAt() + RESULT_SUMS, 3);
    return { high: sums[0]!, low: sums[1]!, distances: sums[2]!, gathered: stored.gathered };
  }
  outside(stored: Outside, bins: OutlierBins): Outside {
    const { lowerFence, upperFence } = bins;
    const found = outsideWith(this.#thread, bins, () =>
      this.#thread.kernel.outsidePairs(this.#at, this.#count, lowerFence, upperFence),
    );
    return {
      lowestInside: Math.min(stored.lowestInside, found.lowestInside),
      highestInside: Math.max(stored.highestInside, found.highestInside),
      below: found.below.map((count, bin) => count + stored.below[bin]!),
      above: found.above.map((count, bin) => count + stored.above[bin]!),
    };
  }
  countBins(bins: Bins): void {
    countWith(this.#thread, bins, () => this.#thread.kernel.binPairs(this.#at, this.#count));
  }
}
