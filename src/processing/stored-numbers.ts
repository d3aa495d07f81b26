import type { KernelColumn, KernelThread } from './kernel-thread.ts';
import { addTo } from './listed-numbers.ts';
import type { Buckets, DoubleDouble, StoredNumbers } from './number-bag.ts';
import type { Histogram } from './numpy-histogram.ts';

const MOST_BUCKETS = 4_096;

/** The numbers of a column in the kernel's memory or on disk: the passes are the kernel's (kernel/number-passes.ts). */
export class KernelNumbers implements StoredNumbers {
  readonly #thread: KernelThread;
  readonly #column: number;
  readonly #state: KernelColumn;
  constructor(thread: KernelThread, column: number, state: KernelColumn) {
    this.#thread = thread;
    this.#column = column;
    this.#state = state;
  }
  /** Four high parts, four low parts and one more sum. */
  #sums(): DoubleDouble & { more: number } {
    const parts = this.#thread.doubles(this.#thread.kernel.resultsAt(), 9);
    const sum = { high: 0, low: 0 };
    for (let i = 0; i < 8; i++) addTo(sum, parts[i]!);
    return { ...sum, more: parts[8]! };
  }
  sum(scale: number): DoubleDouble & { magnitude: number } {
    this.#thread.kernel.sumNumbers(this.#column, scale);
    const { high, low, more } = this.#sums();
    return { high, low, magnitude: more };
  }
  squares(scale: number, mean: number, rest: number): DoubleDouble & { distances: number } {
    this.#thread.kernel.sumSquares(this.#column, scale, mean, rest);
    const { high, low, more } = this.#sums();
    return { high, low, distances: more };
  }
  countBuckets({ half, scale, count }: Buckets): Uint32Array {
    const { kernel } = this.#thread;
    kernel.countBuckets(this.#column, half, scale, count);
    return this.#thread.words(kernel.bucketsAt(), count).slice();
  }
  gather({ half, scale, count }: Buckets, wanted: Uint8Array, total: number): Float64Array {
    const { kernel } = this.#thread;
    this.#thread.view(kernel.bucketsAt() + MOST_BUCKETS * 4, count).set(wanted);
    return this.#thread.doubles(kernel.gatherBuckets(this.#column, half, scale, count, total), total);
  }
  spread(histogram: Histogram, lowerFence: number, upperFence: number) {
    const { kernel } = this.#thread;
    this.#thread.doubles(kernel.resultsAt(), histogram.edges.length).set(histogram.edges);
    kernel.spreadNumbers(this.#column, histogram.scale, lowerFence, upperFence);
    const found = this.#thread.doubles(kernel.resultsAt(), histogram.counts.length + 3);
    for (let bin = 0; bin < histogram.counts.length; bin++) histogram.counts[bin]! += found[bin]!;
    const [zeros, negatives, outside] = found.subarray(histogram.counts.length) as unknown as [number, number, number];
    return { zeros, negatives, outside };
  }
  forEachChunk(visit: (values: Float64Array) => void): void {
    this.#thread.forEachChunk(this.#column, this.#state, visit);
  }
}
