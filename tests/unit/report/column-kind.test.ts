import { describe, expect, test } from 'vitest';
import { columnKind } from '../../../src/report/column-kind.ts';
import { COLUMN_KINDS, type ColumnKind } from '../../../src/report/column-kinds.ts';
import { readReport } from '../../../src/report/report-text.ts';
import { profileText } from '../../support/profile-text.ts';
import { column } from '../../support/report-document.ts';

/** The kind of a column of these values, as the report of a CSV file has it. */
async function kindOf(name: string, values: (string | number)[]): Promise<ColumnKind> {
  const quoted = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
  // a second column, so that a null is no empty line
  const rows = values.map((value) => (value === '' ? ',x' : `${quoted(value)},x`));
  const report = readReport(await profileText(Buffer.from([`${quoted(name)},other`, ...rows, ''].join('\n')), 'csv'));
  return report.columns[0]!.kind;
}

const times = <T>(count: number, value: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => value(i));
/** The same values over and over. */
const repeat = <T>(count: number, ...values: T[]): T[] => times(count, (i) => values[i % values.length]!);
/** A number from 0 to 1 that looks random and is always the same. */
const random = (i: number) => ((i * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;
const letters = (i: number) => String.fromCharCode(65 + (i % 26), 65 + ((i * 7) % 26), 65 + ((i >> 2) % 26));

type Case = [name: string, values: (string | number)[], what: string];
/** Of each kind columns that are of it, and columns that look alike and are not, with the kind that they are. */
const CASES: Record<ColumnKind, { is: Case[]; isNot: [...Case, ColumnKind][] }> = {
  id: {
    is: [
      ['id', times(30, (i) => 17 + i * i), 'whole numbers by name'],
      ['customerID', times(30, (i) => 17 + i * i), 'camel case'],
      ['objectid', times(30, (i) => 9 + i * 3), 'glued'],
      ['Order No.', times(30, (i) => 1_000 + i * 7), 'no, as a number'],
      ['', times(30, (i) => i), 'a run from 0, without a name'],
      ['part', times(30, (i) => `A-${1_000 + i}`), 'codes of one length'],
      ['session', times(12, (i) => `${(i + 16).toString(16)}f5c1b7-2d3e-4f60-8a9b-${i + 100_000_000_000}`), 'UUIDs'],
      ['commit', times(12, (i) => `${i + 10}cafe0123456789beef`), 'hexadecimal texts'],
      ['iata', ['00M', '00R', 'ATL', 'JFK'], 'texts by name'],
    ],
    isNot: [
      ['population', times(30, (i) => 52_993 + i * i * 9_973), 'amounts that happen to differ', 'measure'],
      ['price', times(30, (i) => (i + 0.25).toFixed(2)), 'prices', 'measure'],
      ['temperature', times(30, (i) => i / 10 + 20), 'measurements', 'measure'],
      ['year', times(30, (i) => 1_990 + i), 'a year a row', 'year'],
      ['country', ['Chad', 'Mali', 'Niger', 'Togo'], 'names', 'text'],
      ['month', times(12, (i) => i + 1), 'months, a run', 'category'],
      ['number of visits', times(30, (i) => i + 5), 'counts, a run', 'measure'],
      ['customer_id', repeat(30, 17, 23, 99), 'ids that repeat', 'code'],
      ['smoking_no_cancer_no', times(30, (i) => 100 + i * i), 'an answer', 'measure'],
      ['quarter', times(30, (i) => `${1990 + (i >> 2)}Q${(i % 4) + 1}`), 'quarters', 'text'],
      ['paid', times(30, (i) => 100 + i * i), 'no id, though it ends like one', 'measure'],
    ],
  },
  code: {
    is: [
      ['zip', times(30, (i) => 10_000 + i * 37), 'ZIP codes, though all differ'],
      ['zip', times(30, (i) => `0${1_000 + i}`), 'with leading zeros'],
      ['shop', repeat(30, '001', '002', '010'), 'leading zeros, without a name'],
      ['country', times(60, (i) => letters(i % 20)), 'ISO codes'],
      ['agency code', repeat(30, 937, 901, 24), 'by name'],
      ['phone', ['+49 30 1234567', '+49 30 7654321', '+49 89 1234567'], 'telephone numbers'],
      ['contact', ['(212) 555-0101', '(212) 555-0102', '(646) 555-0103'], 'telephone numbers, without a name'],
      ['visitor', times(40, (i) => `${(i % 20) + 10}cafe0123456789beef`), 'hashes that repeat'],
    ],
    isNot: [
      ['size', repeat(30, 'XS', 'XL', 'XX'), 'few words in capitals', 'category'],
      ['encoder', times(30, (i) => 100 + i * i), 'no code', 'measure'],
      ['score', repeat(40, 3, 17, 44, 90), 'amounts that repeat', 'measure'],
      ['point', times(30, (i) => `-0.0031325${i} 0.083`), 'pairs of decimals', 'text'],
      ['season', repeat(40, '2001-2002', '2002-2003'), 'no telephone numbers', 'category'],
    ],
  },
  category: {
    is: [
      ['origin', repeat(30, 'USA', 'Japan', 'Europe'), 'few texts'],
      ['country', repeat(30, 'Germany'), 'one text'],
      ['cylinders', repeat(60, 3, 4, 6, 8), 'few whole numbers'],
      ['district', repeat(60, ...times(20, (i) => i + 1)), 'numbered groups'],
      ['hour', repeat(100, ...times(24, (i) => i)), 'hours'],
      ['weather', repeat(30, 'dry', 'wet'), 'two texts that are no yes and no'],
    ],
    isNot: [
      ['name', times(30, (i) => `Person ${i}`), 'all different', 'text'],
      ['refund', repeat(60, 0, 1_500, 14_500), 'few amounts', 'measure'],
      ['siblings', repeat(60, 0, 1, 2, 3), 'counts', 'measure'],
      ['dose', repeat(60, 0.5, 1, 2), 'decimals', 'measure'],
      ['change', repeat(60, -1, 0, 1, 2), 'below zero', 'measure'],
      ['x', [1, 2, 1, 2, 3], 'too few', 'measure'],
    ],
  },
  flag: {
    is: [
      ['survived', repeat(30, 0, 1), '0 and 1'],
      ['survived', repeat(30, '0.0', '1.0'), '0.0 and 1.0, as pandas writes them beside nulls'],
      ['open', repeat(30, 'true', 'false'), 'true and false'],
      ['open', repeat(30, 'Yes', 'no'), 'yes and no, in any case'],
      ['sex', repeat(30, 'M', 'F'), 'm and f'],
      ['ok', ['true', 'true'], 'a boolean of one value'],
    ],
    isNot: [
      ['x', repeat(30, 0, 1, 2), 'three values', 'category'],
      ['x', repeat(30, 0, 5_000), 'two amounts', 'measure'],
      ['city', repeat(30, 'Oslo', 'Bergen'), 'two names', 'category'],
    ],
  },
  year: {
    is: [
      ['year', [1565, 1570, 1820, 1900], 'by name, over centuries'],
      ['Baujahr', [1890, 2003, 2003, 2004], 'German'],
      ['año', [1990, 1991], 'Spanish'],
      ['Année de naissance', [1901, 1990], 'French'],
      ['yearBuilt', ['1890.0', '2003.0'], 'with .0'],
      ['built', times(30, (i) => 1_950 + ((i * 7) % 60)), 'close together, without a name'],
    ],
    isNot: [
      ['weight', times(30, (i) => 1_613 + i * 100), 'far apart', 'measure'],
      ['years', [1, 5, 9, 12], 'a number of years', 'measure'],
      ['pressure', times(30, (i) => 1_001 + ((i * 7) % 25)), 'close together, long ago', 'measure'],
      ['price', times(30, (i) => 1_950 + ((i * 7) % 60)), 'an amount by name', 'measure'],
      ['order_id', times(30, (i) => 1_950 + i), 'ids by name', 'id'],
    ],
  },
  date: {
    is: [
      ['x', ['2024-05-31', '2024-06-01'], 'dates'],
      ['x', ['2024-05-31T10:00:00Z', '2024-06-01T10:00:00Z'], 'datetimes'],
      ['x', ['Oct 11 2002', 'Sep 16 2005', 'Jan 3 2006'], 'written as text'],
      ['x', [20240531, 20240601, 20231224], 'eight digits'],
      ['created', [1_700_000_000, 1_700_086_400], 'seconds since 1970'],
      ['timestamp', [1_700_000_000_123, 1_700_086_400_456], 'milliseconds since 1970'],
    ],
    isNot: [
      ['views', [1_700_000_000, 1_700_086_400], 'amounts', 'measure'],
      ['x', [20249931, 20240601], 'no day', 'measure'],
      ['time', [3.5, 7.25, 12], 'a duration', 'measure'],
    ],
  },
  measure: {
    is: [
      ['temperature', [-3.5, 7.25, 12], 'measurements'],
      ['latitude', [47.65, 47.66, 47.67], 'coordinates'],
      ['population', [100, 100_000], 'counts'],
      ['price', times(30, (i) => `$${i}.50`), 'amounts as text'],
      ['x', repeat(30, 0), 'one number'],
    ],
    isNot: [['label', ['1a', '2b', '3c'], 'no numbers', 'text']],
  },
  share: {
    is: [
      ['x', times(30, (i) => random(i).toFixed(3)), 'decimals from 0 to 1'],
      ['pct', [0.119, 0.035, 0.289], 'by name, to 1'],
      ['percent women', [12, 57, 100], 'by name, to 100'],
      ['unemployment_rate', [3.4, 12.1, 27.1], 'a rate in percent'],
      ['growth', times(30, (i) => `${i} %`), 'percent as text'],
    ],
    isNot: [
      ['x', times(30, (i) => (random(i) * 2).toFixed(3)), 'beyond 1', 'measure'],
      ['x', times(30, (i) => (random(i) - 0.5).toFixed(3)), 'below 0', 'measure'],
      ['thickness', times(30, (i) => (random(i) / 10).toFixed(4)), 'small measurements', 'measure'],
      ['heart rate', [60, 72, 99], 'no share, though a rate', 'measure'],
      ['percent', [12, 101], 'beyond 100', 'measure'],
    ],
  },
  text: {
    is: [
      ['name', times(30, (i) => `Person ${i}`), 'names'],
      [
        'comment',
        repeat(30, 'It was not at all what had been promised by the seller, and it came a week late.'),
        'long',
      ],
    ],
    isNot: [['x', repeat(30, 'a', 'b', 'c'), 'letters that repeat', 'category']],
  },
  nested: { is: [], isNot: [['x', times(12, (i) => `a${i % 3}`), 'texts', 'category']] },
  empty: { is: [['x', ['', ''], 'nothing']], isNot: [['x', ['', 'a'], 'one value', 'text']] },
};

describe.each(Object.keys(COLUMN_KINDS) as ColumnKind[])('%s', (kind) => {
  const { is, isNot } = CASES[kind];
  test.each(is)('%s %j: %s', async (name, values) => expect(await kindOf(name, values)).toBe(kind));
  test.each(isNot)('%s %j: %s', async (name, values, _what, other) => expect(await kindOf(name, values)).toBe(other));
});

test('nested: objects and lists of JSON', async () => {
  const text = await profileText(Buffer.from('[{"a":{"b":1}},{"a":[2]}]'), 'json');
  expect(readReport(text).columns[0]!.kind).toBe('nested');
});

test('of more different values than are counted one by one the estimate decides', () => {
  const facts = { name: 'id', type: 'integer', count: 50_000, min: 5, max: 900_000, top_values: [] } as const;
  const about = (count: number) => ({ ...column({ name: 'id' }), ...facts, top_values: [], distinct: estimate(count) });
  const estimate = (count: number) => ({ count, exact: false, method: 'an estimate' });
  expect(columnKind(about(49_400))).toBe('id');
  expect(columnKind(about(30_000))).toBe('code');
  expect(columnKind({ ...about(49_400), name: 'comment', type: 'text' })).toBe('text');
});

test('of a report of the first versions, which has but the range of numbers', () => {
  const facts = { count: 9, null_count: 0, null_tokens: {}, top_values: [] };
  const evidence = { matching: 9, exceptions: 0, examples: [] };
  expect(columnKind({ name: 'year', type: 'number', min: 1990, max: 2020, evidence, ...facts })).toBe('year');
  expect(columnKind({ name: 'id', type: 'number', min: 1990, max: 2020, evidence, ...facts })).toBe('measure');
  expect(columnKind({ name: 'id', type: 'other', evidence, ...facts })).toBe('text');
});
