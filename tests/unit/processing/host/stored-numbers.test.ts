import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvSplitter } from '../../../../src/processing/formats/csv/splitter.ts';
import { KernelThread } from '../../../../src/processing/host/kernel-thread.ts';
import type { Spill } from '../../../../src/processing/host/spill.ts';
import { KernelNumbers, KernelPairs } from '../../../../src/processing/host/stored-numbers.ts';
import type { ColumnSummary } from '../../../../src/processing/kernel/border/layout.ts';
import { Bins, Histogram } from '../../../../src/processing/statistics/histogram.ts';
import { ListedNumbers, ListedPairs } from '../../../../src/processing/statistics/in-memory-numbers.ts';
import { Buckets, type OutlierBins } from '../../../../src/processing/statistics/number-bag.ts';
import { noneOutside } from '../../../../src/processing/statistics/outliers.ts';

/** Where `describe` of the kernel writes how many chunks of numbers a column has, and the numbers that have a count. */
const [PARTS_AT, PAIRS_AT, PAIR_COUNT_AT] = [3, 4, 5] as const;

/** The numbers of a CSV's one column as the kernel stores them, and the same ones in an array. */
async function stored(values: number[], chunkBytes: number, spill: Spill | undefined) {
  const dialect = {
    delimiter: ',',
    separator: ',',
    titleRows: 0,
    namesDelimiter: false,
    columns: 1,
    headerWidth: 1,
    hasRowNames: false,
  };
  const nuls = { count: 0, first: [] };
  const options = { format: 'csv' as const, distinctBound: 1, spill, memoryBudget: 0, tuning: { chunkBytes } };
  const reader = new CsvSplitter(dialect, { origin: 0, utf16: false }, nuls, options, KernelThread.open(spill));
  // the first value is counted, the second is past the bound: from then on numbers are stored
  await reader.push(Buffer.from(`v\n${values.join('\n')}\n`));
  await reader.end();
  const { thread } = reader.job;
  const out = thread.kernel.allocate(512);
  thread.kernel.describe(0, out);
  const described = thread.doubles(out, 7);
  const [parts, pairsAt, pairCount] = [described[PARTS_AT]!, described[PAIRS_AT]!, described[PAIR_COUNT_AT]!];
  const state = { parts } as ColumnSummary;
  const counted = [...thread.doubles(pairsAt, pairCount * 2)];
  const kernel = new KernelNumbers(thread, 0, state);
  const found: number[] = [];
  kernel.forEachChunk((chunk) => found.push(...chunk) > 0);
  const all = [...found];
  for (let i = 0; i < counted.length; i += 2) all.push(...Array<number>(counted[i + 1]!).fill(counted[i]!));
  return { kernel, all, plain: new ListedNumbers(Float64Array.from(found)), found, job: reader.job };
}
function memorySpill(): Spill {
  let kept = Buffer.alloc(0);
  return {
    write(bytes) {
      kept = Buffer.concat([kept, bytes]);
      return kept.length - bytes.length;
    },
    read: (offset, into) => into.set(kept.subarray(offset, offset + into.length)),
  };
}

/** Bins outside two fences, their edges wherever. */
const sides = (lowerFence: number, upperFence: number): OutlierBins => ({
  lowerFence,
  upperFence,
  below: Array.from({ length: 9 }, (_, i) => lowerFence - i * 7),
  above: Array.from({ length: 9 }, (_, i) => upperFence + i * 7),
});
const TEN = Array.from({ length: 10 }, (_, i) => i);
/** Bins of which only the edges are known: the last are narrow. */
const edgesFrom = (min: number, max: number) =>
  new Bins(
    Array.from({ length: 21 }, (_, i) => (i === 20 ? max : max - (max / 4 - min / 4) * 4 * 2 ** -i)).fill(min, 0, 1),
  );

const value = fc.constantFrom(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }),
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100),
  fc.integer({ min: 0, max: 999 }).map((n) => 1e9 + n / 1_000),
);
const values = value.chain((kind) => fc.array(kind, { minLength: 3, maxLength: 1_500, size: 'max' }));

describe.each([
  { name: 'in memory', chunkBytes: 32_768, spill: () => undefined },
  { name: 'in small chunks', chunkBytes: 1_024, spill: () => undefined },
  { name: 'moved out', chunkBytes: 1_024, spill: memorySpill },
])('$name', ({ chunkBytes, spill }) => {
  test('each pass of the kernel finds what a plain loop finds', async () => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        const { kernel, plain, found, all, job } = await stored(list, chunkBytes, spill());
        most = Math.max(most, found.length);
        // with those that have a count, all of the values
        expect(Float64Array.from(all, (n) => n || 0).sort()).toEqual(Float64Array.from(list, (n) => n || 0).sort());
        if (found.length === 0) return job.close();

        const [min, max] = [Math.min(...found), Math.max(...found)];
        for (const [scale, count] of [
          [1, 1],
          [2 ** -30, 16],
          [1, 4_096],
        ] as const) {
          const buckets = min < max ? new Buckets(min, max, count) : undefined;
          const histograms = [new Histogram(min, max), new Histogram(min, max)] as const;
          const [a, b] = [kernel.survey(scale, buckets, histograms[0]), plain.survey(scale, buckets, histograms[1])];
          expect([a.zeros, a.negatives, a.buckets]).toEqual([b.zeros, b.negatives, b.buckets]);
          expect(histograms[0].counts).toEqual(histograms[1].counts);
          expect(Math.abs(a.magnitude - b.magnitude)).toBeLessThanOrEqual(b.magnitude * 1e-13);
          expect(Math.abs(a.high - b.high + (a.low - b.low))).toBeLessThanOrEqual(b.magnitude * 1e-28);
          const mean = b.high / found.length;
          const marks = Uint8Array.from({ length: count }, (_, i) => (i % 3 === 0 ? 1 : 0));
          const total = b.buckets?.reduce((sum, n, i) => sum + n * marks[i]!, 0) ?? 0;
          const wanted = buckets && { buckets, wanted: marks, total };
          const [c, d] = [kernel.collect(scale, mean, 0, wanted), plain.collect(scale, mean, 0, wanted)];
          expect(Math.abs(c.high - d.high + (c.low - d.low))).toBeLessThanOrEqual(d.high * 1e-28);
          expect(Math.abs(c.distances - d.distances)).toBeLessThanOrEqual(b.magnitude * 1e-13);
          expect(c.gathered.slice()).toEqual(d.gathered);
        }
        for (const [lower, upper] of [
          [min, max],
          [0, 0],
          [found[0]!, found.at(-1)!],
        ] as [number, number][])
          expect(kernel.outside(sides(lower, upper))).toEqual(plain.outside(sides(lower, upper)));
        const bins = [edgesFrom(min, max), edgesFrom(min, max)] as const;
        kernel.countBins(bins[0]);
        plain.countBins(bins[1]);
        expect(bins[0].counts).toEqual(bins[1].counts);
        expect(bins[0].counts.reduce((a, b) => a + b)).toBe(found.length);
        job.close();
      }),
      { numRuns: 40, seed: 81 },
    );
    expect(most).toBeGreaterThan(1_000);
  });
});

test('the passes of the kernel over numbers with counts give, bit for bit, what plain loops give', async () => {
  const pair = fc.tuple(
    fc.oneof(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 }),
      fc.constantFrom(0, -0, 1e308, -Number.MAX_VALUE, Number.MIN_VALUE),
    ),
    fc.integer({ min: 1, max: 2 ** 31 }),
  );
  const { job } = await stored([1, 2, 3], 1_024, undefined);
  const { thread } = job;
  const at = thread.kernel.allocate(16 * 300);
  fc.assert(
    fc.property(
      fc.array(pair, { minLength: 1, maxLength: 300 }),
      fc.constantFrom(1, 2 ** -600, 2 ** 500),
      (pairs, scale) => {
        const all = Float64Array.from(pairs.flat());
        thread.doubles(at, all.length).set(all);
        const [kernel, plain] = [new KernelPairs(thread, at, pairs.length), new ListedPairs(all)];
        expect(kernel.all).toEqual(all);
        const values = pairs.map(([value]) => value);
        const [min, max] = [Math.min(...values), Math.max(...values)];
        const histograms = [new Histogram(min, max), new Histogram(min, max)] as const;
        const before = { high: 0.1, low: 1e-18, magnitude: 0.1, zeros: 2, negatives: 3, buckets: undefined };
        expect(kernel.survey(before, scale, histograms[0])).toEqual(plain.survey(before, scale, histograms[1]));
        expect(histograms[0].counts).toEqual(histograms[1].counts);
        const spread = { high: 0.3, low: -1e-18, distances: 0.2, gathered: new Float64Array() };
        const center = [values[0]! * scale, 1e-17] as const;
        expect(kernel.collect(spread, scale, ...center)).toEqual(plain.collect(spread, scale, ...center));
        for (const [lower, upper] of [
          [min, max],
          [values[0]!, values[0]!],
          [0, 1],
        ] as [number, number][])
          for (const before of [noneOutside(), { lowestInside: 0.5, highestInside: 0.5, below: TEN, above: TEN }])
            expect(kernel.outside(before, sides(lower, upper))).toEqual(plain.outside(before, sides(lower, upper)));
        const bins = [edgesFrom(min, max), edgesFrom(min, max)] as const;
        kernel.countBins(bins[0]);
        plain.countBins(bins[1]);
        expect(bins[0].counts).toEqual(bins[1].counts);
      },
    ),
    { numRuns: 300, seed: 82 },
  );
  job.close();
});
