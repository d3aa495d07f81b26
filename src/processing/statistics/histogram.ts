import { BINS } from '../limits.ts';

/**
 * The histogram of a column of numbers: 20 equal bins between minimum and maximum, as numpy's `histogram(values,
 * bins=20)`. A number on an edge belongs to the bin above it; the last bin has both its edges.
 *
 * Counted in the kernel, in the first pass over the column's numbers: kernel/end/number-passes.ts and pair-passes.ts,
 * which take the edges from here and find bins as `binOf` does.
 */
export interface HistogramFacts {
  /** 21 edges. */
  edges: number[];
  /** 20 counts. */
  counts: number[];
}

/** Equal steps from minimum to maximum; of a single value half a unit to each side. */
const histogramEdges = (min: number, max: number): number[] =>
  min === max ? equalEdges(min - 0.5, max + 0.5, BINS) : equalEdges(min, max, BINS);

/** Equal steps, as `numpy.linspace(first, last, bins + 1)`; by quarters where the range overflows. */
export function equalEdges(first: number, last: number, bins: number): number[] {
  const range = last - first;
  const edges = Array.from({ length: bins + 1 }, (_, i) =>
    Number.isFinite(range) ? i * (range / bins) + first : (i * ((last / 4 - first / 4) / bins) + first / 4) * 4,
  );
  edges[bins] = last;
  return edges;
}

/** Edges of 20 bins, and the counts that passes over the numbers add to. */
export class Bins {
  readonly edges: number[];
  readonly counts: number[] = Array(BINS).fill(0);
  readonly #bounds: Float64Array;
  /** Bins per unit of the values; 0 where only the edges tell a value's bin. */
  readonly scale: number;
  readonly #first: number;
  constructor(edges: number[], scale = 0) {
    this.edges = edges;
    this.scale = scale;
    this.#bounds = Float64Array.from(edges);
    this.#first = edges[0]!;
  }
  /** As the report has it, without negative zeros. */
  get facts(): HistogramFacts {
    return { edges: this.edges.map((edge) => edge || 0), counts: this.counts };
  }
  /** The bin of a number: estimated by division, corrected by the edges as numpy does. */
  binOf(value: number): number {
    const bounds = this.#bounds;
    if (this.scale === 0) return this.#binByEdges(value);
    let bin = ((value / 2 - this.#first / 2) * 2 * this.scale) | 0;
    if (bin > BINS - 1) bin = BINS - 1;
    if (bin > 0 && value < bounds[bin]!) bin--;
    else if (bin < BINS - 1 && value >= bounds[bin + 1]!) bin++;
    return bin;
  }
  #binByEdges(value: number): number {
    let bin = BINS - 1;
    while (bin > 0 && value < this.#bounds[bin]!) bin--;
    return bin;
  }
}

/** The bins of a column's histogram. */
export class Histogram extends Bins {
  constructor(min: number, max: number) {
    const edges = histogramEdges(min, max);
    const half = edges[BINS]! / 2 - edges[0]! / 2;
    // 0 where the range is too small or too large to divide by
    super(edges, half > 1e-290 && half < 1e300 ? BINS / half / 2 : 0);
  }
}
