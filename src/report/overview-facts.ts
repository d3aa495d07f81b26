import type { ReportDocument } from './document.ts';
import { countOf, countWithShare } from './formatting.ts';

/**
 * The table in figures: rows, columns, nulls with their share of all cells, duplicate and bad rows with their share of
 * the rows: "1,461 rows", "6 columns", "12 nulls (0.1 %)", "no duplicate rows", "1 bad row (0.1 %)". Only formats with
 * delimiters can have bad rows.
 */
export function overviewFacts({ row_count, columns, file, anomalies, bad_rows }: ReportDocument): string[] {
  const nulls = columns.reduce((sum, { null_count }) => sum + null_count, 0);
  const countOrNone = (count: number, noun: string) => (count === 0 ? `no ${noun}s` : countOf(count, noun));
  const partOf = (all: number, count: number, noun: string) =>
    count === 0 ? `no ${noun}s` : countWithShare(count, all, noun);
  const table = [countOrNone(row_count, 'row'), countOrNone(columns.length, 'column')];
  if (row_count === 0) return table; // which have neither nulls nor duplicates
  return [
    ...table,
    partOf(row_count * columns.length, nulls, 'null'),
    partOf(row_count, anomalies.duplicates.count, 'duplicate row'),
    ...(file.delimiter === undefined ? [] : [partOf(row_count, bad_rows.count, 'bad row')]),
  ];
}
