import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ListedNumbers, ListedPairs } from '../../../../src/processing/statistics/in-memory-numbers.ts';
import type { NumberBag } from '../../../../src/processing/statistics/number-bag.ts';
import { fences } from '../../../../src/processing/statistics/outliers.ts';
import { ranked } from '../../../../src/processing/statistics/rank-selection.ts';
import { topValues } from '../../../support/plain/top-values.ts';

/** What is found without sorting everything, against sorting everything; and Tukey's fences. */

describe('numbers at ranks', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  /**
   * Values of one kind: many ties, one far from the rest, ranges that overflow, subnormals, all in a few steps of a
   * double.
   */
  const value = fc.constantFrom(
    finite,
    fc.integer({ min: -5, max: 5 }),
    fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100),
    fc.oneof(
      { weight: 500, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(1e300, -1e300) },
    ),
    fc.constantFrom(-Number.MAX_VALUE, Number.MAX_VALUE, 0, -0, 1e308),
    fc.integer({ min: -1_000, max: 1_000 }).map((n) => n * Number.MIN_VALUE),
    fc.integer({ min: 0, max: 9 }).map((n) => 1 + n * Number.EPSILON),
  );
  const bag = value.chain((kind) =>
    fc.record({
      stored: fc.array(kind, { maxLength: 300, size: 'max' }),
      pairs: fc.array(fc.tuple(kind, fc.integer({ min: 1, max: 9 })), { maxLength: 100, size: 'max' }),
      /** How often the stored ones are there: beyond 2,048 numbers buckets are counted instead of sorting. */
      copies: fc.constantFrom(1, 1, 20, 200),
    }),
  );
  test('are those of sorting, with pairs and stored numbers', () => {
    let large = 0;
    fc.assert(
      fc.property(
        bag,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
        ({ stored, pairs, copies }, places) => {
          const singles = Array.from({ length: copies }, () => stored).flat();
          const all = Float64Array.from([
            ...singles,
            ...pairs.flatMap(([n, times]) => Array<number>(times).fill(n)),
          ]).sort();
          if (all.length === 0) return;
          if (all.length > 2_048) large++;
          const numbers: NumberBag = {
            min: all[0]!,
            max: all.at(-1)!,
            count: all.length,
            pairs: new ListedPairs(Float64Array.from(pairs.flat())),
            stored: new ListedNumbers(Float64Array.from(singles)),
          };
          const ranks = places.map((place) => Math.round(place * (all.length - 1))).sort((a, b) => a - b);
          expect(ranked(numbers, ranks).map((n) => n || 0)).toEqual(ranks.map((rank) => all[rank]! || 0));
        },
      ),
      { numRuns: 400, seed: 51 },
    );
    expect(large).toBeGreaterThan(50);
  });
});

test('numbers at ranks of pairs that rise, the ranks as quartiles need them', () => {
  const pairs = fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 60 }).chain((values) =>
    fc.record({
      values: fc.constant(Float64Array.from(values).sort()),
      counts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: values.length, maxLength: values.length }),
    }),
  );
  fc.assert(
    fc.property(pairs, ({ values, counts }) => {
      const all = [...values].flatMap((value, i) => Array<number>(counts[i]!).fill(value));
      const ranks = [0.25, 0.5, 0.75].flatMap((p) => {
        const at = Math.floor((all.length - 1) * p);
        return [at, Math.min(at + 1, all.length - 1)];
      });
      const bag: NumberBag = {
        min: all[0]!,
        max: all.at(-1)!,
        count: all.length,
        pairs: new ListedPairs(Float64Array.from([...values].flatMap((value, i) => [value, counts[i]!]))),
        isSorted: true,
        stored: new ListedNumbers(new Float64Array()),
      };
      expect(ranked(bag, ranks)).toEqual(ranks.map((rank) => all[rank]));
    }),
    { numRuns: 300, seed: 54 },
  );
});

describe('fences', () => {
  test('are one and a half interquartile ranges outside the quartiles', () => {
    expect(fences(1, 3)).toEqual({ lowerFence: -2, upperFence: 6 });
    expect(fences(5, 5)).toEqual({ lowerFence: 5, upperFence: 5 });
    const quartiles = fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(quartiles, ([a, b]) => {
        const [q1, q3] = [Math.min(a, b), Math.max(a, b)];
        const { lowerFence, upperFence } = fences(q1, q3);
        const direct = { lower: q1 - 1.5 * (q3 - q1), upper: q3 + 1.5 * (q3 - q1) };
        if (Number.isFinite(direct.lower)) expect(lowerFence).toBe(direct.lower);
        if (Number.isFinite(direct.upper)) expect(upperFence).toBe(direct.upper);
        expect(Number.isFinite(lowerFence) && Number.isFinite(upperFence)).toBe(true);
        expect(lowerFence <= q1 && upperFence >= q3).toBe(true);
      }),
      { numRuns: 1_000, seed: 52 },
    );
  });
  test('are exact where only the range on the way overflows, and the last double where they do', () => {
    const large = 2 ** 1_023;
    expect(fences(-large, large)).toEqual({ lowerFence: -Number.MAX_VALUE, upperFence: Number.MAX_VALUE });
    // the greater fence on the way overflows, the other is a double
    expect(fences(large, 1.5 * large)).toEqual({ lowerFence: large / 4, upperFence: Number.MAX_VALUE });
  });
});

describe('top values', () => {
  const counted = fc.array(fc.tuple(fc.uint8Array({ maxLength: 4 }), fc.integer({ min: 1, max: 6 })), {
    maxLength: 60,
  });
  test('are the ten of the greatest counts, of equals the first by their bytes', () => {
    fc.assert(
      fc.property(counted, (list) => {
        const different = [...new Map(list.map(([bytes, count]) => [Buffer.from(bytes).toString('latin1'), count]))];
        const found = topValues({
          counts: Float64Array.from(different, ([, count]) => count),
          bytes: (i) => Buffer.from(different[i]![0], 'latin1'),
        });
        const expected = different.toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 10);
        expect(found.map(({ bytes, count }) => [bytes.toString('latin1'), count])).toEqual(expected);
      }),
      { numRuns: 500, seed: 53 },
    );
  });
  test('ask for no text of values that cannot be among them', () => {
    const asked: number[] = [];
    const bytes = (i: number) => {
      asked.push(i);
      return Buffer.from(String(i));
    };
    expect(topValues({ counts: Float64Array.from({ length: 10_000 }, (_, i) => i), bytes })[0]!.count).toBe(9_999);
    expect(asked).toEqual([9_990, 9_991, 9_992, 9_993, 9_994, 9_995, 9_996, 9_997, 9_998, 9_999]);
  });
});
