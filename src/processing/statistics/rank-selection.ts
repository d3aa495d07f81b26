import { MAX_BUCKETS, MAX_SORTED } from '../limits.ts';
import { Histogram } from './histogram.ts';
import { ListedNumbers, ListedPairs } from './in-memory-numbers.ts';
import { Buckets, type NumberBag } from './number-bag.ts';

/**
 * The numbers at given ranks (from 0) of a bag, as sorting would put them: equal buckets between minimum and maximum
 * are counted in one pass, and only those that hold a wanted rank are gathered in another. A bucket is a monotone
 * function of the value, so the order is exact. O(n) time; memory: the buckets and the numbers gathered.
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

  /** @param ranks ascending, except that neighbours may be swapped */
  constructor(bag: NumberBag, ranks: number[]) {
    this.#bag = bag;
    this.#ranks = ranks;
    if (!bag.isSorted && bag.min !== bag.max && bag.count > MAX_SORTED)
      this.buckets = new Buckets(bag.min, bag.max, Math.min(MAX_BUCKETS, 2 ** Math.floor(Math.log2(bag.count / 16))));
  }
  /** @param stored of the buckets, from the first pass */
  counted(stored: Uint32Array): void {
    const { all } = this.#bag.pairs;
    const buckets = this.buckets!;
    const counts = new Float64Array(stored);
    for (let i = 0; i < all.length; i += 2) counts[buckets.of(all[i]!)]! += all[i + 1]!;
    const wanted = new Uint8Array(buckets.count);
    const ranks = this.#ranks.toSorted((a, b) => a - b);
    let before = 0;
    let total = 0;
    for (let i = 0, next = 0; next < ranks.length; before += counts[i++]!) {
      const here: number[] = [];
      for (; next < ranks.length && ranks[next]! < before + counts[i]!; next++) here.push(ranks[next]!);
      if (here.length === 0) continue;
      this.#parts.set(i, { before, ranks: [...new Set(here)], gathered: new Gathered() });
      wanted[i] = 1;
      total += stored[i]!;
    }
    this.wanted = { buckets, wanted, total };
  }
  /**
   * @param gathered the stored numbers of the wanted buckets, from the second pass
   * @returns the numbers at the ranks
   */
  numbers(gathered: Float64Array): number[] {
    const { min, pairs } = this.#bag;
    const { all } = pairs;
    if (this.#bag.isSorted) return ofSorted(all, this.#ranks);
    if (min === this.#bag.max) return this.#ranks.map(() => min);
    const found = new Map<number, number>();
    const { buckets } = this;
    if (!buckets) bySorting(this.#bag, 0, [...new Set(this.#ranks)], found);
    else {
      const parts = this.#parts;
      const { wanted } = this.wanted!;
      for (let i = 0; i < all.length; i += 2) {
        const bucket = buckets.of(all[i]!);
        if (wanted[bucket] === 1) parts.get(bucket)!.gathered.addPair(all[i]!, all[i + 1]!);
      }
      for (const value of gathered) parts.get(buckets.of(value))!.gathered.add(value);
      for (const { before, ranks, gathered } of parts.values()) this.#within(gathered.bag(), before, ranks, found);
    }
    return this.#ranks.map((rank) => found.get(rank)!);
  }
  /**
   * The ranks in one bucket: divided again, by its own range, while it is large, as when one value is far from the
   * rest.
   */
  #within(part: NumberBag, before: number, ranks: number[], found: Map<number, number>): void {
    const whole = this.#bag;
    if (part.count <= MAX_SORTED || (part.count === whole.count && !(part.max - part.min < whole.max - whole.min))) {
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

/** The numbers at ranks, ascending except for neighbours, of pairs that ascend: value, count, value, count … O(n). */
function ofSorted(all: Float64Array, ranks: number[]): number[] {
  let at = 0;
  let through = all[1]!;
  return ranks.map((rank) => {
    while (through <= rank) {
      at += 2;
      through += all[at + 1]!;
    }
    while (through - all[at + 1]! > rank) {
      through -= all[at + 1]!; // neighbours of two positions may overlap
      at -= 2;
    }
    return all[at]!;
  });
}

function bySorting(bag: NumberBag, before: number, ranks: number[], found: Map<number, number>): void {
  const { all } = bag.pairs;
  const values = all.filter((_, i) => i % 2 === 0);
  const counts = all.filter((_, i) => i % 2 === 1);
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const singles = new Float64Array(bag.count - counts.reduce((a, b) => a + b, 0));
  let at = 0;
  bag.stored.forEachChunk((values) => {
    singles.set(values, at);
    at += values.length;
    return true;
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
  /** Value, count, value, count … */
  readonly #pairs: number[] = [];
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
    this.#pairs.push(value, count);
    this.#pairCount += count;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }
  bag(): NumberBag {
    return {
      min: this.#min,
      max: this.#max,
      count: this.#count + this.#pairCount,
      pairs: new ListedPairs(Float64Array.from(this.#pairs)),
      stored: new ListedNumbers(this.#values.subarray(0, this.#count)),
    };
  }
}
