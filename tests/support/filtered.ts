import { sourceOfBytes } from '../../src/infra/engine/source.ts';
import type { ByteSource } from '../../src/processing/byte-source.ts';
import { type FilteredDataset, type FilterOptions, filterRows } from '../../src/processing/filter-rows.ts';
import { isOfLines } from '../../src/processing/formats/choose.ts';
import type { ReadOptions } from '../../src/processing/options/read-options.ts';
import { profileDataset } from '../../src/processing/profile.ts';
import type { RowCondition } from '../../src/processing/row-conditions.ts';
import type { WholeRow } from '../../src/processing/whole-row.ts';
import { buildReport } from '../../src/report/build-report.ts';
import type { ReportDocument } from '../../src/report/document.ts';
import { filterColumns } from '../../src/report/filter-columns.ts';
import { readReport, reportText } from '../../src/report/report-text.ts';

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}
const pieces = (bytes: Uint8Array, size: number): ByteSource => ({
  [Symbol.asyncIterator]: () => cut(bytes, size),
  ranges: sourceOfBytes(bytes).bytes.ranges!,
});

/** A dataset with its report, as it is read back from the store. @param size of the pieces that the file comes in */
export async function filtered(
  input: Uint8Array | string,
  format: string,
  {
    size = 1 << 20,
    name = '',
    distinctBound = 10_000,
    readOptions,
  }: { size?: number; name?: string; distinctBound?: number; readOptions?: ReadOptions } = {},
): Promise<FilteredDataset & { report: ReportDocument; bytes: Buffer }> {
  const bytes = Buffer.from(input as string);
  const source: ByteSource = pieces(bytes, bytes.length);
  const profile = await profileDataset(source, { format, isOfLines: isOfLines(name), distinctBound, readOptions });
  const report = readReport(reportText(buildReport(profile)));
  const file = { ...report.file, format: String(report.file.format) };
  return {
    open: (from) => pieces(bytes.subarray(from), size),
    file,
    columns: filterColumns(report),
    readOptions,
    report,
    bytes,
  };
}

/** All rows for which the conditions hold, and how many there are. */
export async function rowsWhere(
  dataset: FilteredDataset,
  where: RowCondition | RowCondition[],
  options: FilterOptions = {},
): Promise<{ rows: WholeRow[]; matched: number; read: number }> {
  const rows: WholeRow[] = [];
  let last = { matched: 0, read: 0 };
  for await (const step of filterRows(dataset, [where].flat(), options)) {
    for (const { row, line, fields, surplus } of step.rows)
      rows.push({ row, line, fields, ...(surplus && { surplus }) });
    last = step;
  }
  return { rows, matched: last.matched, read: last.read };
}
