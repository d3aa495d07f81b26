import { describe, expect, test } from 'vitest';
import { alertsOf } from '../../../src/report/alerts/alerts.ts';
import type { ColumnReport, Outliers } from '../../../src/report/document.ts';
import { column, document } from '../../support/report-document.ts';

/** Values from 1 to 100, quartiles 25 and 75: an interquartile range of 50, fences at -50 and 150. */
const MEASURE = { name: 'a', type: 'decimal', kind: 'measure' } as const;

/** Outliers whose farthest are these, in a column of so many values. */
function found(values: number[], count = values.length): Outliers {
  return {
    count,
    lower_fence: -50,
    upper_fence: 150,
    examples: values.map((value, i) => ({ row: i + 3, value })),
  };
}

function alerts(facts: Partial<ColumnReport>, outliers?: Outliers) {
  const made = column({ ...MEASURE, ...(outliers && { max: Number(outliers.examples[0]?.value) }), ...facts });
  const anomalies = { duplicates: { count: 0, examples: [] }, outliers: outliers ? { [made.name]: outliers } : {} };
  return alertsOf(document([made], { anomalies }));
}
const codes = (...args: Parameters<typeof alerts>) => alerts(...args).map(({ code }) => code);

describe('outliers: few, and far', () => {
  test.each<[string, number, Outliers]>([
    ['one beyond the outer fence', 100, found([226])],
    ['one of twelve values', 12, found([226])],
    ['two, one beyond it', 100, found([226, 151])],
    ['1 % of the values, one of them beyond five ranges', 1_000, found([326, 325, 324, 323], 10)],
    ['one twice as far as all others, though these are more', 1_000, found([400, 230, 229, 228], 40)],
    ['three twice as far as all others', 1_000, found([800, 799, 798, 400, 399], 40)],
    ['three beyond the outer fence, and no others', 100, found([226, 226, 226])],
    ['one below', 100, found([-126])],
  ])('%s', (_what, count, outliers) => {
    expect(codes({ count }, outliers)).toEqual(['outliers']);
  });

  test.each<[string, number, Outliers]>([
    ['none', 100, found([])],
    ['one within the outer fence', 100, found([225])],
    ['three, two of them within the outer fence', 100, found([226, 200, 151])],
    ['1 % of the values within five ranges', 1_000, found([325, 324, 323, 322], 10)],
    ['a long tail', 1_000, found([800, 700, 600, 500], 40)],
    ['one far apart from a long tail of more than 5 % of the values', 1_000, found([900, 230, 229, 228], 51)],
    ['of eleven values', 11, found([900])],
    ['fences of no width', 100, { ...found([900]), lower_fence: 5, upper_fence: 5 }],
  ])('not: %s', (_what, count, outliers) => {
    expect(codes({ count }, outliers)).toEqual([]);
  });

  test.each<[string, Partial<ColumnReport>]>([
    ['ids', { kind: 'id' }],
    ['codes', { kind: 'code' }],
    ['flags', { kind: 'flag' }],
    ['years', { kind: 'year' }],
    ['categories in numbers', { kind: 'category' }],
    ['two values', { distinct: { count: 2, exact: true } }],
    ['mostly zeros', { zeros: 50 }],
  ])('not of %s', (_what, facts) => {
    expect(codes({ type: 'integer', ...facts }, found([900]))).not.toContain('outliers');
  });

  test('of shares as well', () => {
    expect(codes({ kind: 'share' }, found([900]))).toEqual(['outliers']);
  });
});

describe('the sentence about outliers says how many, on which side, from where on, and the farthest', () => {
  const sentence = (...args: Parameters<typeof alerts>) => alerts(...args)[0]!.message;
  test('above, below, on both sides', () => {
    expect(sentence({ count: 1_000 }, found([999, 200, 199], 10))).toBe(
      '10 values (1 %) are unusually high, above 150. Highest: 999 (row 3).',
    );
    expect(sentence({ count: 1_000, max: 100, min: -900 }, found([-900, -80], 10))).toBe(
      '10 values (1 %) are unusually low, below -50. Lowest: -900 (row 3).',
    );
    expect(sentence({ count: 1_000, max: 999, min: -80 }, found([999, -80]))).toBe(
      '2 values (0.2 %) are unusually high or low, outside -50 to 150. Farthest: 999 (row 3).',
    );
  });
  test('of one', () => {
    expect(sentence({}, found([1_000]))).toBe('One value is unusually high, above 150: 1,000 (row 3).');
  });
  test('the figures are in its numbers', () => {
    expect(alerts({}, found([1_000]))[0]!.numbers).toEqual({ count: 1, lower_fence: -50, upper_fence: 150 });
  });
});

describe('outliers: a value that may stand for a missing one', () => {
  const listed = (values: number[]): Outliers => ({ ...found(values), lowest_inside: 1, highest_inside: 63.35 });
  const sentence = (...args: Parameters<typeof alerts>) => alerts(...args)[0]?.message ?? '';
  test('nines, the end of an integer type, the only negative number', () => {
    expect(alerts({}, listed([9999, 9999, 9999, 9999, 9999]))).toMatchObject([
      {
        code: 'outliers',
        severity: 'warning',
        message: '9,999 occurs 5 times; the next highest value is 63.35: it may stand for a missing value.',
        numbers: { count: 5 },
      },
    ]);
    expect(sentence({}, listed([32767, 32767, 32767]))).toContain('32,767 occurs 3 times; the next highest value');
    const negative = { min: -1000, max: 100 };
    expect(sentence(negative, listed([-1000, -1000, -1000]))).toContain(
      '-1,000 occurs 3 times; the next lowest value is 1',
    );
    expect(sentence({}, listed([999.9, 999.9, 999.9]))).toContain('999.9 occurs 3 times');
  });
  test('beside others that are less far, on both sides', () => {
    expect(sentence({}, listed([9999, 9999, 9999, -500, 200]))).toContain(
      '9,999 occurs 3 times; the next highest value is 200',
    );
  });
  test('more often than there are examples', () => {
    const top_values = [{ value: '9999', count: 40 }];
    const many = { ...listed(Array(10).fill(9999)), count: 41, above: { count: 40, counts: [] } };
    expect(sentence({ count: 1_000, top_values }, many)).toContain(
      '9,999 occurs 40 times; the next highest value is 63.35',
    );
    // which value comes next is not known
    const other = { ...many, above: { count: 41, counts: [] } };
    expect(sentence({ count: 1_000, top_values }, other)).not.toContain('missing');
    expect(sentence({ count: 1_000 }, many)).not.toContain('missing');
  });
  test.each<[string, number[]]>([
    ['twice', [9999, 9999]],
    ['of other digits', [1000, 1000, 1000]],
    ['hardly beyond the next', [999, 999, 999, 950]],
    ['hardly beyond the fence', [199, 199, 199]],
    ['beside other negative numbers', [-1000, -1000, -1000, -60]],
  ])('not %s', (_what, values) => {
    expect(sentence({ min: Math.min(1, ...values), max: Math.max(100, ...values) }, listed(values))).not.toContain(
      'missing',
    );
  });
});

describe('skewed: few values pull the mean out of the middle half of the values', () => {
  test('above and below', () => {
    expect(alerts({ mean: 76, max: 226 })).toMatchObject([
      {
        code: 'skewed',
        severity: 'info',
        message: 'Large values pull the mean (76) above the median (50).',
        numbers: { mean: 76, median: 50 },
      },
    ]);
    expect(alerts({ mean: 24, min: -126 })[0]!.message).toBe('Small values pull the mean (24) below the median (50).');
  });
  test('with the values beyond the fence, where they are counted', () => {
    const side = (count: number) => ({ ...found([226, 225, 224], 30), above: { count, counts: [] } });
    expect(alerts({ mean: 76, max: 226 }, side(30))[0]!.message).toBe(
      '30 values (30 %) above 150 pull the mean (76) above the median (50).',
    );
    const below = { ...found([-126, -125, -124], 30), below: { count: 1, counts: [] } };
    expect(alerts({ mean: 24, min: -126, max: 100 }, below)[0]!.message).toBe(
      'One value below -50 pulls the mean (24) below the median (50).',
    );
  });
  test('1.75 times the median, of values that are hardly negative', () => {
    const far = { max: 900, quartiles: { q1: 0, median: 20, q3: 40 } };
    expect(codes({ mean: 35, ...far })).toEqual(['skewed']);
    expect(codes({ mean: 34.9, ...far })).toEqual([]);
    expect(codes({ mean: 35, ...far, quartiles: { q1: -2, median: 20, q3: 40 } })).toEqual([]);
  });
  test.each<[string, Partial<ColumnReport>]>([
    ['within the quartiles', { mean: 75 }],
    ['close to the median', { mean: 119, quartiles: { q1: 99, median: 100, q3: 101 } }],
    ['where no value is far away: of two groups', { mean: 76, max: 225 }],
    ['of few values', { mean: 76, count: 19 }],
    ['of ids', { mean: 76, kind: 'id' }],
    ['of years', { mean: 76, kind: 'year' }],
    ['of coordinates', { mean: 76, name: 'lat' }],
    ['of five different values', { mean: 76, distinct: { count: 5, exact: true } }],
  ])('not %s', (_what, facts) => {
    expect(codes({ max: 226, ...facts })).not.toContain('skewed');
  });
  test('at the ends of the doubles', () => {
    const quartiles = { q1: -1.7e308, median: -1.7e308, q3: -1.6e308 };
    expect(codes({ min: -1.7e308, max: 1.7e308, mean: 1.7e308, std: 1.5e308, quartiles })).toEqual(['skewed']);
  });
});

describe('many_zeros: an amount that is mostly none', () => {
  const zeros = { q1: 0, median: 0, q3: 3 };
  test('of half of the values', () => {
    expect(alerts({ zeros: 50, quartiles: { q1: 0, median: 0.5, q3: 3 } })[0]!.message).toBe(
      '50 % of the values are 0.',
    );
    expect(alerts({ zeros: 62, quartiles: zeros })[0]!.message).toBe('62 % of the values are 0, and so is the median.');
    expect(codes({ zeros: 49 })).toEqual([]);
  });
  test('also of nearly all values, however few others there are', () => {
    const nearly = { zeros: 99, quartiles: { q1: 0, median: 0, q3: 0 }, top_values: [{ value: '0', count: 99 }] };
    const two = { ...nearly, distinct: { count: 2, exact: true } };
    const message = '99 % of the values are 0.';
    expect(alerts(two)).toMatchObject([{ code: 'many_zeros', severity: 'info', message }]);
    expect(codes({ ...two, kind: 'code' })).toEqual(['almost_constant']);
    expect(codes({ ...two, zeros: 0, top_values: [{ value: '7', count: 99 }] })).toEqual(['almost_constant']);
  });
  test.each(['flag', 'category', 'code', 'id'] as const)('not of the kind %s', (kind) => {
    expect(codes({ zeros: 62, quartiles: zeros, kind })).toEqual([]);
  });
  test('it is the only one: zeros make outliers of all other values', () => {
    expect(codes({ zeros: 62, mean: 90 }, found([900]))).toEqual(['many_zeros']);
  });
});

describe('columns with the same alert', () => {
  const of = (count: number) => {
    const names = Array.from({ length: count }, (_, i) => `c${i}`);
    return alertsOf(document(names.map((name, i) => column({ ...MEASURE, name, max: 900, mean: 76 + i }))));
  };
  test('three have one each', () => {
    expect(of(3).map(({ column }) => column)).toEqual(['c0', 'c1', 'c2']);
  });
  test('four share one, which has the sentence about each', () => {
    const [alert, ...others] = of(4);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      code: 'skewed',
      severity: 'info',
      message:
        '4 columns have a mean that their largest or smallest values pull far from the median: ' +
        '"c0", "c1", "c2" and 1 more. In "c0": Large values pull the mean (76) above the median (50).',
      numbers: { columns: 4 },
    });
    expect(alert!.column).toBeUndefined();
    expect(alert!.columns).toHaveLength(4);
    expect(alert!.columns![3]).toEqual({
      column: 'c3',
      message: 'Large values pull the mean (79) above the median (50).',
      numbers: { mean: 79, median: 50 },
    });
  });
  test('where the share says it all, the names have it', () => {
    const nulls = [30, 40, 50, 60].map((null_count, i) =>
      column({ name: `c${i}`, null_count, count: 100 - null_count }),
    );
    expect(alertsOf(document(nulls)).map(({ message }) => message)).toEqual([
      '4 columns have no value in at least 20 % of the rows: "c0" (30 %), "c1" (40 %), "c2" (50 %) and 1 more.',
    ]);
  });
  test('a severity of their own keeps them apart', () => {
    const nulls = [30, 30, 30, 90].map((null_count, i) =>
      column({ name: `c${i}`, null_count, count: 100 - null_count }),
    );
    expect(alertsOf(document(nulls)).map(({ severity }) => severity)).toEqual([
      'error',
      'warning',
      'warning',
      'warning',
    ]);
  });
});
