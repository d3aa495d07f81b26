import { ListedNumbers } from './listed-numbers.ts';
import { Buckets, type NumberBag, type RankedNumbers } from './number-bag.ts';

const MOST_BUCKETS = 4_096;
/** So many gathered numbers are sorted; more are divided again. */
const SORTED = 2_048;

type Bag = NumberBag<RankedNumbers>;

/**
 * The numbers at the given ranks (from 0, rising) of a bag, as sorting would put them: equal buckets between minimum and maximum
 * are counted, and only those that hold a wanted rank are looked into. A bucket is a monotone function of the value, so the
 * order is exact. O(n) time; memory: the buckets and the numbers gathered.
 */
export function ranked(bag: Bag, ranks: number[]): number[] {
  if (bag.isSorted) return ofSorted(bag.pairs, ranks);
  const found = new Map<number, number>();
  select(bag, 0, [...new Set(ranks)], found);
  return ranks.map((rank) => found.get(rank)!);
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

/** @param before numbers of the whole that are smaller than all of this bag */
function select(bag: Bag, before: number, ranks: number[], found: Map<number, number>): void {
  const { min, max, pairs } = bag;
  if (min === max) {
    for (const rank of ranks) found.set(rank, min);
    return;
  }
  if (bag.count <= SORTED) {
    bySorting(bag, before, ranks, found);
    return;
  }
  const buckets = Math.min(MOST_BUCKETS, 2 ** Math.floor(Math.log2(bag.count / 16)));
  const bucket = new Buckets(min, max, buckets);
  const counts = Float64Array.from(bag.stored.countBuckets(bucket));
  pairs.values.forEach((value, i) => {
    counts[bucket.of(value)]! += pairs.counts[i]!;
  });
  const wanted = new Map<number, { before: number; ranks: number[] }>();
  let sum = before;
  for (let i = 0; i < buckets; i++) {
    const here = ranks.filter((rank) => rank >= sum && rank < sum + counts[i]!);
    if (here.length > 0) wanted.set(i, { before: sum, ranks: here });
    sum += counts[i]!;
  }
  // one pass for all wanted buckets
  const gathered = new Map([...wanted.keys()].map((i) => [i, new Gathered()]));
  const isWanted = new Uint8Array(buckets);
  let total = 0;
  for (const i of wanted.keys()) {
    isWanted[i] = 1;
    total += counts[i]!;
  }
  pairs.values.forEach((value, i) => {
    const part = gathered.get(bucket.of(value));
    if (!part) return;
    part.addPair(value, pairs.counts[i]!);
    total -= pairs.counts[i]!;
  });
  for (const value of bag.stored.gather(bucket, isWanted, total)) gathered.get(bucket.of(value))!.add(value);
  for (const [i, { before, ranks }] of wanted) {
    const part = gathered.get(i)!.bag();
    // all in one bucket, as when one value is far from the rest: divide it again, by its own range
    if (part.count < bag.count || part.max - part.min < max - min) select(part, before, ranks, found);
    else bySorting(part, before, ranks, found);
  }
}

function bySorting(bag: Bag, before: number, ranks: number[], found: Map<number, number>): void {
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
  bag(): Bag {
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
