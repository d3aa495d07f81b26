import { alertsOf } from '../../src/report/alerts/alerts.ts';
import { columnKind } from '../../src/report/column-kind.ts';
import type { ColumnReport, ReportDocument, ReportFacts } from '../../src/report/document.ts';

const numeric = (type: string) => type === 'integer' || type === 'decimal';

/** A column of 100 values out of which a test changes what it is about. */
export function column(changes: Partial<ColumnReport> & { name: string }): ColumnReport {
  const type = changes.type ?? 'text';
  const facts: Partial<ColumnReport> = numeric(type)
    ? {
        min: 1,
        max: 100,
        mean: 50,
        std: 29,
        quartiles: { q1: 25, median: 50, q3: 75 },
        zeros: 0,
        negatives: 0,
        histogram: { edges: Array.from({ length: 21 }, (_, i) => 1 + i * 4.95), counts: Array(20).fill(5) },
      }
    : { length: { min: 1, max: 5, mean: 3 } };
  const { position, ...made } = {
    position: 1,
    type,
    count: 100,
    null_count: 0,
    null_tokens: {},
    evidence: { matching: 100, exceptions: 0, examples: [] },
    distinct: { count: 40, exact: true },
    top_values: Array.from({ length: 10 }, (_, i) => ({ value: numeric(type) ? `${i}` : `word ${i}`, count: 4 })),
    ...facts,
    ...changes,
  };
  return { kind: columnKind(made), position, ...made };
}

/** A report of 100 rows around columns. */
export function document(columns: ColumnReport[], changes: Partial<ReportDocument> = {}): ReportDocument {
  const dictionary = <T>(entries: [string, T][]): Record<string, T> =>
    Object.assign(Object.create(null), Object.fromEntries(entries));
  const numbers = columns.filter(({ type }) => numeric(type));
  const facts: ReportFacts = {
    schema_version: 1,
    row_count: 100,
    null_counts: dictionary(columns.map(({ name, null_count }) => [name, null_count])),
    numeric: dictionary(numbers.map(({ name }) => [name, { min: 1, max: 100, mean: 50 }])),
    anomalies: {
      duplicates: { count: 0, examples: [] },
      outliers: dictionary(
        numbers.map(({ name }) => [name, { count: 0, lower_fence: -50, upper_fence: 150, examples: [] }]),
      ),
    },
    columns: columns.map((each, i) => ({ ...each, position: i + 1 })),
    bad_rows: { count: 0, examples: [] },
    file: {
      format: 'csv',
      encoding: 'utf-8',
      bom: false,
      delimiter: ',',
      quote: '"',
      line_ending: '\n',
      bytes: 12_345,
    },
    warnings: [],
    ...changes,
  };
  return { ...facts, alerts: changes.alerts ?? alertsOf(facts) };
}
