import { describe, expect, test } from 'vitest';
import { alertsOf } from '../../../src/report/alerts/alerts.ts';
import type { ColumnReport, ReportDocument } from '../../../src/report/document.ts';
import { column, document } from '../../support/report-document.ts';

const codes = (facts: Partial<ColumnReport>, changes?: Partial<ReportDocument>) =>
  alertsOf(document([column({ name: 'a', ...facts })], changes)).map(({ code, severity }) => `${code} ${severity}`);
const top = (...values: string[]) => values.map((value) => ({ value, count: 10 }));
/** So many of 100 values are numbers or dates; half of these in the spellings that are given. */
const spellings = (count: number, ...likes: string[]) => likes.map((like) => ({ like, count: count / likes.length }));
const resembling =
  (type: 'number' | 'date') =>
  (matching: number, ...likes: string[]): NonNullable<ColumnReport['resembles']> => ({
    type,
    matching,
    exceptions: 100 - matching,
    spellings: spellings(matching / 2, ...likes),
    examples: [{ row: 7, value: 'x' }],
  });
const numbers = resembling('number');
const dates = resembling('date');
const exact = (count: number) => ({ count, exact: true });
test('an ordinary column has none', () => {
  expect(codes({})).toEqual([]);
  expect(codes({ type: 'integer' })).toEqual([]);
  expect(codes({ type: 'date', min: '2020-01-01', max: '2024-01-01', top_values: top('2020-01-01') })).toEqual([]);
});

describe('each alert, and what lies just under its threshold', () => {
  const cases: [string, Partial<ColumnReport>, Partial<ColumnReport>][] = [
    ['all_null error', { type: 'empty', count: 0, null_count: 100, top_values: [], distinct: exact(0) }, {}],
    ['many_nulls warning', { count: 80, null_count: 20 }, { count: 81, null_count: 19 }],
    ['many_nulls error', { count: 20, null_count: 80 }, { count: 81, null_count: 19 }],
    [
      'many_nulls error',
      { count: 20, null_count: 80, null_tokens: { None: 79, '': 1 } },
      { count: 20, null_count: 80, null_tokens: { None: 80 } }, // a warning: it may be a value
    ],
    ['constant warning', { distinct: exact(1), top_values: [{ value: 'x', count: 100 }] }, {}],
    [
      'almost_constant warning',
      { distinct: exact(3), top_values: [{ value: 'x', count: 95 }, ...top('y')] },
      { distinct: exact(40), top_values: [{ value: 'x', count: 60 }] },
    ],
    [
      'mixed_types warning',
      { type: 'integer', evidence: { matching: 97, exceptions: 3, examples: [{ row: 4, value: 'x' }] } },
      { type: 'integer' },
    ],
    ['mixed_types warning', { resembles: numbers(5) }, { resembles: numbers(4) }],
    ['mixed_types warning', { resembles: dates(5) }, { resembles: dates(4) }],
    [
      'mixed_types warning',
      { kind: 'category', distinct: exact(6), resembles: numbers(44) },
      { kind: 'category', distinct: exact(5), resembles: numbers(44) }, // 4 beside f and r
    ],
    [
      'mixed_types warning',
      { kind: 'category', distinct: exact(5), resembles: numbers(50) },
      { kind: 'category', distinct: exact(5), resembles: numbers(49) },
    ],
    [
      'mixed_types warning',
      { resembles: { ...numbers(50), type: 'boolean' } },
      { resembles: { ...numbers(49), type: 'boolean' } },
    ],
    [
      'whitespace warning',
      { white_space: { count: 1, row: 3, value: ' a' } },
      { type: 'decimal', white_space: { count: 1, row: 3, value: ' 1.5' } },
    ],
    [
      'invisible_characters warning',
      { invisible: [{ code_point: 'U+200B', count: 1, row: 3, value: 'a\u200b' }] },
      { top_values: top('a\u200b') },
    ],
    ['swallowed_rows warning', { swallowed: { count: 1, lines: 4, row: 3, value: 'a\n1,2\n1,2\n1' } }, {}],
    ['thousands_as_decimals warning', { type: 'decimal', point_groups: 3 }, { type: 'decimal', point_groups: 2 }],
    ['leading_zeros info', { resembles: { ...numbers(80), codes: 1 } }, { resembles: { ...numbers(79), codes: 1 } }],
    ['leading_zeros info', { resembles: { ...numbers(80), codes: 80 } }, { resembles: numbers(80) }],
    [
      'numbers_as_text warning',
      { resembles: numbers(80, 'percent', 'currency') },
      { resembles: numbers(79, 'percent') },
    ],
    ['numbers_as_text warning', { resembles: numbers(80, 'percent') }, { resembles: numbers(80) }],
    ['date_formats warning', { resembles: dates(80, '31.05.2024') }, { resembles: dates(79, '31.05.2024') }],
    [
      'date_formats warning',
      { resembles: dates(80, '31/05/2024', '05/31/2024') },
      { resembles: { ...dates(80, '31/05/2024', '5/6/2024'), spellings: spellings(80, '31/05/2024', '5/6/2024') } },
    ],
    [
      'dates_as_text info',
      { resembles: { ...dates(80), spellings: spellings(80, '31.05.2024') } },
      { resembles: { ...dates(79), spellings: spellings(79, '31.05.2024') } },
    ],
    [
      'dates_as_text info',
      { resembles: { ...dates(80), spellings: spellings(80, '31.05.2024') } },
      { resembles: dates(80) },
    ],
    [
      'truncated warning',
      { length: { min: 10, max: 20, mean: 19 }, longest: { count: 40, next: 10, lengths: 3 } },
      { length: { min: 11, max: 20, mean: 19 }, longest: { count: 40, next: 10, lengths: 3 } },
    ],
    [
      'truncated warning',
      { length: { min: 10, max: 20, mean: 19 }, longest: { count: 40, next: 10, lengths: 3 } },
      { length: { min: 10, max: 20, mean: 19 }, longest: { count: 39, next: 10, lengths: 3 } },
    ],
    [
      'truncated warning',
      { length: { min: 1, max: 36, mean: 30 }, longest: { count: 40, next: 0, lengths: 3 } },
      { length: { min: 1, max: 36, mean: 30 }, longest: { count: 80, next: 0, lengths: 2 } }, // ids and a placeholder
    ],
    [
      'suspicious_dates warning',
      { type: 'date', min: '1799-01-02', max: '2020-01-01', top_values: [] },
      { type: 'date', min: '1899-01-02', max: '2020-01-01', top_values: [] }, // history
    ],
    [
      'suspicious_dates warning',
      { type: 'date', min: '1999-01-02', max: '2101-01-01', top_values: [] },
      { type: 'date', min: '1999-01-02', max: '2100-01-01', top_values: [] },
    ],
    [
      'suspicious_dates warning',
      {
        type: 'date',
        min: '1970-01-01',
        max: '1982-01-01',
        top_values: [{ value: '1970-01-01', count: 30 }, ...top('1971-01-01')],
      },
      {
        type: 'date',
        min: '1970-01-01',
        max: '1982-01-01',
        top_values: [{ value: '1970-01-01', count: 29 }, ...top('1971-01-01')],
      },
    ],
    [
      'suspicious_dates warning',
      { type: 'date', min: '1999-01-02', max: '9999-12-31', top_values: top('1999-01-02', '9999-12-31') },
      { type: 'date', min: '1999-01-02', max: '2024-12-31', top_values: top('1999-01-02', '2024-12-31') },
    ],
    [
      'suspicious_dates warning',
      { type: 'datetime', min: '1970-01-01T00:00', max: '2020-01-01', top_values: top('1970-01-01T00:00') },
      { type: 'date', min: '1970-01-02', max: '2020-01-01', top_values: top('1970-01-02') },
    ],
  ];
  test.each(cases)('%s', (code, above, below) => {
    expect(codes(above)).toContain(code);
    expect(codes(below)).not.toContain(code);
  });
});

test('alerts are not derived from the top values where the facts have none', () => {
  expect(codes({ top_values: top('1,5', ' a', '2024/05/31') })).toEqual([]);
});

test('of the whole file: duplicates, bad rows, encoding, header', () => {
  const all = alertsOf(
    document([column({ name: '12.5' }), column({ name: '2020-01-01' }), column({ name: 'x' })], {
      anomalies: { duplicates: { count: 10, examples: [{ row: 5, first_row: 1 }] }, outliers: {} },
      bad_rows: { count: 1, examples: [{ row: 7, line: 9, fields: 5, expected: 4 }] },
      warnings: [{ code: 'encoding_fallback', message: 'Byte 5 is not UTF-8.' }],
    }),
  );
  expect(all.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'duplicates error',
    'bad_rows warning',
    'encoding_repaired warning',
    'header_looks_like_data warning',
  ]);
  expect(all[0]!.message).toBe('10 rows repeat an earlier one (10 %). Row 5 repeats row 1.');
  expect(all[1]!.message).toBe('One row does not have 4 fields: row 7 has 5.');
});

test('bad rows are named where they are few', () => {
  const message = (count: number, ...rows: number[]) => {
    const examples = rows.map((row) => ({ row, line: row + 1, fields: row - 411, expected: 11 }));
    return alertsOf(document([column({ name: 'a' })], { bad_rows: { count, examples } }))[0]!.message;
  };
  expect(message(2, 415, 424)).toBe('2 rows do not have 11 fields: row 415 has 4, row 424 has 13.');
  expect(message(4, 415, 424, 425, 426)).toBe('4 rows do not have 11 fields; the first is row 415, which has 4.');
  expect(message(4)).toBe('4 rows do not have as many fields as the header.');
});

describe('duplicates that the columns cannot avoid are none', () => {
  const codesOf = (count: number, ...distinct: number[]) =>
    alertsOf(
      document(
        distinct.map((values, i) => column({ name: `c${i}`, distinct: exact(values) })),
        { anomalies: { duplicates: { count, examples: [] }, outliers: {} } },
      ),
    ).map(({ code }) => code);
  test.each([
    [[70, 30], []],
    [[70, 5, 4], []],
    [[70, 100], ['duplicates']],
    [[70, 25, 4], ['duplicates']],
    [[49, 51], ['duplicates']], // ids with repeats
  ])('%j of 100 rows', ([count, ...distinct], expected) => {
    expect(codesOf(count!, ...distinct)).toEqual(expected);
  });
});

test('years may be names, and so may __proto__', () => {
  expect(
    alertsOf(document([column({ name: '2019' }), column({ name: '2020' }), column({ name: '__proto__' })])),
  ).toEqual([]);
});

test('a value in a sentence is cut and on one line', () => {
  const [alert] = alertsOf(
    document([column({ name: 'a', distinct: exact(1), top_values: [{ value: `x\n${'y'.repeat(100)}`, count: 100 }] })]),
  );
  expect(alert!.message).toBe(`Every value is "x ${'y'.repeat(58)}…".`);
});

test.each([
  ['text', 'x', 'Every value is "x".', '95 % of the values are "x".'],
  ['text', '2013', 'Every value is "2013".', '95 % of the values are "2013".'],
  ['integer', ' 2013', 'Every value is 2013.', '95 % of the values are 2013.'],
  ['decimal', '0.50', 'Every value is 0.50.', '95 % of the values are 0.50.'],
  ['boolean', 'true', 'Every value is true.', '95 % of the values are true.'],
] as const)('a constant of the type %s, %j: texts alone are in quotes', (type, value, constant, almost) => {
  const message = (different: number, count: number) =>
    alertsOf(document([column({ name: 'a', type, distinct: exact(different), top_values: [{ value, count }] })]))[0]!
      .message;
  expect(message(1, 100)).toBe(constant);
  expect(message(3, 95)).toBe(almost);
});

test('a share of nulls stands beside its count', () => {
  const [alert] = alertsOf(document([column({ name: 'a', count: 564, null_count: 2_637 })], { row_count: 3_201 }));
  expect(alert!.message).toBe('2,637 of 3,201 rows (82.4 %) have no value.');
});

describe('how many fit and the first that do not', () => {
  const messages = (facts: Partial<ColumnReport>) =>
    alertsOf(document([column({ name: 'a', ...facts })])).map(({ message }) => message);
  test('of what is nearly a number', () => {
    expect(messages({ resembles: numbers(94) })).toEqual(['6 of 100 values are not numbers, such as "x" in row 7.']);
  });
  test('with their counts where these are known', () => {
    const dash = { row: 17, value: '-' };
    const resembles = { ...numbers(77), exceptions: 23, examples: [dash, { row: 77, value: 'forty' }] };
    const top_values = [
      { value: '-', count: 22 },
      { value: '3', count: 5 },
    ];
    expect(messages({ resembles, top_values })).toEqual([
      '23 of 100 values are not numbers: "-" 22 times (first in row 17), "forty" in row 77.',
    ]);
    // one more than those that are known
    expect(messages({ resembles: { ...numbers(76), examples: resembles.examples }, top_values })).toEqual([
      '24 of 100 values are not numbers, such as "-" 22 times (first in row 17).',
    ]);
    expect(messages({ resembles: { ...resembles, examples: [dash] } })).toEqual([
      '23 of 100 values are not numbers, such as "-" in row 17.',
    ]);
  });
  test('of numbers among texts', () => {
    expect(messages({ resembles: numbers(20) })).toEqual([
      '20 of 100 values are numbers, the others are not, such as "x" in row 7.',
    ]);
  });
  test('of a typed column', () => {
    const evidence = { matching: 98, exceptions: 2, examples: [4, 9].map((row) => ({ row, value: 'x' })) };
    const numbersNot = '2 of 100 values are not integers: "x" 2 times (first in row 4).';
    expect(messages({ type: 'integer', evidence })).toEqual([numbersNot]);
    expect(messages({ type: 'datetime', evidence })[0]).toContain('values are not of the type datetime: "x"');
  });
  test('a single word in the first row may be a unit', () => {
    const resembles = { ...numbers(99), exceptions: 1, examples: [{ row: 1, value: 'degC' }] };
    expect(messages({ resembles })).toEqual([
      'One of 100 values is not a number: "degC" in row 1, which may be a unit or a second header.',
    ]);
    expect(messages({ resembles: { ...resembles, examples: [{ row: 1, value: '2023-02-29' }] } })[0]).not.toContain(
      'unit',
    );
  });
  test('of numbers in other spellings, beside plain ones', () => {
    const resembles = {
      ...numbers(90),
      spellings: spellings(10, 'limits such as <5'),
      first: { row: 46, value: '<0.1' },
    };
    expect(messages({ resembles })).toEqual([
      '10 of 100 values are numbers written as limits such as <5 ("<0.1" in row 46), so the column is read as text. ' +
        '10 values are not numbers, such as "x" in row 7.',
    ]);
  });
  test('ISO dates are not called another spelling', () => {
    expect(messages({ resembles: dates(90) })).toEqual(['10 of 100 values are not dates, such as "x" in row 7.']);
  });
  test('of dates in one other way, and whether the day or the month comes first', () => {
    const written = (like: string) => ({ ...dates(100), spellings: [{ like, count: 100 }] });
    const first = { row: 2, value: '31.12.2023' };
    expect(messages({ resembles: { ...written('31.05.2024'), first } })).toEqual([
      'All 100 values are dates written like "31.12.2023" (row 2), not like 2024-05-31, and are read as text.',
    ]);
    expect(messages({ resembles: written('5/6/2024') })).toEqual([
      'All 100 values are dates written like 5/6/2024, not like 2024-05-31, and are read as text. ' +
        'Day and month cannot be told apart.',
    ]);
  });
  test('of dates in several ways', () => {
    const ways = [
      { like: '05/31/2024', count: 34 },
      { like: '5/6/2024', count: 21 },
    ];
    expect(messages({ resembles: { ...dates(100), spellings: ways } })).toEqual([
      '45 dates are written like 2024-05-31, 34 like 05/31/2024, 21 like 5/6/2024 ' +
        '(day and month cannot be told apart).',
    ]);
    const seven = ['2024/05/31', '2024.05.31', '31/05/2024', '31.05.2024', '31-05-2024', 'May 31, 2024', '31 May 2024'];
    expect(messages({ resembles: { ...dates(70), spellings: [] } })[0]).not.toContain('written');
    expect(messages({ resembles: { ...dates(98), spellings: seven.map((like) => ({ like, count: 14 })) } })[0]).toMatch(
      /^14 dates are written like 2024\/05\/31, 14 like .*, 14 in other ways\. 2 values are not dates/,
    );
  });
  test('of numbers with leading zeros', () => {
    const resembles = { ...numbers(100), spellings: [], codes: 39, first_code: { row: 9, value: '07772' } };
    expect(messages({ resembles })).toEqual([
      '39 values have leading zeros, such as "07772" (row 9), so the column is read as text.',
    ]);
  });
  test('what does not show is made visible', () => {
    const invisible = [{ code_point: 'U+00A0', count: 2, row: 3, value: 'Oslo\u00a0' }];
    expect(messages({ invisible })).toEqual([
      'There are characters that do not show: U+00A0 (no-break space) in 2 values, such as "Oslo[U+00A0]" in row 3.',
    ]);
  });
});
