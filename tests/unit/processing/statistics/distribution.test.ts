import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NumericFacts } from '../../../../src/processing/profile-types.ts';
import { numpyHistogram, numpyQuantile } from '../../../support/numpy-oracle.ts';
import { plainOutside } from '../../../support/plain/charts.ts';
import { profileColumns, tableText } from '../../../support/profile-columns.ts';

/** Quartiles, outliers and histogram of hard lists of doubles, against numpy's rules and the plainest count. */

const next = (value: number, steps: number) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(value < 0 ? -steps : steps));
  const moved = view.getFloat64(0) * (value < 0 ? -1 : 1);
  return Number.isFinite(moved) ? moved : value;
};
const near = fc.integer({ min: -2, max: 2 });
const finite = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 })
  .filter((value) => value === 0 || Math.abs(value) > 1e-280);
const list = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 120 });

/** Values on the edges of the bins of their own range, and a few steps beside them. */
const onEdges = (low: fc.Arbitrary<number>, width: fc.Arbitrary<number>) =>
  fc.tuple(low, width, list(fc.tuple(fc.integer({ min: 0, max: 20 }), near))).map(([first, size, places]) => {
    const last = first + size;
    const inside = places.map(([bin, steps]) => next(first + (bin * (last - first)) / 20, steps));
    return [first, last, ...inside.filter((value) => value >= first && value <= last)];
  });

const KINDS: [string, fc.Arbitrary<number[]>][] = [
  ['doubles of any size', list(finite)],
  ['small integers with many ties', list(fc.integer({ min: -6, max: 6 }))],
  ['tenths', list(fc.integer({ min: -300, max: 300 }).map((n) => n / 10))],
  ['few different values', fc.tuple(finite, finite).chain((two) => list(fc.constantFrom(...two)))],
  ['one value', finite.chain((value) => list(fc.constant(value)))],
  [
    'a spread far below the offset',
    fc
      .tuple(fc.integer({ min: 7, max: 12 }), list(fc.integer({ min: 0, max: 100 })))
      .map(([e, values]) => values.map((n) => 10 ** e + n / 1_000)),
  ],
  [
    'a cluster with far values',
    list(
      fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 100 }) },
        { weight: 1, arbitrary: fc.integer({ min: -9_000, max: 9_000 }) },
      ),
    ),
  ],
  ['on the edges of integers', onEdges(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 60 }))],
  [
    'on the edges of tenths',
    onEdges(
      fc.integer({ min: -50, max: 50 }).map((n) => n / 10),
      fc.integer({ min: 1, max: 60 }).map((n) => n / 10),
    ),
  ],
  [
    'on the edges of doubles',
    onEdges(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true })),
  ],
];

/** JSON has no infinity: a fence beyond the doubles is the last of them. */
const writable = (fence: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, fence)) || 0;

/** The same facts in the plainest way. */
function plain(values: number[]): Omit<
  NumericFacts,
  'mean' | 'std' | 'histogram' | 'valueHistogram' | 'logHistogram'
> & {
  histogram: NumericFacts['histogram'] | undefined;
} {
  const sorted = values.toSorted((a, b) => a - b);
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => numpyQuantile(sorted, p)) as [number, number, number];
  const [lowerFence, upperFence] = [writable(q1 - 1.5 * (q3 - q1)), writable(q3 + 1.5 * (q3 - q1))];
  const outside = values
    .map((value, i) => ({
      row: i + 1,
      value: value || 0,
      far: value > upperFence ? value - upperFence : lowerFence - value,
    }))
    .filter(({ value }) => value < lowerFence || value > upperFence);
  const farthest = outside.toSorted((a, b) => b.far - a.far || a.row - b.row).slice(0, 10);
  return {
    min: sorted[0]! || 0,
    max: sorted.at(-1)! || 0,
    quartiles: { q1, median, q3 },
    zeros: values.filter((value) => value === 0).length,
    negatives: values.filter((value) => value < 0).length,
    histogram: numpyHistogram(values),
    outliers: {
      count: outside.length,
      lowerFence,
      upperFence,
      ...plainOutside(values, lowerFence, upperFence),
      examples: farthest.map(({ row, value }) => ({ row, value })),
    },
  };
}

/** Text that is never an integer, so that every value is shown as the double that it is. */
const text = (value: number) => (Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : `${value}`);

async function expectPlain(kind: fc.Arbitrary<number[]>, format: 'csv' | 'json', distinctBound: number) {
  const lists = fc.sample(kind, { numRuns: 300, seed: 20 });
  const columns = (
    await profileColumns(
      tableText(
        lists.map((values) => values.map(text)),
        format,
      ),
      { format, distinctBound },
    )
  ).slice(1);
  lists.forEach((values, i) => {
    const { mean: _, std: __, valueHistogram: ___, logHistogram: ____, ...found } = columns[i]!.numeric!;
    const expected = plain(values);
    if (expected.histogram) {
      expect(found, `${values}`).toEqual(expected);
      return;
    }
    // numpy refuses the range: the edges still go up from the least to the greatest, and every value is counted
    const { edges, counts } = found.histogram;
    expect({ ...found, histogram: undefined }, `${values}`).toEqual(expected);
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
    expect(counts.reduce((a, b) => a + b)).toBe(values.length);
  });
}

describe.each([
  { format: 'csv', distinctBound: 10_000 },
  { format: 'csv', distinctBound: 5 },
  { format: 'json', distinctBound: 10_000 },
] as const)('$format, $distinctBound values counted', ({ format, distinctBound }) => {
  test.each(KINDS)('%s', (_name, kind) => expectPlain(kind, format, distinctBound));

  test('a range of subnormals', () =>
    expectPlain(
      onEdges(fc.constantFrom(0, -5e-310, 1e-310), fc.double({ min: 1e-310, max: 9e-308, noNaN: true })),
      format,
      distinctBound,
    ));

  test('a range near the largest double', () =>
    expectPlain(
      onEdges(fc.double({ min: -8e307, max: 8e307, noNaN: true }), fc.double({ min: 1e306, max: 8e307, noNaN: true })),
      format,
      distinctBound,
    ));
});
