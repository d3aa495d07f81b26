import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { double, exactMoments, written } from '../../../support/exact-statistics.ts';
import { profileColumns, tableText } from '../../../support/profile-columns.ts';
import { agrees } from '../../../support/report-value.ts';

/**
 * Mean and deviation hold 14 digits of the exact result over the values, as written or as the doubles that they become.
 * The exact result is computed with rationals.
 */
const decimals = (offset: bigint, places: number, spread: number) =>
  fc
    .array(fc.integer({ min: 0, max: spread }), { minLength: 2, maxLength: 300 })
    .map((list) => list.map((n) => `${offset}.${String(n).padStart(places, '0')}`));

const KINDS: [string, fc.Arbitrary<string[]>][] = [
  ...[7, 8, 9, 10, 11, 12].flatMap((power): [string, fc.Arbitrary<string[]>][] => [
    [`offset 1e${power}, spread 0.1, three decimals`, decimals(10n ** BigInt(power), 3, 100)],
    [`offset -1e${power}, spread 0.1, one decimal`, decimals(-(10n ** BigInt(power)), 1, 1)],
  ]),
  [
    'integers of 19 digits beside each other',
    fc.array(
      fc.bigInt({ min: 0n, max: 5_000n }).map((n) => `${10n ** 18n + n}`),
      { minLength: 2, maxLength: 100 },
    ),
  ],
  [
    'large values that cancel',
    fc
      .array(fc.tuple(fc.double({ min: 1, max: 1e150, noNaN: true }), fc.integer({ min: -9, max: 9 })), {
        minLength: 1,
        maxLength: 20,
      })
      .map((pairs) => pairs.flatMap(([value, small]) => [`${value}`, `${small}.25`, `${-value}`])),
  ],
  [
    'doubles of any size up to 1e150',
    fc.array(fc.double({ min: -1e150, max: 1e150, noNaN: true }).map(String), { minLength: 1, maxLength: 50 }),
  ],
  [
    'tiny values, above the subnormals',
    fc.array(
      fc
        .double({ min: -1e-140, max: 1e-140, noNaN: true })
        .filter((v) => v === 0 || Math.abs(v) > 1e-150)
        .map(String),
      { minLength: 1, maxLength: 50 },
    ),
  ],
  [
    'one value many times',
    fc
      .double({ min: -1e9, max: 1e9, noNaN: true })
      .chain((v) => fc.array(fc.constant(`${v}`), { minLength: 2, maxLength: 60 })),
  ],
];

async function expectExact(kind: fc.Arbitrary<string[]>, format: 'csv' | 'json', distinctBound: number) {
  const lists = fc.sample(kind, { numRuns: 150, seed: 14 });
  const columns = (await profileColumns(tableText(lists, format), { format, distinctBound })).slice(1);
  lists.forEach((list, i) => {
    const { mean, std } = columns[i]!.numeric!;
    const asWritten = exactMoments(list.map(written));
    const asDoubles = exactMoments(list.map((text) => double(Number(text))));
    const holds = (found: number | null, key: 'mean' | 'std') =>
      [asWritten[key], asDoubles[key]].some((exact) =>
        found === null || exact === null ? found === exact : agrees(found, exact || 0),
      );
    expect(
      [holds(mean, 'mean'), holds(std, 'std')],
      `${list}: ${mean} ${std}, exactly ${JSON.stringify(asDoubles)}`,
    ).toEqual([true, true]);
  });
}

describe.each([
  { format: 'csv', distinctBound: 10_000 },
  { format: 'csv', distinctBound: 5 },
  { format: 'json', distinctBound: 10_000 },
] as const)('$format, $distinctBound values counted', ({ format, distinctBound }) => {
  test.each(KINDS)('%s', (_name, kind) => expectExact(kind, format, distinctBound));

  test('deviations whose squares underflow', () =>
    expectExact(
      fc.array(fc.double({ min: -1e-160, max: 1e-160, noNaN: true }).map(String), { minLength: 2, maxLength: 30 }),
      format,
      distinctBound,
    ));

  test('subnormals', () =>
    expectExact(
      fc.array(fc.double({ min: -2e-308, max: 2e-308, noNaN: true }).map(String), { minLength: 2, maxLength: 30 }),
      format,
      distinctBound,
    ));

  test('deviations whose squares overflow', () =>
    expectExact(
      fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }).map(String), { minLength: 2, maxLength: 30 }),
      format,
      distinctBound,
    ));
});

test('the mean is finite where the sum is not', async () => {
  const [, column] = await profileColumns(tableText([['1.6e308', '1.7e308', '1.5e308', '1.6e308']], 'csv'), {
    format: 'csv',
  });
  expect(column!.numeric!.mean).toBe(1.6e308);
});

test('mean and deviation are the same to the last digit, whichever numbers were counted or stored', async () => {
  const kind = fc.array(
    fc.integer({ min: 0, max: 400 }).map((n) => `${n / 7}`),
    { minLength: 300, maxLength: 900 },
  );
  const text = tableText(fc.sample(kind, { numRuns: 40, seed: 15 }), 'csv');
  const found = await Promise.all(
    [1_000, 200, 60, 10, 1].map(async (distinctBound) => {
      const columns = await profileColumns(text, { format: 'csv', distinctBound });
      return columns.slice(1).map(({ numeric }) => [numeric!.mean, numeric!.std]);
    }),
  );
  for (const other of found.slice(1)) expect(other).toEqual(found[0]);
});
