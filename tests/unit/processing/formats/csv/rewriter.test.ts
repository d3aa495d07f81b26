import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterRows } from '../../../../../src/processing/filter-rows.ts';
import type { ReadOptions } from '../../../../../src/processing/options/read-options.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { filterColumns } from '../../../../../src/report/filter-columns.ts';
import { readReport } from '../../../../../src/report/report-text.ts';
import { profileText } from '../../../../support/profile-text.ts';

/**
 * A table written in any dialect, with the options that say so, is read as the same table in plain CSV: the same report
 * but for the file's own facts, and the same rows at their lines, by profile, rows and filter, however it is cut.
 */
const text = fc
  .array(
    fc.constantFrom('a', 'b', '1', '7', '.', ',', ';', ' ', '"', "'", '^', '\\', '\x1f', '¦', 'é', '“', '#', 'N', '日'),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));
const field = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom('1', '2.5', '007', 'NA', '', ' x ', '2024-01-01', 'true') },
  { weight: 1, arbitrary: fc.constantFrom('l\n1', 'l\r\n2', '\r') },
);
const dialect = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '^', '~', ' ', '\x01', '¦', '日', '"'),
    quote: fc.constantFrom<string | null>('"', "'", '“', null),
    escape: fc.constantFrom(undefined, undefined, '\\', '¦'),
    comment: fc.constantFrom(undefined, '#', '//'),
    skip: fc.nat(2),
    footer: fc.nat(3),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    isEnded: fc.boolean(),
  })
  .filter((d) => d.delimiter !== d.quote && d.delimiter !== d.escape && d.quote !== d.escape);
type Written = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

/** What a field can be in the dialect: without quotes nothing may stand in it that ends it. */
function possible(value: string, { delimiter, quote, escape: escaping, comment }: Written): string {
  if (quote !== null) return value;
  const plain = value.replaceAll(/[\r\n]/g, '').replaceAll(escaping ?? '', '');
  const uncommented = comment ? plain.replaceAll(comment, '').replaceAll('/', '') : plain;
  return escaping ? uncommented : uncommented.replaceAll(delimiter, '');
}
function written(value: string, { delimiter, quote, escape: escaping, comment }: Written, isQuoted: boolean): string {
  const before = (text: string, special: string | null) =>
    special && escaping ? text.replaceAll(special, escaping + special) : text;
  const needs =
    quote !== null &&
    (isQuoted ||
      [delimiter, quote, '\n', '\r', ...(comment ? [comment] : []), ...(escaping ? [escaping] : [])].some((each) =>
        value.includes(each),
      ));
  if (!needs) return before(value, delimiter);
  const inner = before(value, escaping ?? null);
  // both ways to write a quote in quotes
  return quote + (escaping && isQuoted ? before(inner, quote) : inner.replaceAll(quote!, quote! + quote!)) + quote;
}
const table = fc
  .record({
    dialect,
    rows: fc.array(fc.record({ fields: fc.array(field, { minLength: 3, maxLength: 3 }), isQuoted: fc.boolean() }), {
      minLength: 1,
      maxLength: 12,
    }),
    comments: fc.array(fc.nat(12), { maxLength: 3 }),
  })
  .map(({ dialect, rows, comments }) => {
    const { delimiter, comment, skip, footer, end, isEnded } = dialect;
    const lines: { text: string; fields?: string[] }[] = [];
    for (let i = 0; i < skip; i++) lines.push({ text: `not "read' ${delimiter}` });
    lines.push({ text: ['c1', 'c2', 'c3'].join(delimiter) });
    rows.forEach(({ fields, isQuoted }, i) => {
      if (comment && comments.includes(i)) lines.push({ text: `${comment} "no row' ${delimiter}` });
      const values = fields.map((value) => possible(value, dialect));
      // a row of nothing is none
      if (values.every((value) => value.trim() === '')) values[0] = 'x';
      lines.push({ text: values.map((value) => written(value, dialect, isQuoted)).join(delimiter), fields: values });
    });
    for (let i = 0; i < footer; i++) lines.push({ text: `footer${delimiter}${i}` });
    const options: ReadOptions = {
      delimiter,
      quote: dialect.quote,
      header: 1,
      ...(dialect.escape ? { escape: dialect.escape } : {}),
      ...(comment ? { comment } : {}),
      ...(skip > 0 ? { skip_rows: skip } : {}),
      ...(footer > 0 ? { skip_footer: footer } : {}),
    };
    let line = 1;
    const found: { row: number; line: number; values: string[] }[] = [];
    for (const { text, fields } of lines) {
      if (fields) found.push({ row: found.length + 1, line, values: fields });
      line += `${text}${end}`.match(/\r\n|\r|\n/g)!.length;
    }
    return { text: lines.map(({ text }) => text).join(end) + (isEnded ? end : ''), options, found };
  });

const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}
/** What does not depend on how the file is written. */
function tableOf(text: string) {
  const { file, warnings, alerts, options, suggestions, ...rest } = JSON.parse(text);
  return rest;
}

test('any dialect gives the report and the rows of the same table as plain CSV', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.array(fc.nat(300), { maxLength: 6 }),
      fc.boolean(),
      async ({ text, options, found }, cuts, isSmall) => {
        const bytes = Buffer.from(text);
        const tuning = isSmall ? { blockBytes: 256, unitRows: 3, unitCells: 200 } : undefined;
        const plain = [['c1', 'c2', 'c3'], ...found.map(({ values }) => values)]
          .map((values) => `${values.map(cell).join(',')}\n`)
          .join('');
        const expected = await profileText(plain, 'csv', [], { readOptions: { delimiter: ',', header: 1 } });
        const report = await profileText(bytes, 'csv', cuts, { readOptions: options, ...(tuning && { tuning }) });
        expect(tableOf(report)).toEqual(tableOf(expected));
        expect(await profileText(bytes, 'csv', [], { readOptions: options })).toBe(report);

        const document = readReport(report);
        const file = { ...document.file, format: 'csv' };
        const size = (cuts[0] ?? 50) + 1;
        const wanted = found.map(({ row }) => row);
        const names = document.columns.map(({ name }) => name);
        const all = found.map(({ row, line, values }) => ({ row, line, fields: names.map((n, i) => [n, values[i]]) }));
        expect(await Array.fromAsync(readRows(pieces(bytes, size), file, wanted, options))).toEqual(all);
        const columns = filterColumns(document);
        const dataset = { open: () => pieces(bytes, size), file, columns, readOptions: options };
        const rows = [];
        for await (const step of filterRows(dataset, []))
          rows.push(...step.rows.map(({ row, line, fields }) => ({ row, line, fields })));
        expect(rows).toEqual(all);
      },
    ),
    { numRuns: 1_500, seed: 21 },
  );
});
