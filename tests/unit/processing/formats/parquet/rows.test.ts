import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceOfBytes } from '../../../../../src/infra/engine/source.ts';
import type { ByteSource } from '../../../../../src/processing/byte-source.ts';
import { filterRows } from '../../../../../src/processing/filter-rows.ts';
import { profileDataset } from '../../../../../src/processing/profile.ts';
import type { RowCondition } from '../../../../../src/processing/row-conditions.ts';
import { RowIndex } from '../../../../../src/processing/row-index.ts';
import { readRows } from '../../../../../src/processing/rows.ts';
import { buildReport } from '../../../../../src/report/build-report.ts';
import { filterColumns } from '../../../../../src/report/filter-columns.ts';

const FILES = [
  { name: 'flat', bytes: readFileSync('tests/parquet/flat.pyarrow-gzip-v1.parquet') },
  { name: 'nested', bytes: readFileSync('tests/parquet/nested.pyarrow-lz4-v2.parquet') },
];
const ndjsonOf = (name: string) => readFileSync(`tests/parquet/${name}.ndjson`);

async function all<T>(rows: AsyncIterable<T>): Promise<string> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return JSON.stringify(list);
}

test.each(FILES)('single rows of $name are those of the same values as NDJSON', async ({ name, bytes }) => {
  for (const wanted of [[1], [16, 17], [3, 20, 33, 40], [40]]) {
    const rows = readRows(sourceOfBytes(bytes).bytes, { format: 'parquet' }, wanted);
    const same = readRows(sourceOfBytes(ndjsonOf(name)).bytes, { format: 'ndjson' }, wanted);
    expect(await all(rows)).toBe(await all(same));
  }
});

/** Rows by conditions, and how many bytes of the file were read for them. */
async function filtered(bytes: Buffer, format: string, where: RowCondition[], options = {}) {
  const report = buildReport(await profileDataset(sourceOfBytes(bytes).bytes, { format, isOfLines: true }));
  let read = 0;
  const open = (): ByteSource => ({
    ...sourceOfBytes(bytes).bytes,
    async ranges() {
      const ranges = await sourceOfBytes(bytes).bytes.ranges!();
      return {
        ...ranges,
        size: ranges.size,
        read(from, length) {
          read += length;
          return ranges.read(from, length);
        },
      };
    },
  });
  const rows: object[] = [];
  const dataset = { open, file: report.file, columns: filterColumns(report) };
  for await (const step of filterRows(dataset, where, options))
    rows.push(...step.rows.map(({ row, line, fields }) => ({ row, line, fields })));
  return { rows: JSON.stringify(rows), read };
}

test.each<[string, RowCondition[]]>([
  ['flat', [{ column: 'int32', is_null: true }]],
  ['flat', [{ column: 'double', gt: 5 }]],
  ['flat', [{ column: 'string', in: ['Zürich'] }]],
  ['flat', [{ duplicate: true }]],
  ['nested', [{ column: 'list', is_null: true }]],
])('rows of %s with %j are those of NDJSON', async (name, where) => {
  const { bytes } = FILES.find((file) => file.name === name)!;
  expect((await filtered(bytes, 'parquet', where)).rows).toBe((await filtered(ndjsonOf(name), 'json', where)).rows);
});

test('later rows are read from their row group on', async () => {
  const { bytes } = FILES[0]!;
  const paged = await filtered(bytes, 'parquet', [], { after: 35, first: 3, index: new RowIndex(1) });
  const same = await filtered(ndjsonOf('flat'), 'json', [], { after: 35, first: 3 });
  expect(paged.rows).toBe(same.rows);
  expect(JSON.parse(paged.rows)).toHaveLength(3);
});
