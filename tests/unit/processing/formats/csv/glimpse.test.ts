import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import type { Dialect } from '../../../../../src/processing/formats/csv/dialect.ts';
import { GlimpseCollector } from '../../../../../src/processing/formats/csv/glimpse.ts';
import { CsvScanner } from '../../../../../src/processing/formats/csv/scanner.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';

const dialect = (separator: string) => ({ separator, titleRows: 0 }) as unknown as Dialect;

/** The rows of a text as they are read, of which the header counts though it is empty. */
function rowsRead(text: string, separator: string) {
  const rows: { line: number; fields: string[] }[] = [];
  const scanner = new CsvScanner(separator, ({ fields, width, line }) => {
    rows.push({ line, fields: fields.slice(0, width).map((field) => field.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')) });
    return false;
  });
  scanner.push(Buffer.from(text, 'latin1'));
  scanner.end();
  return rows;
}

const text = fc
  .array(
    fc.constantFrom('a', '1', 'é', ' ', '  ', ',', ',,', ';', '\t', '\v', '\n', '\n\n', '\r', '\r\n', '"x"', '""'),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((pieces) => pieces.join(''))
  .filter((all) => !/"[^,;\t \r\n]*"[^,;\t \r\n]/.test(all));

test('the rows that suggestions are made from are those that are read', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(',', ';', '\t', ' ', '\0'), fc.nat(40), (all, separator, cut) => {
      let expected: ReturnType<typeof rowsRead>;
      try {
        expected = rowsRead(all, separator);
      } catch {
        return; // a quote is open
      }
      const collector = new GlimpseCollector();
      const bytes = Buffer.from(all, 'latin1');
      collector.take(bytes.subarray(0, cut));
      collector.take(bytes.subarray(cut));
      const { first, last } = collector.rows(dialect(separator), (shown) => shown);
      expect({ first, last }).toEqual({ first: expected, last: expected });
    }),
    { numRuns: 2_000 },
  );
});

test('lines of the last rows are those of the file, however long it is', async () => {
  const piece = fc
    .tuple(fc.constantFrom('a', '', '"x"', '"x\ny\r\nz"', ' '), fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\n \n'))
    .map(([field, end]) => `${field},${'1'.repeat(40)}${end}`);
  const pieces = fc.array(piece, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      pieces,
      pieces,
      fc.integer({ min: 1, max: 400 }),
      fc.boolean(),
      async (many, few, times, isCut) => {
        const text = `t,n\n${many.join('').repeat(times)}${few.join('')}`;
        const all = isCut ? text.replace(/[\r\n]+$/, '') : text;
        const { glimpse } = await profileDataset(sourceOfBytes(Buffer.from(all)).bytes, { format: 'csv' });
        const read = rowsRead(all, ',');
        const lines = (rows: { line: number }[]) => rows.map(({ line }) => line);
        expect(lines(glimpse!.first)).toEqual(lines(read.slice(0, 100)));
        const { last } = glimpse!; // of a long text less than 100 rows are kept where they are long
        expect(last.length).toBeGreaterThan(0);
        expect(lines(last)).toEqual(lines(read.slice(-last.length)));
      },
    ),
    { numRuns: 150, seed: 5 },
  );
});
test('where the end is not read, lines of the last rows are behind those of the first', () => {
  for (const rows of [900, 1_100, 9_000]) {
    const all = Array.from({ length: rows }, (_, i) => `${i},${'x'.repeat(60)}\n`).join('');
    const collector = new GlimpseCollector();
    collector.take(Buffer.from(all));
    const { first, last } = collector.rows(dialect(','), (shown) => shown);
    expect(first.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(last[0]!.line).toBeGreaterThan(100);
    if (rows < 1_200) expect(last.map(({ line }) => line)).toEqual(last.map(({ fields }) => Number(fields[0]) + 1));
  }
});

test('the last bytes are kept however the text is cut', () => {
  const line = (i: number) => `${i},${'x'.repeat(i % 200)}\n`;
  const all = Buffer.from(Array.from({ length: 3_000 }, (_, i) => line(i)).join(''));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 12 }), (lengths) => {
      const collector = new GlimpseCollector();
      let at = 0;
      for (const length of lengths) {
        collector.take(all.subarray(at, at + length));
        at = Math.min(at + length, all.length);
      }
      collector.take(all.subarray(at));
      const { first, last } = collector.rows(dialect(','), (shown) => shown);
      expect(first.map(({ fields }) => fields[0])).toEqual(Array.from({ length: 100 }, (_, i) => `${i}`));
      expect(last.map(({ fields }) => fields[0])).toEqual(Array.from({ length: 100 }, (_, i) => `${i + 2_900}`));
    }),
    { numRuns: 50 },
  );
});
