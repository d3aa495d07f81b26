import { globSync, readFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import { filterRows } from '../../../../../src/processing/filter-rows.ts';
import { ParquetTable } from '../../../../../src/processing/formats/parquet/table.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import { RowIndex } from '../../../../../src/processing/row-index.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { buildReport } from '../../../../../src/report/build-report.ts';
import { filterColumns } from '../../../../../src/report/filter-columns.ts';
import { dataPage, INT32, int32s, parquetFile, REPEATED } from '../../../../support/parquet-bytes.ts';

async function lines(table: ParquetTable, wanted: Parameters<ParquetTable['batches']>[0]): Promise<string[]> {
  const list: string[] = [];
  for await (const { text, row, rows } of table.batches(wanted)) {
    const batch = text.trimEnd().split('\n');
    expect(batch).toHaveLength(rows);
    list.push(...batch.map((line, i) => `${row + i} ${line}`));
  }
  return list;
}

test.each(
  globSync('tests/parquet/{flat.d,flat.pyarrow-n,nested.pyarrow-}*.parquet').sort(),
)('rows of %s can be passed over', async (file) => {
  await using table = await ParquetTable.open(sourceOfBytes(readFileSync(file)).bytes);
  const all = await lines(table, {});
  let before = 0;
  for (const [firstGroup, { rows }] of table.footer.groups.entries()) {
    for (let skip = 0; skip <= rows; skip += 3)
      expect(await lines(table, { firstGroup, skip })).toEqual(all.slice(before + skip));
    expect(await lines(table, { firstGroup, skip: 3, limit: 2 })).toEqual(all.slice(before + 3).slice(0, 2));
    before += rows;
  }
});

test('rows that go on in the next page can be passed over', async () => {
  const levels = (repetition: number) => Buffer.from([2, 0, 0, 0, 3, repetition, 2, 0, 0, 0, 4, 1]);
  const page = (repetition: number, ...values: number[]) =>
    dataPage(2, Buffer.concat([levels(repetition), int32s(...values)]));
  // bits of two entries, the first one lowest: 1 goes on with the row before
  const pages = Buffer.concat([page(0b10, 1, 2), page(0b01, 3, 4), page(0b11, 5, 6), page(0b00, 7, 8)]);
  const column = { element: { 1: INT32, 3: REPEATED, 4: 'l' }, pages, facts: { 5: 8n } };
  await using table = await ParquetTable.open(sourceOfBytes(parquetFile(4, [column])).bytes);
  const first = await lines(table, {});
  expect(first.map((line) => line.replace(/^\d+ /, ''))).toEqual(
    ['[1,2,3]', '[4,5,6]', '[7]', '[8]'].map((l) => `{"l":${l}}`),
  );
  for (let skip = 0; skip <= 4; skip++) expect(await lines(table, { skip })).toEqual(first.slice(skip));
});

test('single rows far from each other, and later rows, are found within a large row group', async () => {
  const rows = Array.from({ length: 140_000 }, (_, i) => i + 1);
  const bytes = new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'row', data: rows, type: 'INT32' },
        { name: 'text', data: rows.map((row) => (row % 3 === 0 ? null : `t${row % 11}`)), type: 'STRING' },
      ],
      pageSize: 20_000,
    }),
  );
  const open = () => sourceOfBytes(bytes).bytes;
  const report = buildReport(await profileDataset(open(), { format: 'parquet' }));
  const fields = (row: number) => [row, row % 3 === 0 ? null : `t${row % 11}`];
  const wanted = [1, 2, 40_000, 40_001, 139_999, 140_000];
  const found: unknown[] = [];
  for await (const { row, fields } of readRows(open(), report.file, wanted))
    found.push([row, JSON.stringify(fields.map(([, value]) => value))]);
  expect(found).toEqual(wanted.map((row) => [row, JSON.stringify(fields(row))]));
  const later: number[] = [];
  const dataset = { open, file: report.file, columns: filterColumns(report) };
  const where = [{ column: 'text', in: ['t5'] }];
  for await (const step of filterRows(dataset, where, { after: 131_000, first: 3, index: new RowIndex(1) }))
    later.push(...step.rows.map(({ row }) => row));
  const same = rows.filter((row) => row > 131_000 && row % 3 > 0 && row % 11 === 5);
  expect(later).toEqual(same.slice(0, 3));
});
