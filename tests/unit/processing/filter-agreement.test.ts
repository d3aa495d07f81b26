import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DatasetError } from '../../../src/processing/errors.ts';
import { filterRows } from '../../../src/processing/filter-rows.ts';
import { formatOfFilename } from '../../../src/processing/formats/choose.ts';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import { RowIndex } from '../../../src/processing/row-index.ts';
import { readRows } from '../../../src/processing/rows.ts';
import { filtered, rowsWhere } from '../../support/filtered.ts';
import { formatOf, generatedTable } from '../../support/generated-table.ts';
import { GOLDEN_INPUTS } from '../../support/golden-inputs.ts';
import { messyCsv } from '../../support/messy-csv.ts';
import { messyJson } from '../../support/messy-json.ts';
import { profileText } from '../../support/profile-text.ts';
import { countedConditions } from '../../support/report-conditions.ts';

type Dataset = Awaited<ReturnType<typeof filtered>>;

/** The dataset; undefined when the file is refused. */
async function readable(...args: Parameters<typeof filtered>): Promise<Dataset | undefined> {
  try {
    return await filtered(...args);
  } catch (error) {
    if (error instanceof DatasetError) return undefined;
    throw error;
  }
}
/** Every count of the report is the number of rows for its condition. */
async function expectAgreement(dataset: Dataset, some = (_index: number) => true): Promise<void> {
  for (const [i, { where, count, atLeast }] of countedConditions(dataset.report).entries()) {
    if (!some(i)) continue;
    const { matched, rows, read } = await rowsWhere(dataset, where, { tuning: { blockBytes: 1_024 } });
    const words = JSON.stringify(where);
    expect(rows.length, words).toBe(matched);
    expect(read).toBe(dataset.report.row_count);
    if (atLeast) expect(matched, words).toBeGreaterThanOrEqual(count);
    else expect(matched, words).toBe(count);
  }
}
/** Without conditions all rows come, as readRows gives them. */
async function expectAllRows(dataset: Dataset): Promise<void> {
  const all = await Array.fromAsync(
    readRows(
      await dataset.open(0),
      dataset.file,
      Array.from({ length: dataset.report.row_count }, (_, i) => i + 1),
      dataset.readOptions,
    ),
  );
  const { rows } = await rowsWhere(dataset, [], { tuning: { blockBytes: 1_024 } });
  expect(JSON.stringify(rows)).toBe(JSON.stringify(all));
}

const FILES = [
  ...GOLDEN_INPUTS.map(({ file }) => file),
  ...globSync(['tests/cases/*.*', 'tests/alert-cases/*.*']).filter((file) => formatOfFilename(file)),
].filter((file) => !/expected\.json$/.test(file));

describe('every count of a report is the number of rows that its condition finds', () => {
  test.each(FILES)('%s', async (file) => {
    const bytes = readFileSync(file);
    const format = formatOfFilename(file)!.name;
    const dataset = await readable(bytes, format, { size: 61, name: basename(file) });
    if (!dataset) return;
    await expectAllRows(dataset);
    await expectAgreement(dataset);
  });

  test('of generated tables, counted by value and past the bound', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('narrow CSV', 'wide CSV', 'CSV of one column', 'JSON list', 'JSON lines'),
        fc.nat(400),
        fc.nat(),
        fc.constantFrom(20, 10_000),
        async (kind, rows, seed, distinctBound) => {
          const dataset = await readable(generatedTable(kind, rows, seed), formatOf(kind), {
            size: 4_099,
            distinctBound,
          });
          if (!dataset) return;
          await expectAllRows(dataset);
          const every = kind === 'wide CSV' ? 41 : 3;
          await expectAgreement(dataset, (i) => i % every === seed % every);
        },
      ),
      { numRuns: 10 },
    );
  });

  test.each([
    ['CSV', 'csv', messyCsv],
    ['JSON', 'json', messyJson],
  ] as const)('of messy %s, however it is cut', async (_name, format, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, fc.integer({ min: 1, max: 40 }), fc.nat(4), async (text, size, share) => {
        const dataset = await readable(text, format, { size });
        if (!dataset) return;
        await expectAllRows(dataset);
        await expectAgreement(dataset, (i) => i % 5 === share);
      }),
      { numRuns: 60 },
    );
  });

  test('of messy CSV with any options of layout, in any encoding, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        messyCsv,
        fc.constantFrom('', '', 'sep=;\n', '#x\n', 'Title\n\n', '"sep=^"\r\n'),
        layoutOptions,
        fc.constantFrom('utf8' as const, 'latin1' as const, 'utf16le' as const),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(6),
        async (table, above, readOptions, encoding, size, share) => {
          const bytes = Buffer.from(above + table, encoding);
          const whole = await profileText(bytes, 'csv', [], { readOptions });
          const cuts = Array.from({ length: 300 }, (_, i) => i * size);
          const tuning = { blockBytes: 256, unitRows: 3, unitCells: 200 };
          expect(await profileText(bytes, 'csv', cuts, { readOptions, tuning })).toBe(whole);
          if (!whole.startsWith('{')) return;
          const dataset = await filtered(bytes, 'csv', { size, readOptions });
          await expectAllRows(dataset);
          await expectAgreement(dataset, (i) => i % 7 === share);
        },
      ),
      { numRuns: 150 },
    );
  });
  test('of files with options of values, from the beginning and from the middle', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('csv', 'json'),
        valueOptions,
        fc.array(fc.array(valueText, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 40 }),
        fc.constantFrom(3, 10_000),
        async (format, readOptions, rows, distinctBound) => {
          const text =
            format === 'csv'
              ? `a,b,c,d\n${rows.map((row) => row.map((value) => `"${value}"`).join(',')).join('\n')}\n`
              : JSON.stringify(
                  rows.map(([a, b, c, d]) => ({ a, b, c, d: Number(d) || (d === '1.234.567' ? 1.234 : d) })),
                );
          const dataset = await filtered(text, format, { size: 61, distinctBound, readOptions });
          await expectAgreement(dataset);
        },
      ),
      { numRuns: 150 },
    );
  });
  test.each<[ReadOptions, string, number | string]>([
    [{ decimal: ',' }, '1,5', 2],
    [{ decimal: ',' }, ' -1,5 ', 4],
    [{ decimal: ',' }, '1.5', 2],
    [{ decimal: ',', thousands: '.' }, '1.234,5', 1],
    [{ decimal: ',', thousands: '.' }, '1.234.567', 0],
    [{ decimal: ',', thousands: '.' }, '1234,5', 1],
    [{ decimal: ',', thousands: '.' }, '1.234', '"1.234" may be two numbers'],
    [{ decimal: ',', thousands: '.' }, '1.234,5e0', 1],
    [{ decimal: ',', thousands: '.' }, '12.34,5', 'must be a number'],
    [{ decimal: ',', thousands: ' ' }, '1\u00a0234,5', 1],
    [{ decimal: ',', thousands: '.' }, ',', 'must be a number'],
    [{ decimal: ',', thousands: '.' }, '', 'must be a number'],
    [{ thousands: '.' }, '1,5', 2],
    [{}, '1,5', 'must be a number'],
  ])('a bound of numbers may be written as is said of the file: %j, from %j on', async (readOptions, gte, matched) => {
    const values = readOptions.decimal || readOptions.thousands ? ['-1,5', '0', '1,5', '1234,5'] : ['-1.5', '0'];
    const dataset = await filtered(`n;m\n${values.map((value) => `${value};x\n`).join('')}`, 'csv', { readOptions });
    const found = rowsWhere(dataset, { column: 'n', gte });
    if (typeof matched === 'string') await expect(found).rejects.toThrow(matched);
    else expect((await found).matched).toBe(matched);
  });
  test('texts of JSON in another encoding are found, and rows from the middle', async () => {
    const records = Array.from({ length: 400 }, (_, i) => `{"id":${i},"é":"${i % 2 ? 'ü' : 'ß'}"}`);
    const bytes = Buffer.from(`[${records.join(',\n')}]`, 'latin1');
    const dataset = await filtered(bytes, 'json', { readOptions: { encoding: 'latin1' }, size: 100 });
    await expectAgreement(dataset);
    const index = new RowIndex(500);
    const from = async (after: number) => {
      const found: unknown[] = [];
      for await (const { rows } of filterRows(dataset, [], { after, index, tuning: { blockBytes: 1_024 } }))
        found.push(...rows.map(({ row, fields }) => [row, fields]));
      return found;
    };
    const all = await from(0);
    expect(all[399]).toEqual([
      400,
      [
        ['id', expect.anything()],
        ['é', 'ü'],
      ],
    ]);
    expect(await from(300)).toEqual(all.slice(300));
  });
  test('a bound is written as the file has it, or as ISO 8601', async () => {
    const text = `day\n${Array.from({ length: 28 }, (_, i) => `${i + 1}.2.2024\n`).join('')}`;
    const dataset = await filtered(text, 'csv', { readOptions: { date_order: 'DMY' } });
    expect((await rowsWhere(dataset, { column: 'day', gte: '20.2.2024' })).matched).toBe(9);
    expect((await rowsWhere(dataset, { column: 'day', gte: '2024-02-20', lt: '22.2.2024' })).matched).toBe(2);
    await expect(rowsWhere(dataset, { column: 'day', gte: '30.2.2024' })).rejects.toThrow('as the file writes it');
  });
});

/** Characters that are in the text, where they mean something else. */
const character = fc.constantFrom(',', ';', '\t', ' ', '^', '5', 'a', '"', "'", 'é', '§', '\\', '|', '.');
const layoutOptions = fc.record(
  {
    delimiter: character,
    quote: fc.oneof(character, fc.constant(null)),
    escape: character,
    header: fc.constantFrom(true, false, 1, 2, 5, [1, 2], [2, 4]),
    skip_rows: fc.nat(4),
    skip_footer: fc.nat(6),
    comment: fc.constantFrom('#', '1', 'é', 'sep', '"', ' '),
    columns: fc.array(fc.constantFrom('x', '', 'y', 'c0', 'é'), { minLength: 1, maxLength: 8 }),
    encoding: fc.constantFrom('utf-8', 'latin1', 'windows-1251', 'utf-16le', 'gb18030'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ReadOptions>;
const valueText = fc.oneof(
  fc.constantFrom('1.234,5', '1,5', '1.5', '1.234.567', '12', '007', '-999', '-', 'NA', '', 'x', 'true', ' 3 ', '[1]'),
  fc.constantFrom('31.12.2025', '1/2/25 4:05 PM', '2025-01-03', '2025/1/3', '20250103', '3 Feb 2024', 'not recorded'),
);
const valueOptions = fc.record(
  {
    decimal: fc.constant(',' as const),
    thousands: fc.constant('.' as const),
    more_null_tokens: fc.constantFrom(['-999', '-'], ['not recorded', 'x', 'true']),
    date_order: fc.constantFrom('DMY' as const, 'MDY' as const, 'YMD' as const),
    types: fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom('integer', 'decimal', 'boolean', 'date', 'datetime', 'json', 'text'),
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ReadOptions>;
