import { describe, expect, test } from 'vitest';
import { columnKinds, type FilterKind, rowKinds } from '../../../../src/web/rows/filter-kinds.ts';
import type { Column, Report } from '../../../../src/web/rows/report.ts';

const column = (type: Column['type'], more: Partial<Column> = {}): Column => ({
  name: 'x',
  position: 1,
  type,
  null_count: 7,
  null_tokens: {},
  evidence: { exceptions: 2 },
  top_values: [],
  ...more,
});
const reportOf = (one: Column, outliers = 3): Report => ({
  row_count: 100,
  columns: [one],
  anomalies: { duplicates: { count: 4 }, outliers: { x: { count: outliers, lower_fence: -1, upper_fence: 9.5 } } },
  bad_rows: { count: 1 },
  file: { format: 'csv', delimiter: ',', bytes: 1 },
});
const kindsOf = (one: Column, outliers?: number) => columnKinds(one, reportOf(one, outliers));
const labels = (kinds: FilterKind[]) => kinds.map(({ label }) => label);
const built = (kinds: FilterKind[], id: string, first = '', second = '') =>
  kinds.find((kind) => kind.id === id)!.build({ first, second });

describe('a column offers what it can be asked', () => {
  const ofTexts = ['is', 'is not', 'contains', 'begins with'];
  test.each<[Column['type'], string[]]>([
    ['text', [...ofTexts, 'is null', 'is not null', 'has a length between']],
    ['json', [...ofTexts, 'is null', 'is not null', 'has a length between']],
    ['empty', [...ofTexts, 'is null', 'is not null']],
    ['date', [...ofTexts, 'is between', 'is null', 'is not null', 'is not a date', 'has a length between']],
    ['boolean', [...ofTexts, 'is null', 'is not null', 'is not true or false', 'has a length between']],
    [
      'decimal',
      [
        ...['is', 'is not written as', 'contains', 'begins with'],
        'is between',
        'is an outlier below -1 or above 9.5',
        'is an outlier above 9.5',
        'is an outlier below -1',
        'is null',
        'is not null',
        'is not a number',
        'has a length between',
      ],
    ],
  ])('of the type %s', (type, expected) => expect(labels(kindsOf(column(type)))).toEqual(expected));

  test('without outliers their sides are not offered', () => {
    expect(labels(kindsOf(column('integer'), 0)).filter((label) => label.includes('outlier'))).toHaveLength(1);
  });

  test('what the report noted about spellings, and only then', () => {
    const noted = column('text', {
      resembles: { type: 'number', matching: 90, exceptions: 3, spellings: [{ like: 'currency', count: 8 }] },
      white_space: { count: 5 },
      invisible: [{ code_point: 'U+00A0', count: 6 }],
      swallowed: { count: 1 },
    });
    const counts = kindsOf(noted).map(({ label, count }) => [label, count]);
    expect(counts).toEqual(
      expect.arrayContaining([
        ['can be read as a number', 90],
        ['is written with a currency sign', 8],
        ['begins or ends with white space', 5],
        ['contains the character U+00A0 (no-break space)', 6],
        ['spans lines that look like rows', 1],
      ]),
    );
    expect(labels(kindsOf(column('text'))).some((label) => /read as|written|white space|spans/.test(label))).toBe(
      false,
    );
  });
});

test('whole rows: bad ones where the format can have them', () => {
  const report = reportOf(column('text'));
  expect(labels(rowKinds(report))).toEqual([
    'repeats an earlier row',
    'equals row …',
    'has too few or too many fields',
  ]);
  expect(labels(rowKinds({ ...report, file: { format: 'json', bytes: 1 } }))).toHaveLength(2);
});

describe('what is filled in becomes a condition', () => {
  const numbers = kindsOf(column('decimal'));
  test.each([
    ['in', 'a', '', { column: 'x', in: ['a'] }],
    ['in', '', '', { column: 'x', in: [''] }],
    ['not_in', 'a', '', { column: 'x', not_in: ['a'] }],
    ['contains', 'a', '', { column: 'x', contains: 'a' }],
    ['starts_with', 'a', '', { column: 'x', starts_with: 'a' }],
    ['between', '1', '2.5', { column: 'x', gte: 1, lte: 2.5 }],
    ['between', '0', '', { column: 'x', gte: 0 }],
    ['between', '', '0', { column: 'x', lte: 0 }],
    ['between', '', ' ', 'Fill in at least one of the two.'],
    ['between', 'one', '', '“one” is not a number: write it like 8000000 or 1234.5.'],
    ['length', '0', '3', { column: 'x', min_length: 0, max_length: 3 }],
    ['length', '-1', '', '“-1” is not a whole number: write it like 1234.'],
    ['length', '1.5', '', '“1.5” is not a whole number: write it like 1234.'],
    ['high', '', '', { column: 'x', outlier: 'high' }],
    ['null', '', '', { column: 'x', is_null: true }],
    ['type', '', '', { column: 'x', of_type: false }],
  ])('%s: %j, %j', (id, first, second, condition) => {
    expect(built(numbers, id, first, second)).toEqual(condition);
  });

  test('a range of dates keeps their texts', () => {
    expect(built(kindsOf(column('date')), 'between', ' 2024-01-31 ')).toEqual({ column: 'x', gte: '2024-01-31' });
  });

  test.each([
    ['17', { duplicate_of: 17 }],
    ['0', '“0” is not a whole number: write it like 1234.'],
    ['', '“” is not a whole number: write it like 1234.'],
  ])('equals row %j', (text, condition) => {
    expect(built(rowKinds(reportOf(column('text'))), 'duplicate_of', text)).toEqual(condition);
  });
});
