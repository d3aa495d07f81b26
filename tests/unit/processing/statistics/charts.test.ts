import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProfileOptions } from '../../../../src/processing/profile-options.ts';
import { countsBetween, hasPlainLog, plainDates, plainValues } from '../../../support/plain/charts.ts';
import { profileColumns, tableText } from '../../../support/profile-columns.ts';
import { profileText } from '../../../support/profile-text.ts';

/**
 * What charts are drawn from, against the plainest count: bars by value, bins of equal ratio, dates by calendar unit.
 * Outliers by distance are in distribution.test.ts.
 */

type Way = Omit<ProfileOptions, 'format'> & { format: 'csv' | 'json' };
const WAYS: Way[] = [
  { format: 'csv' },
  { format: 'csv', distinctBound: 5 },
  { format: 'csv', distinctBound: 60, tuning: { blockBytes: 256, unitRows: 3, unitCells: 200 } },
  { format: 'csv', distinctBound: 20, tuning: { wideColumns: 1, chunkBytes: 1_024 } },
  { format: 'json' },
  { format: 'json', distinctBound: 5 },
  { format: 'json', distinctBound: 20, tuning: { wideColumns: 1, blockBytes: 1_024 } },
];
/** The facts of columns of cells, each written as it is in CSV and quoted where JSON needs it. */
const profiled = async (columns: string[][], { format, ...options }: Way, quoted: boolean) => {
  const cells = quoted && format === 'json' ? columns.map((list) => list.map((cell) => `"${cell}"`)) : columns;
  return (await profileColumns(tableText(cells, format), { format, ...options })).slice(1);
};

describe.each(WAYS)('%o', (way) => {
  const few = fc
    .uniqueArray(fc.oneof(fc.integer({ min: -30, max: 60 }), fc.integer({ min: -1e6, max: 1e6 })), {
      minLength: 1,
      maxLength: 60,
      size: 'max',
    })
    .chain((values) => fc.tuple(fc.constant(values), fc.array(fc.constantFrom(...values), { maxLength: 200 })))
    .map(([values, more]) => [...values, ...more]);

  test('whole numbers of at most 50 different values have a bar for each', async () => {
    const lists = fc.sample(few, { numRuns: 100, seed: 30 });
    const columns = await profiled(
      lists.map((list) => list.map(String)),
      way,
      false,
    );
    const expected = lists.map(plainValues);
    expect(columns.map(({ numeric }) => numeric!.valueHistogram)).toEqual(expected);
    expect(expected.filter((each) => each === undefined).length).toBeGreaterThan(5);
    expect(expected.filter((each) => each !== undefined).length).toBeGreaterThan(20);
  });

  test('equal numbers are one value however they are written, decimals and large numbers have no bars', async () => {
    const spelled = way.format === 'csv' ? ['5', '+5', ' 5', '-0', '0'] : ['5', '"+5"', '" 5"', '-0', '0'];
    const columns = await profiled(
      [spelled, ['1', '2.0'], [`${2 ** 51}`, `${2 ** 51 - 1}`], [`${2 ** 51 + 1}`, '1'], ['1', '1', '2', '10']],
      way,
      false,
    );
    expect(columns.map(({ numeric }) => numeric!.valueHistogram)).toEqual([
      { edges: [-0.5, 0.5, 4.5, 5.5], counts: [2, 0, 3] },
      undefined,
      { edges: [2 ** 51 - 1.5, 2 ** 51 - 0.5, 2 ** 51 + 0.5], counts: [1, 1] },
      undefined,
      { edges: [0.5, 1.5, 2.5, 9.5, 10.5], counts: [2, 1, 0, 1] },
    ]);
  });

  test('the 51st different value ends the bars, wherever it comes', async () => {
    const fifty = Array.from({ length: 50 }, (_, i) => `${i}`);
    const often = Array.from({ length: 40 }, () => fifty).flat();
    const columns = await profiled([often, [...often, '50'], ['50', ...often]], way, false);
    expect(columns.map(({ numeric }) => numeric!.valueHistogram?.counts)).toEqual([
      Array(50).fill(40),
      undefined,
      undefined,
    ]);
  });

  const close = fc.double({ min: 1, max: 2, noNaN: true });
  const positive = fc
    .tuple(
      fc.array(close, { minLength: 5, maxLength: 80 }),
      fc.array(fc.double({ min: 2, max: 1e7, noNaN: true }), { maxLength: 12 }),
      fc.constantFrom(1, 1, 1e-12, 1e300),
      fc.constantFrom(undefined, undefined, undefined, 0, -1, 1_000),
    )
    .map(([many, others, scale, one]) =>
      [...many, ...others, ...(one === undefined ? [] : [one])].map((value) => value * scale),
    );
  const decimal = (value: number) => (Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : `${value}`);

  test('numbers of which most are in one bin have bins of equal ratio', async () => {
    const lists = fc.sample(positive, { numRuns: 200, seed: 31 });
    const columns = await profiled(
      lists.map((list) => list.map(decimal)),
      way,
      false,
    );
    let found = 0;
    lists.forEach((list, i) => {
      const { logHistogram: log, histogram } = columns[i]!.numeric!;
      expect(log !== undefined, `${list}`).toBe(hasPlainLog(list, histogram.counts));
      if (!log) return;
      found++;
      const [min, max] = [Math.min(...list), Math.max(...list)];
      expect([log.edges[0], log.edges[20]]).toEqual([min, max]);
      log.edges.forEach((edge, k) => {
        // numpy.geomspace(min, max, 21)
        const exact = Math.exp(Math.log(min) + (k * (Math.log(max) - Math.log(min))) / 20);
        expect(Math.abs(edge / exact - 1)).toBeLessThan(1e-12);
      });
      expect(log.counts).toEqual(countsBetween(log.edges, list));
    });
    expect(found).toBeGreaterThan(50);
    expect(lists.length - found).toBeGreaterThan(50);
  });

  test('the least and the greatest double have bins of equal ratio', async () => {
    const list = [Number.MIN_VALUE, 1e-300, 1e-200, 1, 1, 1, 1e100, 1e200, 1e300, Number.MAX_VALUE];
    const [column] = await profiled([list.map(String)], way, false);
    const { edges, counts } = column!.numeric!.logHistogram!;
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
    expect(counts).toEqual(countsBetween(edges, list));
    expect(counts).toEqual([2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 1, 0, 0, 1, 0, 0, 2]);
  });

  const HOUR = 3_600;
  const DAY = 24 * HOUR;
  /** Beginnings of units, and instants around them, so that a span is exactly as long as the bars reach, or longer. */
  const begin = fc
    .record({
      year: fc.constantFrom(1, 1899, 1900, 1969, 1970, 1999, 2000, 2023, 2024, 2100, 9_870),
      month: fc.integer({ min: 0, max: 11 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    .map(({ year, month, day }) => new Date(0).setUTCFullYear(year, month, day) / 1_000);
  const span = fc.constantFrom(60, HOUR, 120 * 60, 5 * DAY, 120 * DAY, 3_650 * DAY, 3_652 * DAY, 43_800 * DAY);
  const instants = fc
    .tuple(begin, span, fc.constantFrom(0, 0, 1, 59), fc.integer({ min: 1, max: 90 }))
    .chain(([first, length, extra, count]) =>
      fc.array(
        fc.oneof(
          fc.constantFrom(first, first + length - 1, first + length, first + length + extra),
          fc.integer({ min: first, max: first + length }),
        ),
        { minLength: 1, maxLength: count },
      ),
    );
  const order = fc.constantFrom(
    (list: number[]) => list,
    (list: number[]) => list.toSorted((a, b) => a - b),
    (list: number[]) => list.toSorted((a, b) => b - a),
  );
  const dates = fc.tuple(instants, order).map(([list, ordered]) => ordered(list));
  /** An instant in one of the spellings of datetimes. */
  const spell = (seconds: number, i: number) => {
    const at = (shift: number) => new Date((seconds + shift) * 1_000).toISOString();
    const spellings = [
      at(0).slice(0, 19),
      at(0).slice(0, 19).replace('T', ' '),
      at(0),
      `${at(0).slice(0, 19)}.999999999999999999`,
      `${at(2 * HOUR).slice(0, 19)}+02:00`,
      `${at(-11.5 * HOUR).slice(0, 19)}-1130`,
    ];
    return spellings[i % spellings.length]!;
  };

  test.each([
    ['in one spelling', (seconds: number) => spell(seconds, 1)],
    ['in several spellings', spell],
  ] as const)('datetimes %s are counted by the finest unit of at most 120 bars', async (_name, text) => {
    const lists = fc.sample(dates, { numRuns: 150, seed: 32 });
    const columns = await profiled(
      lists.map((list) => list.map(text)),
      way,
      true,
    );
    const units = new Set<string>();
    lists.forEach((list, i) => {
      const expected = plainDates(list, false);
      expect(columns[i]!.dateHistogram, `${list}`).toEqual(expected);
      units.add(expected.unit);
    });
    expect([...units].sort()).toEqual(['day', 'decade', 'hour', 'minute', 'month', 'year']);
  });

  test('dates are counted by nothing finer than days; exceptions are left out', async () => {
    const lists = fc.sample(dates, { numRuns: 100, seed: 33 });
    const columns = await profiled(
      lists.map((list) => [
        ...list.map((seconds) => new Date(seconds * 1_000).toISOString().slice(0, 10)),
        ...Array(Math.floor(list.length / 20)).fill('soon'),
      ]),
      way,
      true,
    );
    lists.forEach((list, i) => {
      const days = list.map((seconds) => Math.floor(seconds / DAY) * DAY);
      expect(columns[i]!.dateHistogram, `${list}`).toEqual(plainDates(days, true));
    });
  });

  test('centuries, and years that a zone leads out of four digits', async () => {
    const columns = await profiled(
      [
        ['0000-01-01', '1899-12-31', '1900-01-01', '9999-12-31'],
        ['9999-12-31T23:59:30-00:01', '9999-12-31T23:59:59'],
        ['0000-01-01T00:00+00:01', '0000-01-01T00:00:00Z'],
      ],
      way,
      true,
    );
    const [centuries, end, beginning] = columns.map(({ dateHistogram }) => dateHistogram!);
    expect([centuries!.unit, centuries!.counts.length]).toEqual(['century', 100]);
    expect(centuries!.edges.slice(18, 20)).toEqual(['1800', '1900']);
    expect([centuries!.counts[0], ...centuries!.counts.slice(18, 20), centuries!.counts[99]]).toEqual([1, 1, 1, 1]);
    expect(centuries!.edges.at(-1)).toBe('+010000');
    expect(end).toEqual({
      unit: 'minute',
      edges: ['9999-12-31T23:59', '+010000-01-01T00:00', '+010000-01-01T00:01'],
      counts: [1, 1],
    });
    expect(beginning).toEqual({
      unit: 'minute',
      edges: ['-000001-12-31T23:59', '0000-01-01T00:00', '0000-01-01T00:01'],
      counts: [1, 1],
    });
  });
});

/** So many instants that the bound of 10,000 different values is passed, in an order that jumps. */
const many = (days: number) =>
  Array.from({ length: 14_000 }, (_, i) => 946_684_800 + ((i * 7_919 * 61) % (days * 86_400)));
test.each([1, 100, 3_000, 40_000])('datetimes of %i days past the bound are counted exactly', async (days) => {
  const seconds = many(days);
  const text = seconds.map((second) => `${new Date(second * 1_000).toISOString().slice(0, 19)},x\n`).join('');
  const [column] = await profileColumns(`at,x\n${text}`, { format: 'csv' });
  expect(column!.distinct.exact).toBe(false);
  expect(column!.dateHistogram).toEqual(plainDates(seconds, false));
});

test('how a file of dates is cut changes nothing', async () => {
  const few = [0, 40, 3_600, 90_000, -1, 5_000_000, 5_000_060, 400_000_000, 400_000_001, 400_090_000];
  const seconds = [...few, ...few.map((second) => second * 2 + 7)];
  const rows = seconds.map((second, i) => `${new Date(second * 1_000).toISOString().slice(0, 19)},${10 ** (i % 5)}\n`);
  const bytes = Buffer.from(`at,n\n${rows.join('')}`);
  for (const distinctBound of [3, 10_000]) {
    const whole = await profileText(bytes, 'csv', [], { distinctBound });
    const [column] = JSON.parse(whole).columns;
    expect(column.date_histogram).toEqual(plainDates(seconds, false));
    for (let at = 1; at < bytes.length; at++)
      expect(await profileText(bytes, 'csv', [at], { distinctBound, tuning: { blockBytes: 256, unitRows: 2 } })).toBe(
        whole,
      );
  }
});
