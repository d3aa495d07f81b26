import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DatasetError } from '../../../src/processing/errors.ts';
import { formatOfFilename } from '../../../src/processing/formats/choose.ts';
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
});
