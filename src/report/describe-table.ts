import { type ColumnReport, outliersOf, type ReportFacts } from './document.ts';
import { figure, plural, shareOf, whole } from './formatting.ts';
import { figureOfKind, isMeaningful } from './kind-figures.ts';

/** The describe table: a line per column of the dataset, with these figures in this order. */
export const DESCRIBE_KEYS = ['name', 'kind', 'nulls', 'distinct', 'min', 'median', 'mean', 'max', 'outliers'] as const;
export type DescribeKey = (typeof DESCRIBE_KEYS)[number];

/** The cells that are texts; the others are figures, aligned to the right. */
export const isTextCell = (key: DescribeKey): boolean => key === 'name' || key === 'kind';

/**
 * The line of a column. `min` and `max` of dates stand as in the file; of texts `min`, `mean` and `max` are the lengths
 * ("11 chars"). Cells that a column lacks, or that mean nothing for its kind, are empty. Name and dates are
 * text of the data, not escaped for any output.
 */
export function describeColumn(column: ColumnReport, report: ReportFacts): Record<DescribeKey, string> {
  const { name, kind, null_count, distinct, quartiles } = column;
  const outliers = outliersOf(report, name);
  const number = (value: ColumnReport['min']) => (value === undefined ? '' : figureOfKind(value, kind));
  const limit = (key: 'min' | 'mean' | 'max') =>
    column.type === 'text' ? textLength(column.length?.[key]) : number(column[key]);
  const cells: Record<DescribeKey, string> = {
    name,
    kind,
    nulls: report.row_count === 0 ? '' : shareOf(null_count, report.row_count),
    distinct: distinct ? `${distinct.exact ? '' : '≈ '}${whole(distinct.count)}` : '',
    min: limit('min'),
    median: number(quartiles?.median),
    mean: limit('mean'),
    max: limit('max'),
    outliers: outliers ? whole(outliers.count) : '',
  };
  for (const key of DESCRIBE_KEYS) if (!isMeaningful(kind, key)) cells[key] = '';
  return cells;
}

const textLength = (length: number | undefined): string =>
  length === undefined ? '' : `${figure(Number(length.toFixed(1)))} ${plural(length, 'char')}`;
