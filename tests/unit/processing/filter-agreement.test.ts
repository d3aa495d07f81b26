import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DatasetError } from '../../../src/processing/errors.ts';
import { formatOfFilename } from '../../../src/processing/formats/choose.ts';
import type { ReadOptions } from '../../../src/processing/options/read-options.ts';
import { readRows } from '../../../src/processing/rows.ts';
import { filtered, rowsWhere } from '../../support/filtered.ts';
import { formatOf, generatedTable } from '../../support/generated-table.ts';
import { GOLDEN_INPUTS } from '../../support/golden-inputs.ts';
import { messyCsv } from '../../support/messy-csv.ts';
import { messyJson } from '../../support/messy-json.ts';
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
  test('a bound is written as the file has it, or as ISO 8601', async () => {
    const text = `day\n${Array.from({ length: 28 }, (_, i) => `${i + 1}.2.2024\n`).join('')}`;
    const dataset = await filtered(text, 'csv', { readOptions: { date_order: 'DMY' } });
    expect((await rowsWhere(dataset, { column: 'day', gte: '20.2.2024' })).matched).toBe(9);
    expect((await rowsWhere(dataset, { column: 'day', gte: '2024-02-20', lt: '22.2.2024' })).matched).toBe(2);
    await expect(rowsWhere(dataset, { column: 'day', gte: '30.2.2024' })).rejects.toThrow('as the file writes it');
  });
});

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
