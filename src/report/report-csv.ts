import { outliersOf, type ReportDocument } from './document.ts';

const HEADER = [
  ...['position', 'name', 'type', 'count', 'null_count', 'matching', 'exceptions', 'distinct', 'distinct_exact'],
  ...['min', 'max', 'mean', 'std', 'q1', 'median', 'q3', 'zeros', 'negatives'],
  ...['length_min', 'length_max', 'length_mean', 'outliers', 'lower_fence', 'upper_fence', 'top_value', 'top_count'],
  'alerts',
];

/** The report as a table: the header, then a row per column. What a column lacks is empty; `alerts` are codes. */
export function* reportRows(report: ReportDocument): Generator<string[]> {
  yield HEADER;
  const codes = new Map<string, string[]>(); // at most one entry per column
  for (const { column, code } of report.alerts)
    if (column !== undefined) {
      const list = codes.get(column);
      if (list) list.push(code);
      else codes.set(column, [code]);
    }
  for (const column of report.columns) {
    const { name, evidence, distinct, quartiles, length, top_values } = column;
    const outliers = outliersOf(report, name);
    const cells = [
      ...[column.position, name, column.type, column.count, column.null_count, evidence.matching, evidence.exceptions],
      ...[distinct?.count, distinct?.exact, column.min, column.max, column.mean, column.std],
      ...[quartiles?.q1, quartiles?.median, quartiles?.q3, column.zeros, column.negatives],
      ...[length?.min, length?.max, length?.mean, outliers?.count, outliers?.lower_fence, outliers?.upper_fence],
      ...[top_values[0]?.value, top_values[0]?.count, (codes.get(name) ?? []).join(' ')],
    ];
    yield cells.map((cell) => String(cell ?? ''));
  }
}
