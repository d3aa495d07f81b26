import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DatasetError } from '../../../../../src/processing/errors.ts';
import type { Dialect } from '../../../../../src/processing/formats/csv/dialect.ts';
import { CSV } from '../../../../../src/processing/formats/csv/format.ts';
import { CsvHead } from '../../../../../src/processing/formats/csv/head.ts';
import { csvRules } from '../../../../../src/processing/formats/csv/rules.ts';
import { decodeText } from '../../../../../src/processing/formats/decode-text.ts';
import { FORMATS } from '../../../../../src/processing/formats/formats.ts';
import { HEAD_BYTES } from '../../../../../src/processing/limits.ts';
import { messyCsv } from '../../../../support/messy-csv.ts';
import { plainDialect } from '../../../../support/plain/plain-dialect.ts';

/**
 * The head reads a delimiter's rows only once that delimiter has come, and looks closely only where it must; the plain
 * rule always does.
 */
const PLACE = { origin: 0, utf16: false };
type Detected = Dialect | string;

async function byHead(bytes: Buffer, cuts: number[]): Promise<Detected> {
  const at = [0, ...[...new Set(cuts)].filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
  const { chunks, facts } = decodeText(
    (async function* () {
      for (let i = 1; i < at.length; i++) yield bytes.subarray(at[i - 1], at[i]);
    })(),
    { format: CSV, formats: FORMATS },
    false,
  );
  const head = new CsvHead(PLACE, { rules: csvRules(), encoding: facts.encoding });
  let isComplete = false;
  for await (const chunk of chunks) {
    isComplete = head.push(Buffer.from(chunk), facts.end);
    if (isComplete) break;
  }
  if (!isComplete) head.end();
  return detected(() => head.detectDialect());
}
function detected(detect: () => Dialect): Detected {
  try {
    return detect();
  } catch (error) {
    if (error instanceof DatasetError) return error.message;
    throw error;
  }
}

/**
 * What a fault of the head is called is the scanner's, which the plain rule does not have: there only that it is
 * refused is compared.
 */
function eagerly(bytes: Buffer): Detected {
  return detected(() => plainDialect(bytes.toString('latin1')));
}
const same = async (text: string, cuts: number[]) => {
  const bytes = Buffer.from(text);
  const [found, expected] = [await byHead(bytes, cuts), eagerly(bytes)];
  if (typeof expected === 'string') expect(typeof found, JSON.stringify(text)).toBe('string');
  else expect(found, JSON.stringify(text)).toEqual(expected);
};

test('messy files: the dialect is the one of reading all four delimiters', async () => {
  await fc.assert(fc.asyncProperty(messyCsv, fc.array(fc.nat(2_000), { maxLength: 6 }), same), {
    numRuns: 500,
    seed: 71,
  });
});
const line = fc
  .array(fc.constantFrom('a', '1', ' ', ',', ';', '\t', '|', '"', '"x,y;z"', '"\n"', ''), { maxLength: 8 })
  .map((parts) => parts.join(''));
const lines = fc.array(fc.tuple(line, fc.integer({ min: 1, max: 3 }), fc.constantFrom('\n', '\r\n', '\r')), {
  maxLength: 25,
});
test('lines of any delimiters, which come late or only in quotes', async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.array(fc.nat(200), { maxLength: 20 }), (list, cuts) =>
      same(list.map(([text, times, end]) => `${text}${end}`.repeat(times)).join(''), cuts),
    ),
    { numRuns: 6_000, seed: 75 },
  );
});
/** Fields of the kinds that the rule weighs, and what may stand above a table. */
const valued = fc
  .tuple(
    fc.constantFrom('', '', '', '', '#', '% ', '"', ' '),
    fc.array(
      fc.constantFrom(
        'name',
        'late, but',
        '1,5',
        '12',
        '2024-05-01',
        '10:30',
        'true',
        'NA',
        '',
        '"a; b"',
        '"7"',
        '5" x',
        '1.200',
      ),
      { minLength: 1, maxLength: 5 },
    ),
    fc.constantFrom(',', ',', ';', ';', '\t', '|'),
  )
  .map(([mark, fields, delimiter]) => mark + fields.join(delimiter));
const tables = fc.record({
  above: fc.array(fc.oneof(valued, fc.constantFrom('Title', 'sep=;', 'sep=|', ',,', ' ')), { maxLength: 3 }),
  rows: fc.array(fc.tuple(valued, fc.integer({ min: 1, max: 4 })), { maxLength: 8 }),
});
test('tables with titles, comments, decimal commas and prose', async () => {
  await fc.assert(
    fc.asyncProperty(tables, fc.array(fc.nat(200), { maxLength: 8 }), ({ above, rows }, cuts) =>
      same([...above, ...rows.flatMap(([row, times]) => Array<string>(times).fill(row))].join('\n'), cuts),
    ),
    { numRuns: 6_000, seed: 74 },
  );
});
test.each([
  ['a delimiter that comes first in row 1,000', `${'a\n'.repeat(999)}a;b\n${'a|b|c\n'.repeat(50)}`],
  ['a delimiter that comes first in row 1,001', `${'a\n'.repeat(1_000)}a;b\n`],
  ['a delimiter that comes first behind the first MiB', `${`${'x'.repeat(10_000)}\n`.repeat(110)}a;b\n`],
  ['a first row longer than the head, its delimiter behind the first MiB', `${'x'.repeat(HEAD_BYTES + 100)};b\n1;2\n`],
  ['a first row longer than the head, another delimiter in the next row', `${'x'.repeat(HEAD_BYTES + 100)};b\n1|2|3\n`],
  ['a first row in quotes that is longer than the head', `"${'x\n'.repeat(HEAD_BYTES / 2 + 50)}"|b\n1;2\n`],
  ['a delimiter in quotes alone', `"a;b"\n"${'c;d\n'.repeat(100)}"\n`],
  ['rows of which few are looked at', `"a";"b,c"\n${`"${'x'.repeat(30_000)}";1,5;2\n`.repeat(60)}`],
  ['rows of which none is looked at', `a;b,c\n${`${'x, y;'.repeat(60_000)}1,5\n`.repeat(8)}`],
  ['a header longer than what is looked at', `${'"name, x";'.repeat(30_000)}\n${'1,5;2\n'.repeat(50)}`],
  [
    'prose and a long row in quotes',
    `text\n${'late, but fine\n'.repeat(200)}"${'a,\n'.repeat(90_000)}"\n${'b, c\n'.repeat(3_000)}`,
  ],
  ['a quote that opens under one delimiter only', `a,b\n${'1; "x,2\n'.repeat(40_000)}`],
  ['blank lines, then a row', `${'\n'.repeat(5_000)}a|b\n`],
  ['lines of delimiters alone', ';;;\n,,\n||\n'],
  ['a NUL byte in the first row', 'a;b\0\n1;2\n'],
  ['a NUL byte in quotes, in row 3', `a;b\n1;2\n"x\0";2\n${'1;2;3\n'.repeat(5)}`],
  ['as many columns as there may be', `${';'.repeat(16_383)}\n1;2\n`],
  ['one column too many in the first row', `${';'.repeat(16_384)}\n1;2\n`],
  ['one column too many in the second, under one delimiter', `a;b|c\n${';'.repeat(16_384)}\n1|2\n`],
  ['a quote that never closes', 'a;b\n1;2\n"3;4\n5;6\n'],
  ['text behind a closing quote', '"a"x;"b" ;c\n" ";\t;"\n"\n1;2;3'],
  ['white space of all kinds', 'a,b\n \t\v\f,x\n , \n\t\n  \n1,2\r\r\n'],
])('%s', async (_name, text) => {
  for (const cuts of [[], [1_000], [65_536, 131_072, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1]])
    await same(text, cuts);
});
