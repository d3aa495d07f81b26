import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileDataset } from '../../../../src/processing/profile.ts';
import type { ColumnFacts } from '../../../../src/processing/profile-types.ts';
import { plainProfile } from '../../../support/plain/plain-profile.ts';
import { spellingOf } from '../../../support/plain/spelling.ts';

const profile = async (bytes: Buffer, options: Partial<Parameters<typeof profileDataset>[1]> = {}) => {
  const source = async function* () {
    for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
  };
  return (await profileDataset(source(), { format: 'csv', ...options })).columns;
};
/** What these tests are about. */
const remarks = ({ resembles, longest, pointGroups, whiteSpace, invisible, swallowed }: ColumnFacts) => ({
  resembles,
  longest,
  pointGroups,
  whiteSpace,
  invisible,
  swallowed,
});
const spelled = async (values: string[]) => {
  const field = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const text = `id,v\n${values.map((value, i) => `${i + 1},${field(value)}`).join('\n')}\n`;
  return (await profile(Buffer.from(text)))[1]!;
};

test.each([
  [
    ['3,50 €', '€1.234,50', '1 kr', 'Rs. 100', 'R$ 1,00', 'USD 1', 'EUR 1.00', '-$5', '$-5', '5 zł', '$1.5M'],
    'currency',
  ],
  [['5%', '12.5 %', '-3,5 %', '<5 %'], 'percent'],
  [['(1.5)', '(1,234.50)', '(7)'], 'parentheses'],
  [['<1.5', '>5', '<= 5', '≥3', '~7', '≈ 2,5'], 'limits such as <5'],
  [['1.5-', '1,234-'], 'a minus at the end'],
  [['−1.5', '–2'], 'another minus sign'],
  [['1.5k', '5 K', '2M', '3 Mio.', '1,5 Mrd', '7bn'], 'a suffix such as k'],
  [['１０１', '١٠١', '۱۲٫۵', '१२३'], 'digits of another script'],
  [['1,23,456', '12,34,567.50'], 'lakh groups'],
  [['1 234', "1'234.50", '1\u00a0234', '1\u202f234,5', '1,234,567', '1.234,50', '12 345 678'], 'thousands'],
  [['1,5', '0,25', ',5', '1234,56'], 'decimal comma'],
  [['3\u00a0', '\u200b4.5', '\ufeff-7'], 'characters that do not show'],
])('%j are numbers: %s', async (values, like) => {
  const { resembles } = await spelled(values);
  expect(resembles).toMatchObject({ type: 'number', matching: values.length, exceptions: 0 });
  expect(resembles!.spellings).toEqual([{ like, count: values.length }]);
});

test.each([
  [['2024-01-01 10:00:00,123', '2024-01-01T10:00:00,5Z'], '2024-05-31 10:00:00,123'],
  [['2024-01-01 10:00:00 UTC', '2024-01-01 10:00 CET'], '2024-05-31 10:00:00 UTC'],
  [['2024-01-01 3:01 PM', '2024-01-01 11:59 a.m.'], '2024-05-31 3:05 PM'],
  [['2024-1-5', '2024-10-5 10:00'], '2024-5-31'],
  [['2024/01/31', '2024/1/5 10:00:00'], '2024/05/31'],
  [['2024.01.31'], '2024.05.31'],
  [['31/01/2024', '13/1/24 10:00'], '31/05/2024'],
  [['01/31/2024', '1/13/24 3:01 PM'], '05/31/2024'],
  [['1/2/2024'], '5/6/2024'],
  [['31.01.2024', '03.07.22', '1.2.2024 10:00'], '31.05.2024'],
  [['31-01-2024'], '31-05-2024'],
  [['01-31-2024'], '05-31-2024'],
  [['Jan 31, 2024', 'september 5 2024', 'MAY 3rd, 2024 10:00'], 'May 31, 2024'],
  [['31 Jan 2024', '5-Sep-24', '1 December, 2024'], '31 May 2024'],
  [['20240101T100000Z', '20240101T1000'], '20240531T100000Z'],
])('%j are days: like %s', async (values, like) => {
  const { resembles } = await spelled(values);
  expect(resembles).toMatchObject({ type: 'date', matching: values.length, exceptions: 0 });
  expect(resembles!.spellings).toEqual([{ like, count: values.length }]);
});

test.each([
  ...['192.168.100.201', '1.1.100', '1.100.101', '3.7.22', '046.185.484', '238-461-3780', '461 609 967', '1766-13-1'],
  ...['20-01-2310', '756.630.127-75', '5 585651 597131', '1 1/2', '01:30', '12301-1001', '1d 1h', 'Jan-21', '2024-W01'],
  ...[
    '2024-02-30',
    '2024-02-30 10:00',
    '31/02/2024',
    '53.8955°',
    '12 Main St',
    'May',
    'Mayor 5, 2024',
    'RM 101',
    '5 ft',
  ],
  ...['12A', '5e3x', 'SKU-123', '0x1F', '1,2,3', '+49 123456', '1.234.56', '1,234,56', '(m)', '$', '-', '%', 'kr'],
])('%s alone is no number and no day', async (value) => {
  expect((await spelled([value, value])).resembles).toBeUndefined();
});

test('groups behind points are numbers beside others that are, and days beside whole years', async () => {
  const numbers = await spelled(['1.200', '950', '1.250.000']);
  expect(numbers.resembles!.spellings).toEqual([{ like: 'thousands', count: 2 }]);
  expect((await spelled(['461 609 967', '950 000'])).resembles!.matching).toBe(2);
  expect((await spelled(['3.7.22', '03.07.2022'])).resembles!.matching).toBe(2);
});

const some = fc.oneof(
  fc.constantFrom(
    ...[
      '3,50 €',
      '€5',
      '5 kr',
      '(1.5)',
      '5k',
      '<5',
      '1.5-',
      '−2',
      '１２',
      '1,23,456',
      '1 234',
      '1,234',
      '1,5',
      '1.234.567',
    ],
    ...[
      '461 609 967',
      '950',
      '1.200',
      '12',
      '007',
      'true',
      '2024-05-31',
      '2024-05-31 10:00',
      '2024-5-1',
      '3.7.22',
      '03.07.22',
    ],
    ...[
      '31.05.2024',
      '5/6/2024',
      '31/5/2024',
      '5/31/24',
      'May 5, 2024',
      '5 May 2024',
      '2024-05-31 10:00:00 UTC',
      'x',
      'Oslo',
    ],
  ),
  fc.constantFrom(
    ...[
      'Oslo\u00a0',
      '\u200bOslo',
      'a\u00adb',
      ' Oslo',
      'Oslo \t',
      'ab\u200dc',
      'é\u200dé',
      'שלום\u200f',
      'a\u200fb',
      '\u3000東京',
      '東\u3000京',
    ],
    ...[
      '5\u00a0',
      '1\u00a0234',
      '\ufeff12',
      '5\u00a0€',
      'à',
      'Привет Россия',
      '“quoted” – it’s',
      'ＡＢＣ',
      'x\u2060y\u00a0z',
    ],
  ),
  // pieces of such values in any order
  fc
    .array(
      fc.constantFrom(
        ...[
          '1',
          '5',
          '31',
          '12',
          '234',
          '2024',
          '05',
          '0',
          '.',
          ',',
          '-',
          '/',
          ' ',
          ':',
          '(',
          ')',
          '%',
          '€',
          '$',
          'kr',
          'k',
          'M',
        ],
        ...[
          'USD',
          'May',
          'Sep',
          'T',
          'Z',
          'UTC',
          'PM',
          '\u00a0',
          '\u202f',
          '−',
          '<',
          '+',
          "'",
          '٣',
          '１',
          'Rs.',
          'Mio.',
          'e',
          'x',
        ],
      ),
      { minLength: 1, maxLength: 9 },
    )
    .map((parts) => parts.join('')),
  fc
    .tuple(
      fc.integer({ min: 1, max: 31 }),
      fc.constantFrom('.', '/', '-', ' '),
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 1690, max: 2210 }),
    )
    .map(([a, mark, b, year]) => `${a}${mark}${b}${mark}${year}`),
  fc.integer({ min: 0, max: 400 }).map((n) => 'word '.repeat(n).slice(0, n)),
  fc.integer({ min: 1, max: 5 }).map((n) => `a,b${'\n1,2,3'.repeat(n)}\nx`),
  fc.integer({ min: 1, max: 5 }).map((n) => `a${'\r\n1,2,3'.repeat(n)}\n`),
);
const rows = fc.array(fc.record({ a: some, b: some, times: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 60,
});

test.each([
  {},
  { distinctBound: 0 },
  { distinctBound: 5 },
  { distinctBound: 20, tuning: { unitRows: 7, blockBytes: 4_096 } },
  { distinctBound: 20, tableBudget: 0, tuning: { wideColumns: 1, chunkBytes: 1_024, unitRows: 16 } },
])('what is said of values is the same as of the plainest way: %o', async (options) => {
  const field = (value: string) => `"${value.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom(1, 40), async (list, repeat) => {
      const text = list.map(({ a, b, times }) => `${field(a)},${field(b)},1\n`.repeat(times)).join('');
      const bytes = Buffer.from(`a,b,c\n${text.repeat(repeat)}`);
      const expected = await plainProfile(bytes, 'csv');
      expect((await profile(bytes, options)).map(remarks)).toEqual(expected.columns.map(remarks));
    }),
    { numRuns: 120, seed: 18 },
  );
});

test('windows-1252: the signs and spaces of its own, and no others', async () => {
  const text = 'v,w\n3,5 \x80;x\n1\xa0234;Oslo\xa0\n\xa35;so\xadft\nx;\xe9\xa0\n\xa07;\xc2\xa0\n';
  const pieces = [15, 16, 17, 32].map((n) => `x;${'y'.repeat(n)}\xa0z\n`).join('');
  const bytes = Buffer.from(text.replaceAll(',w', ';w') + pieces, 'latin1');
  const expected = await plainProfile(bytes, 'csv');
  const found = await profile(bytes);
  expect(found.map(remarks)).toEqual(expected.columns.map(remarks));
  expect(found[0]!.resembles).toMatchObject({ matching: 4, exceptions: 5 });
  expect(found[1]!.invisible?.map(({ codePoint, count }) => [codePoint, count])).toEqual([
    ['U+00A0', 5],
    ['U+00AD', 1],
  ]);
});

test('a column past the bound is evaluated whole: the last of its values too', async () => {
  const lines = Array.from({ length: 30_000 }, (_, i) => `"${i},5",item ${i},"${i}"\n`);
  const text = `a,b,c\n${lines.join('')}x,item\u00a0,"1\n"\n"0,5 €", y,z\n`;
  const [a, b] = await profile(Buffer.from(text));
  expect(a!.resembles).toMatchObject({ matching: 30_001, exceptions: 1, examples: [{ row: 30_001, value: 'x' }] });
  expect(b!.whiteSpace).toEqual({ count: 1, row: 30_002, value: ' y' });
  expect(b!.invisible).toEqual([{ codePoint: 'U+00A0', count: 1, row: 30_001, value: 'item\u00a0' }]);
});

test('the reference tells what it is given', () => {
  expect(spellingOf('12 Main St')).toBeUndefined();
  expect(spellingOf('1,5')).toEqual({ type: 'number', like: 'decimal comma' });
});
