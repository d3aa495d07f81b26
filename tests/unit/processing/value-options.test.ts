import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeclaredType, ReadOptions } from '../../../src/processing/options/read-options.ts';
import { profileDataset } from '../../../src/processing/profile.ts';
import type { ProfileOptions } from '../../../src/processing/profile-options.ts';
import { profileText } from '../../support/profile-text.ts';

async function* pieces(text: string, size = text.length): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const profileOf = (text: string, readOptions: ReadOptions, options: Partial<ProfileOptions> = {}) =>
  profileDataset(pieces(text), { format: 'csv', readOptions, ...options });
/** The only column of a file with these values, whose first one is quoted or not. */
async function columnOf(values: readonly string[], readOptions: ReadOptions, options: Partial<ProfileOptions> = {}) {
  const lines = values.map((value) => `"${value}"\n`).join('');
  const { columns } = await profileOf(`v\n${lines}`, readOptions, options);
  return columns[0]!;
}
/** How the values may be counted: all by value, or past the bound after the first rows. */
const WAYS: Partial<ProfileOptions>[] = [
  {},
  { distinctBound: 0 },
  { distinctBound: 3, tuning: { unitRows: 16, blockBytes: 1_024 } },
  { distinctBound: 3, tuning: { wideColumns: 1, unitRows: 16, blockBytes: 1_024, chunkBytes: 1_024 } },
];

/** A number by the options, in the plainest way; undefined for what is none. */
function plainNumber(text: string, decimal: string, thousands: string | undefined): number | undefined {
  const [, sign, whole, hasDecimal, rest, exponent = ''] = new RegExp(
    `^([+-]?)(.*?)(\\${decimal}(\\d*))?([eE][+-]?\\d+)?$`,
  ).exec(text)!;
  if (whole === '' && !rest) return undefined;
  const groups = thousands === undefined ? [whole!] : whole!.split(thousands);
  const isRight =
    groups.length === 1
      ? /^\d*$/.test(whole!)
      : /^[1-9]\d{0,2}$/.test(groups[0]!) && groups.slice(1).every((group) => /^\d{3}$/.test(group));
  if (!isRight) return undefined;
  return Number(`${sign}${groups.join('') || '0'}${hasDecimal ? `.${rest}` : ''}${exponent}`);
}

const formats = fc.constantFrom<[ReadOptions, string, string | undefined]>(
  [{ decimal: ',' }, ',', undefined],
  [{ decimal: ',', thousands: '.' }, ',', '.'],
  [{ thousands: '.' }, ',', '.'],
  [{ thousands: ',' }, '.', ','],
  [{ decimal: ',', thousands: ' ' }, ',', ' '],
  [{ decimal: '.', thousands: "'" }, '.', "'"],
);
const numberText = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.array(fc.stringMatching(/^(\d{3}|\d{1,4}|0|[1-9]\d?)$/), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('.', ',', ' ', "'"),
    fc.constantFrom('', '.', ','),
    fc.stringMatching(/^(|\d{1,3}|\d{12})$/),
    fc.constantFrom('', '', '', 'e3', 'E-2', 'x'),
  )
  .map(([sign, groups, separator, point, rest, end]) => `${sign}${groups.join(separator)}${point}${rest}${end}`);

describe('numbers', () => {
  test.each([
    ['1.234,56', { decimal: ',', thousands: '.' }, 1234.56],
    ['-1.234.567,5', { decimal: ',', thousands: '.' }, -1234567.5],
    ['1234,5', { decimal: ',', thousands: '.' }, 1234.5],
    ['1.200', { decimal: ',', thousands: '.' }, 1200],
    ['1.200', { decimal: '.' }, 1.2],
    ['1,200', { thousands: ',' }, 1200],
    ['1,200', { decimal: ',' }, 1.2],
    ['1.200', { thousands: '.' }, 1200],
    ['1 234,5', { decimal: ',', thousands: ' ' }, 1234.5],
    ['1\u00a0234,5', { decimal: ',', thousands: ' ' }, 1234.5],
    ['1\u202f234\u202f567', { decimal: ',', thousands: '\u00a0' }, 1234567],
    ["1'234.5", { thousands: "'" }, 1234.5],
    ['1\u2019234.5', { thousands: "'" }, 1234.5],
    [',5', { decimal: ',' }, 0.5],
    ['5,', { decimal: ',' }, 5],
    ['1,5e3', { decimal: ',' }, 1500],
  ] as const)('%s is a number with %o', async (text, options, value) => {
    const { type, numeric } = await columnOf([text], options);
    expect(['integer', 'decimal']).toContain(type);
    expect(numeric!.min).toBe(value);
  });
  test.each([
    ['1.5', { decimal: ',' }],
    ['1.234,56', { decimal: ',' }],
    ['12.34,5', { decimal: ',', thousands: '.' }],
    ['1.2345', { decimal: ',', thousands: '.' }],
    ['1234.567', { decimal: ',', thousands: '.' }],
    ['0.123', { decimal: ',', thousands: '.' }],
    ['.123', { decimal: ',', thousands: '.' }],
    ['1 234\u00a0567', { thousands: ' ' }],
    ['1,2,3', { decimal: ',' }],
    [',', { decimal: ',' }],
  ] as const)('%s is no number with %o', async (text, options) => {
    expect((await columnOf([text], options)).type).toBe('text');
  });

  test('are those of the plainest way, and shown as they stand, counted by value and past the bound', async () => {
    await fc.assert(
      fc.asyncProperty(formats, fc.array(numberText, { minLength: 1, maxLength: 60 }), fc.nat(3), async (...given) => {
        const [[options, decimal, thousands], texts, way] = given;
        const { type, numeric, evidence, topValues } = await columnOf(
          texts,
          { ...options, types: { v: 'decimal' } },
          WAYS[way],
        );
        const numbers = texts.map((text) => plainNumber(text, decimal, thousands)).filter((n) => n !== undefined);
        expect(evidence.matching).toBe(numbers.length === 0 ? texts.length : numbers.length);
        expect(type).toBe(numbers.length === 0 ? 'text' : 'decimal');
        for (const { value } of topValues) expect(texts).toContain(value);
        if (numbers.length === 0) return;
        expect(Number(numeric!.min)).toBe(Math.min(...numbers) + 0);
        expect(Number(numeric!.max)).toBe(Math.max(...numbers) + 0);
        const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
        expect(Math.abs(numeric!.mean - mean)).toBeLessThanOrEqual(1e-9 * Math.max(...numbers.map(Math.abs), 1e-300));
      }),
      { numRuns: 400 },
    );
  });
  test('integers beyond 2^53 keep their digits', async () => {
    const options: ReadOptions = { decimal: ',', thousands: '.' };
    const { numeric } = await columnOf(['9.007.199.254.740.993', '-9.007.199.254.740.995', '1'], options);
    expect([numeric!.min, numeric!.max]).toEqual([-9007199254740995n, 9007199254740993n]);
    const zeros = await columnOf(['0009007199254740993', '0000000000000000001'], { types: { v: 'integer' } });
    expect([zeros.numeric!.min, zeros.numeric!.max]).toEqual([1, 9007199254740993n]);
  });
  test('that JSON writes as numbers have a point, whatever its strings have', async () => {
    const text = '[{"v": "1,5"}, {"v": 2.25}, {"v": "1.000,5"}]';
    const { columns } = await profileOf(text, { decimal: ',', thousands: '.' }, { format: 'json' });
    expect([columns[0]!.numeric!.min, columns[0]!.numeric!.max]).toEqual([1.5, 1000.5]);
  });
  test.each(WAYS)('of JSON are others than the same strings, and shown as one value: %o', async (way) => {
    const text = '[{"v": "1.234"}, {"v": 1.234}, {"v": "1.234"}, {"v": -2.500}, {"v": 3}]';
    const { columns } = await profileOf(text, { thousands: '.' }, { format: 'json', ...way });
    const { numeric, evidence, topValues, distinct } = columns[0]!;
    expect([numeric!.min, numeric!.max, evidence.matching, evidence.strings]).toEqual([-2.5, 1234, 5, 2]);
    if (!distinct.exact) return;
    expect(distinct.count).toBe(3);
    expect(topValues[0]).toEqual({ value: '1.234', count: 3 });
  });
  test('cannot have one separator for both', async () => {
    const options: Partial<ProfileOptions> = { readOptions: { decimal: ',', thousands: ',' } };
    expect(await profileText('a\n1\n', 'csv', [], options)).toBe(
      '"decimal" and "thousands" are both ",". Change one of them.\n',
    );
  });
});

describe('null tokens', () => {
  const values = ['NA', '-999', '1', '', '-', 'nicht erhoben', '\u2013', '\\N'];
  test.each([
    [{}, { '': 1, NA: 1 }],
    [{ null_tokens: ['-999', '-'] }, { '': 1, '-': 1, '-999': 1 }],
    [{ null_tokens: [' -999', '\t- ', '-'] }, { '': 1, '-': 1, '-999': 1 }],
    [{ more_null_tokens: ['nicht erhoben', '\u2013'] }, { '': 1, NA: 1, 'nicht erhoben': 1, '\u2013': 1 }],
    [{ null_tokens: [] }, { '': 1 }],
    [
      { null_tokens: ['NA'], more_null_tokens: ['\\N'] },
      { '': 1, NA: 1, '\\N': 1 },
    ],
  ] as const)('%o', async (options, counts) => {
    for (const way of WAYS) {
      const { nullTokens, nullCount } = await columnOf(values, options as ReadOptions, way);
      expect(Object.fromEntries(nullTokens)).toEqual(counts);
      expect(nullCount).toBe(Object.values(counts).reduce((a, b) => a + b, 0));
    }
  });
  test('of windows-1252 too', async () => {
    const bytes = Buffer.from('v,w\n\x96,caf\xe9\n1,2\n', 'latin1');
    async function* source() {
      yield bytes;
    }
    const { columns } = await profileDataset(source(), {
      format: 'csv',
      readOptions: { more_null_tokens: ['\u2013'], types: { w: 'text' } },
    });
    expect([...columns[0]!.nullTokens]).toEqual([['\u2013', 1]]);
  });
  test('are texts and numbers of JSON, and those of CSV are none there', async () => {
    const text = '[{"v": "NA"}, {"v": -999}, {"v": "-999"}, {"v": null}, {}, {"v": ""}, {"v": [1]}, {"v": 1}]';
    const { columns } = await profileOf(text, { more_null_tokens: ['-999', ''] }, { format: 'json' });
    expect(Object.fromEntries(columns[0]!.nullTokens)).toEqual({ '': 1, '-999': 2, null: 2 });
    const { columns: others } = await profileOf(text, { null_tokens: ['NA'] }, { format: 'json' });
    expect(Object.fromEntries(others[0]!.nullTokens)).toEqual({ NA: 1, null: 2 });
  });
  test('that are numbers leave the numbers beside them as they are, past the bound', async () => {
    const numbers = Array.from({ length: 3_000 }, (_, i) => (i % 3 === 0 ? '-999' : String(i)));
    for (const way of WAYS) {
      const { numeric, nullCount } = await columnOf(numbers, { more_null_tokens: ['-999'] }, way);
      expect([numeric!.min, nullCount]).toEqual([1, 1_000]);
    }
  });
  test('are at most 64, of 256 bytes', async () => {
    const many = Array.from({ length: 65 }, (_, i) => `x${i}`);
    expect(await profileText('a\n1\n', 'csv', [], { readOptions: { null_tokens: many } })).toBe(
      'There are 65 null tokens; at most 64 are taken.\n',
    );
    const long = { readOptions: { null_tokens: ['x'.repeat(257)] } };
    expect(await profileText('a\n1\n', 'csv', [], long)).toMatch('257 bytes; at most 256');
  });
});

describe('types', () => {
  const values = ['007', '12', '1.5', 'true', '2024-05-31', '2024-05-31 10:00', '[1]', 'x', '', '{"a":1'];
  test.each([
    ['integer', 2, ['1.5', 'true', '2024-05-31', '2024-05-31 10:00', '[1]', 'x', '{"a":1']],
    ['decimal', 3, ['true', '2024-05-31', '2024-05-31 10:00', '[1]', 'x', '{"a":1']],
    ['boolean', 1, ['007', '12', '1.5', '2024-05-31', '2024-05-31 10:00', '[1]', 'x', '{"a":1']],
    ['date', 1, ['007', '12', '1.5', 'true', '2024-05-31 10:00', '[1]', 'x', '{"a":1']],
    ['datetime', 2, ['007', '12', '1.5', 'true', '[1]', 'x', '{"a":1']],
    ['json', 1, ['007', '12', '1.5', 'true', '2024-05-31', '2024-05-31 10:00', 'x', '{"a":1']],
    ['text', 9, []],
  ] as const)('%s: what does not fit is an exception', async (type, matching, exceptions) => {
    for (const way of WAYS) {
      const lines = values.map((value) => `"${value.replaceAll('"', '""')}"\n`).join('');
      const column = (await profileOf(`v\n${lines}`, { types: { v: type } }, way)).columns[0]!;
      expect(column.type).toBe(type);
      expect(column.evidence).toMatchObject({ matching, exceptions: 9 - matching });
      expect(column.evidence.examples.map(({ value }) => value)).toEqual(exceptions);
    }
  });
  test('are of columns by name, in JSON too, and others stay as they are', async () => {
    const csv = await profileOf('zip,n\n12345,1\n02134,2\n', { types: { zip: 'text', n: 'decimal' } });
    expect(csv.columns.map(({ type }) => type)).toEqual(['text', 'decimal']);
    const json = await profileOf('[{"zip": 12345, "n": 1}]', { types: { zip: 'text' } }, { format: 'json' });
    expect(json.columns.map(({ type }) => type)).toEqual(['text', 'integer']);
  });
  test('of a column that is not there, and one that no value fits, are warnings', async () => {
    const { columns, warnings } = await profileOf('zip,n\n12345,x\n', { types: { plz: 'text', n: 'date' } });
    expect(columns[1]!.type).toBe('text');
    expect(warnings).toEqual([
      { code: 'unknown_column', message: 'There is no column "plz" to be read as text. Columns: zip, n.' },
      {
        code: 'type_fits_nothing',
        message: 'Its only value does not fit the type date: the column is read as text.',
        column: 'n',
      },
    ]);
  });
});

test.each<[DeclaredType, string[], string]>([
  ['date', ['31.12.2025', '01.02.2025'], ' Dates such as "01.02.2025" need the option date_order.'],
  ['datetime', ['12/31/25 4:05 PM'], ' Dates such as "12/31/25 4:05 PM" need the option date_order.'],
  ['decimal', ['1,5', '1.234,50'], ' Numbers such as "1,5" need the option decimal or thousands.'],
  ['integer', ["1'000"], ' Numbers such as "1\'000" need the option decimal or thousands.'],
  ['date', ['soon', '31.12.2025'], ''],
  ['decimal', ['x1'], ''],
  ['decimal', ['31.12.2025 14:00'], ''],
  ['boolean', ['1,5'], ''],
])('a type that no value fits, %s of %j: the option that it needs is named', async (type, values, sentence) => {
  const csv = `v;w\n${values.map((value) => `${value};x\n`).join('')}`;
  for (const [content, format] of [
    [csv, 'csv'],
    [JSON.stringify(values.map((v) => ({ v }))), 'json'],
  ]) {
    const { warnings } = await profileOf(content!, { types: { v: type } }, { format: format! });
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/ the type \w+: the column is read as text\./),
    ]);
    expect(warnings[0]!.message.endsWith(`text.${sentence}`)).toBe(true);
  }
});

test('an option that was given is not asked for', async () => {
  const { warnings } = await profileOf('v;w\n31.12.2025;x\n', { types: { v: 'date' }, date_order: 'YMD' });
  expect(warnings[0]!.message).toBe('Its only value does not fit the type date: the column is read as text.');
});

/** A day by the order, in the plainest way: its instant in milliseconds. */
function plainDay(text: string, order: string): number | undefined {
  const parts = /^(\d+)([./-])(\d+)\2(\d+)$/.exec(text);
  if (!parts) return undefined;
  const [, first, , second, third] = parts as unknown as string[];
  const isYearFirst = first!.length === 4 || order === 'YMD';
  const [year, month, day] = isYearFirst
    ? [first!, second!, third!]
    : order === 'DMY'
      ? [third!, second!, first!]
      : [third!, first!, second!];
  if (![2, 4].includes(year.length) || month.length > 2 || day.length > 2) return undefined;
  const full = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 69 ? 2000 : 1900);
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(full, Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(day) > 0;
  return isReal ? date.getTime() : undefined;
}
const dayText = fc
  .tuple(
    fc.constantFrom('.', '/', '-'),
    fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1800, max: 2200 })), {
      minLength: 3,
      maxLength: 3,
    }),
    fc.boolean(),
  )
  .map(([separator, parts, isPadded]) =>
    parts.map((part) => (isPadded ? String(part).padStart(2, '0') : String(part))).join(separator),
  );

describe('dates', () => {
  test.each([
    ['31.12.2025', 'DMY', 'date', '2025-12-31'],
    ['12/31/25 4:05 PM', 'MDY', 'datetime', '2025-12-31T16:05'],
    ['12/31/25 12:05 am', 'MDY', 'datetime', '2025-12-31T00:05'],
    ['2025/1/3', 'DMY', 'date', '2025-01-03'],
    ['25/1/3', 'YMD', 'date', '2025-01-03'],
    ['1.2.69', 'DMY', 'date', '1969-02-01'],
    ['1.2.68', 'DMY', 'date', '2068-02-01'],
    ['3 Feb 2024', 'DMY', 'date', '2024-02-03'],
    ['3-Feb-24', 'MDY', 'date', '2024-02-03'],
    ['September 5, 2025', 'DMY', 'date', '2025-09-05'],
    ['1.2.2024 23:59:59,5', 'DMY', 'datetime', '2024-02-01T23:59:59.5'],
    ['1.2.2024, 1:30 +02:00', 'DMY', 'datetime', '2024-01-31T23:30'],
    ['2024-02-01', 'MDY', 'date', '2024-02-01'],
  ] as const)('%s is a day with %s', async (text, order, type, instant) => {
    const later = '2100-01-01T00:00';
    for (const way of WAYS) {
      const column = await columnOf([later, text], { date_order: order }, way);
      expect(column.type).toBe('datetime');
      expect(column.range).toEqual({ min: text, max: later });
      const alone = await columnOf([text], { date_order: order }, way);
      expect(alone.type).toBe(type);
      // the bar of a minute or day that holds it
      expect(instant.startsWith(alone.dateHistogram!.edges[0]!.replace(' ', 'T').slice(0, 10))).toBe(true);
    }
  });
  test.each([
    ['31.12.2025', 'MDY'],
    ['12/31/2025', 'DMY'],
    ['31.12.2025', 'YMD'],
    ['29.2.2023', 'DMY'],
    ['1.2.202', 'DMY'],
    ['1.2/2024', 'DMY'],
    ['1.2.2024 24:00', 'DMY'],
    ['1.2.2024 13:00 PM', 'DMY'],
    ['1.2.2024x', 'DMY'],
    ['1.2', 'DMY'],
  ] as const)('%s is none with %s', async (text, order) => {
    expect(['date', 'datetime']).not.toContain((await columnOf([text], { date_order: order })).type);
  });
  test('need no order where a column was given the type and they say it themselves', async () => {
    const values = ['20250131', '2025/1/3', '3 Feb 2024'];
    const { type, evidence, range } = await columnOf(values, { types: { v: 'date' } });
    expect([type, evidence.matching, range]).toEqual(['date', 3, { min: '3 Feb 2024', max: '20250131' }]);
  });
  test.each([
    'DMY',
    'MDY',
    'YMD',
    undefined,
  ] as const)('of eight digits have the year in front, or the order %s', async (order) => {
    const options: ReadOptions = { types: { v: 'date' }, ...(order ? { date_order: order } : {}) };
    await fc.assert(
      fc.asyncProperty(
        fc.date({ min: new Date(Date.UTC(1900, 0, 1)), max: new Date(Date.UTC(2099, 11, 31)), noInvalidDate: true }),
        fc.boolean(),
        fc.constantFrom(...WAYS),
        async (date, isCompact, way) => {
          const iso = date.toISOString().slice(0, 10);
          const [year, month, day] = iso.split('-');
          const inOrder = order === 'DMY' ? `${day}${month}${year}` : `${month}${day}${year}`;
          const text = isCompact ? `${year}${month}${day}` : inOrder;
          const { type, range, evidence } = await columnOf(['1800-01-01', text, '2200-01-01'], options, way);
          const isDay = isCompact || order === 'DMY' || order === 'MDY';
          expect([type, evidence.matching, range]).toEqual([
            'date',
            isDay ? 3 : 2,
            { min: '1800-01-01', max: '2200-01-01' },
          ]);
          if (!isDay) return;
          const [first, last] = [new Date(date), new Date(date)];
          first.setUTCDate(date.getUTCDate() - 1);
          last.setUTCDate(date.getUTCDate() + 1);
          const between = [first.toISOString().slice(0, 10), text, last.toISOString().slice(0, 10)];
          const beside = await columnOf([between[1]!, between[0]!], options, way);
          expect(beside.range).toEqual({ min: between[0], max: text });
          expect((await columnOf([between[1]!, between[2]!], options, way)).range).toEqual({
            min: text,
            max: between[2],
          });
        },
      ),
      { numRuns: 60 },
    );
  });
  test('are those of the plainest way; the first and the last by instant, as they stand', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('DMY' as const, 'MDY' as const, 'YMD' as const),
        fc.array(dayText, { minLength: 1, maxLength: 60 }),
        fc.nat(3),
        async (order, texts, way) => {
          const options: ReadOptions = { date_order: order, types: { v: 'date' } };
          const { range, evidence } = await columnOf(texts, options, WAYS[way]);
          const days = texts
            .map((text) => ({ text, at: plainDay(text, order) }))
            .filter((day): day is { text: string; at: number } => day.at !== undefined);
          expect(evidence.matching).toBe(days.length === 0 ? texts.length : days.length);
          if (days.length === 0) return;
          const min = days.reduce((a, b) => (b.at < a.at ? b : a)).text;
          const max = days.reduce((a, b) => (b.at > a.at ? b : a)).text;
          expect(range).toEqual({ min, max });
        },
      ),
      { numRuns: 400 },
    );
  });
});
