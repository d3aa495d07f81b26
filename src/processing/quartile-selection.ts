import { ListedNumbers } from './listed-numbers.ts';
import { Buckets, type NumberBag } from './number-bag.ts';
import { Histogram } from './numpy-histogram.ts';

const MOST_BUCKETS = 4_096;
/** So many gathered numbers are sorted; more are divided again. */
const SORTED = 2_048;

/**
 * The numbers at given ranks (from 0) of a bag, as sorting would put them: equal buckets between minimum and maximum are counted in one
 * pass, and only those that hold a wanted rank are gathered in another. A bucket is a monotone function of the value, so the
 * order is exact. O(n) time; memory: the buckets and the numbers gathered.
 */
export class RankSelection {
  /** To be counted in the first pass over the stored numbers; undefined when none is needed. */
  readonly buckets: Buckets | undefined;
  /** To be gathered in the second one. */
  wanted: { buckets: Buckets; wanted: Uint8Array; total: number } | undefined;
  readonly #bag: NumberBag;
  readonly #ranks: number[];
  /** By bucket: the ranks in it, and how many numbers are in the buckets before. */
  readonly #parts = new Map<number, { before: number; ranks: number[]; gathered: Gathered }>();

  /** @param ranks rising, but for neighbours */
  constructor(bag: NumberBag, ranks: number[]) {
    this.#bag = bag;
    this.#ranks = ranks;
    if (!bag.isSorted && bag.min !== bag.max && bag.count > SORTED)
      this.buckets = new Buckets(bag.min, bag.max, Math.min(MOST_BUCKETS, 2 ** Math.floor(Math.log2(bag.count / 16))));
  }
  /** @param stored of the buckets, from the first pass */
  counted(stored: Uint32Array): void {
    const { pairs } = this.#bag;
    const buckets = this.buckets!;
    const counts = Float64Array.from(stored);
    pairs.values.forEach((value, i) => {
      counts[buckets.of(value)]! += pairs.counts[i]!;
    });
    const wanted = new Uint8Array(buckets.count);
    let sum = 0;
    let total = 0;
    for (let i = 0; i < buckets.count; i++) {
      const ranks = this.#ranks.filter((rank) => rank >= sum && rank < sum + counts[i]!);
      if (ranks.length > 0) {
        this.#parts.set(i, { before: sum, ranks: [...new Set(ranks)], gathered: new Gathered() });
        wanted[i] = 1;
        total += stored[i]!;
      }
      sum += counts[i]!;
    }
    this.wanted = { buckets, wanted, total };
  }
  /** @param gathered the stored numbers of the wanted buckets, from the second pass @returns the numbers at the ranks */
  numbers(gathered: Float64Array): number[] {
    const { min, pairs } = this.#bag;
    if (this.#bag.isSorted) return ofSorted(pairs, this.#ranks);
    if (min === this.#bag.max) return this.#ranks.map(() => min);
    const found = new Map<number, number>();
    const { buckets } = this;
    if (!buckets) bySorting(this.#bag, 0, [...new Set(this.#ranks)], found);
    else {
      const parts = this.#parts;
      pairs.values.forEach((value, i) => {
        parts.get(buckets.of(value))?.gathered.addPair(value, pairs.counts[i]!);
      });
      for (const value of gathered) parts.get(buckets.of(value))!.gathered.add(value);
      for (const { before, ranks, gathered } of parts.values()) this.#within(gathered.bag(), before, ranks, found);
    }
    return this.#ranks.map((rank) => found.get(rank)!);
  }
  /** The ranks in one bucket: divided again, by its own range, while it is large, as when one value is far from the rest. */
  #within(part: NumberBag, before: number, ranks: number[], found: Map<number, number>): void {
    const whole = this.#bag;
    if (part.count === whole.count && !(part.max - part.min < whole.max - whole.min)) {
      bySorting(part, before, ranks, found);
      return;
    }
    const numbers = ranked(
      part,
      ranks.map((rank) => rank - before),
    );
    ranks.forEach((rank, i) => {
      found.set(rank, numbers[i]!);
    });
  }
}

/** The numbers at the given ranks, where passes over the bag cost little. */
export function ranked(bag: NumberBag, ranks: number[]): number[] {
  const selection = new RankSelection(bag, ranks);
  if (!selection.buckets) return selection.numbers(new Float64Array());
  selection.counted(bag.stored.survey(1, selection.buckets, new Histogram(bag.min, bag.max)).buckets!);
  return selection.numbers(bag.stored.collect(1, 0, 0, selection.wanted).gathered);
}

/** The numbers at ranks, rising but for neighbours, of pairs that rise. O(n). */
function ofSorted({ values, counts }: NumberBag['pairs'], ranks: number[]): number[] {
  let at = 0;
  let through = counts[0]!;
  return ranks.map((rank) => {
    while (through <= rank) through += counts[++at]!;
    while (through - counts[at]! > rank) through -= counts[at--]!; // neighbours of two positions may overlap
    return values[at]!;
  });
}

function bySorting(bag: NumberBag, before: number, ranks: number[], found: Map<number, number>): void {
  const { values, counts } = bag.pairs;
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const singles = new Float64Array(bag.count - bag.pairs.counts.reduce((a, b) => a + b, 0));
  let at = 0;
  bag.stored.forEachChunk((values) => {
    singles.set(values, at);
    at += values.length;
  });
  singles.sort();
  let sum = before;
  let single = 0;
  let pair = 0;
  for (const rank of ranks.toSorted((a, b) => a - b)) {
    for (;;) {
      const next = order[pair];
      if (next !== undefined && (single === singles.length || values[next]! <= singles[single]!)) {
        if (sum + counts[next]! > rank) {
          found.set(rank, values[next]!);
          break;
        }
        sum += counts[next]!;
        pair++;
      } else {
        // runs of single numbers up to the next pair are long: step to the rank at once where there are no pairs left
        const step = next !== undefined ? 0 : rank - sum;
        if (step === 0 && sum === rank) {
          found.set(rank, singles[single]!);
          break;
        }
        single += Math.max(step, 1);
        sum += Math.max(step, 1);
      }
    }
  }
}

/** Numbers of one bucket. */
class Gathered {
  #values = new Float64Array(64);
  #count = 0;
  readonly #pairs: { value: number; count: number }[] = [];
  #pairCount = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }
  addPair(value: number, count: number): void {
    this.#pairs.push({ value, count });
    this.#pairCount += count;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }
  bag(): NumberBag {
    return {
      min: this.#min,
      max: this.#max,
      count: this.#count + this.#pairCount,
      pairs: {
        values: Float64Array.from(this.#pairs, ({ value }) => value),
        counts: Float64Array.from(this.#pairs, ({ count }) => count),
      },
      stored: new ListedNumbers(this.#values.subarray(0, this.#count)),
    };
  }
}
