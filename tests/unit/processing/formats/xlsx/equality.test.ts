import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import { filterRows } from '../../../../../src/processing/filter-rows.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import { buildReport } from '../../../../../src/report/build-report.ts';
import { filterColumns } from '../../../../../src/report/filter-columns.ts';
import { readReport, reportText } from '../../../../../src/report/report-text.ts';
import { escaped, inline, workbook } from '../../../../support/workbook.ts';

/** A value as a sheet has it, and as a CSV of the same values does. */
interface Cell {
  csv: string;
  xml: (shared: Map<string, number>, reference: string) => string;
}
const cell = (type: string, value: string, csv = value): Cell => ({
  csv,
  xml: (_, r) => `<c${r}${type}><v>${escaped(value)}</v></c>`,
});
const value = fc.oneof(
  fc.integer().map((number) => cell('', String(number))),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => cell('', number.toPrecision(17), String(number))),
  fc.boolean().map((is) => cell(' t="b"', is ? '1' : '0', String(is))),
  fc.integer({ min: 61, max: 80_000 }).map((day) => {
    const date = new Date((day - 25_569) * 86_400_000).toISOString().slice(0, 10);
    return cell(' s="1"', String(day), date);
  }),
  fc.integer({ min: 0, max: 86_399 }).map((second) => {
    const time = new Date(second * 1000).toISOString().slice(11, 19);
    return cell(' s="2"', String(second / 86_400), time);
  }),
  fc.constantFrom('#N/A', '#DIV/0!').map((error) => cell(' t="e"', error)),
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', '"', '\t', '&', '<', 'é', '1', ';', '#') }).map((text) => ({
    csv: text,
    xml: (_: unknown, r: string) => inline(text).replace('<c', `<c${r}`),
  })),
  fc.constantFrom('yes', 'no', 'Oslo', 'a "b", c', 'NULL').map((text) => ({
    csv: text,
    xml: (shared: Map<string, number>, r: string) => {
      if (!shared.has(text)) shared.set(text, shared.size);
      return `<c${r} t="s"><v>${shared.get(text)}</v></c>`;
    },
  })),
  fc.constant<Cell>({ csv: '', xml: (_, r) => (r === '' ? '<c/>' : '') }),
);
const column = (index: number) => String.fromCharCode(65 + index);
/** What could be taken for a delimiter is quoted, too. */
const field = (text: string) => (/[",;\t|\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const table = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    hasReferences: fc.boolean(),
  }),
);

test('a sheet gives the report and the rows of the CSV with the same values', async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ width, rows, hasReferences }) => {
      const names = Array.from({ length: width }, (_, i) => `name ${column(i)}`);
      const filled = rows.slice(0, rows.findLastIndex((row) => row.some(({ csv }) => csv !== '')) + 1);
      const csv = [names, ...filled.map((row) => row.map((each) => each.csv))]
        .map((row) => `${row.map(field).join(',')}\n`)
        .join('');
      const shared = new Map<string, number>();
      const header = `<row>${names.map(inline).join('')}</row>`;
      const xml = rows.map((row, r) => {
        const cells = row.map((each, c) => each.xml(shared, hasReferences ? ` r="${column(c)}${r + 2}"` : ''));
        return `<row${hasReferences ? ` r="${r + 2}"` : ''}>${cells.join('')}</row>`;
      });
      const bytes = await workbook({
        sheets: [{ name: 'A', rows: header + xml.join('') }],
        strings: [...shared.keys()].map((text) => `<si><t>${escaped(text)}</t></si>`).join(''),
        formats: ['yyyy-mm-dd', 'hh:mm:ss'],
      });
      const [ofSheet, ofCsv] = await Promise.all([all(bytes, 'xlsx'), all(Buffer.from(csv), 'csv')]);
      expect(ofSheet).toEqual(ofCsv);
    }),
    { numRuns: 150 },
  );
});

/** The report without `file`, and all rows with the first column's nulls left out. */
async function all(bytes: Buffer, format: string) {
  const open = () => sourceOfBytes(bytes).bytes;
  const report = readReport(reportText(buildReport(await profileDataset(open(), { format }))));
  const { file, ...others } = report;
  const dataset = { open, file: { ...file, format }, columns: filterColumns(report) };
  const rows: unknown[] = [];
  for await (const step of filterRows(dataset, [{ column: others.columns[0]!.name, is_null: false }]))
    for (const { row, fields } of step.rows) rows.push([row, ...fields]);
  return { ...others, rows };
}
