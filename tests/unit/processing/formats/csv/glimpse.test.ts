import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dialect } from '../../../../../src/processing/formats/csv/dialect.ts';
import { GlimpseCollector } from '../../../../../src/processing/formats/csv/glimpse.ts';
import { CsvScanner } from '../../../../../src/processing/formats/csv/scanner.ts';

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
