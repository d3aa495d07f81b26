import type { Alert, ColumnReport } from '../../report/document.ts';
import { builder } from './builder.ts';
import { ReportColumn, reportColumn } from './report-column.ts';

type Place = Record<string, unknown>;
/** The document of `reports.report_json`, as JSON.parse gives it (report-schema.ts says what is in it). */
export interface ReportDocument {
  row_count: number;
  null_counts: Record<string, number>;
  numeric: Record<string, { min: number; max: number; mean: number }>;
  anomalies: {
    duplicates: { count: number; examples: { row: number; first_row: number }[] };
    outliers: Record<
      string,
      { count: number; lower_fence: number; upper_fence: number; examples: { row: number; value: number }[] }
    >;
  };
  /** Missing in a report that was written before its columns were told. */
  columns?: ColumnReport[];
  bad_rows: { count: number; examples: Place[] };
  file: Place;
  warnings: { code: string; message: string; column?: string }[];
  /** Missing as `columns` may be. */
  alerts?: Alert[];
}
export interface ReportValue {
  document: ReportDocument;
  json: unknown;
  createdAt: Date;
}

const NullCount = builder.simpleObject('NullCount', {
  fields: (t) => ({ column: t.string(), count: t.field({ type: 'BigInt' }) }),
});
const NumericSummary = builder.simpleObject('NumericSummary', {
  fields: (t) => ({ column: t.string(), min: t.float(), max: t.float(), mean: t.float() }),
});
const DuplicateExample = builder.simpleObject('DuplicateExample', {
  fields: (t) => ({ row: t.field({ type: 'BigInt' }), firstRow: t.field({ type: 'BigInt' }) }),
});
const Duplicates = builder.simpleObject('Duplicates', {
  fields: (t) => ({ count: t.field({ type: 'BigInt' }), examples: t.field({ type: [DuplicateExample] }) }),
});
const OutlierExample = builder.simpleObject('OutlierExample', {
  fields: (t) => ({ row: t.field({ type: 'BigInt' }), value: t.float() }),
});
const Outliers = builder.simpleObject('Outliers', {
  fields: (t) => ({
    column: t.string(),
    count: t.field({ type: 'BigInt' }),
    lowerFence: t.float(),
    upperFence: t.float(),
    examples: t.field({ type: [OutlierExample] }),
  }),
});
const Anomalies = builder.simpleObject('Anomalies', {
  fields: (t) => ({ duplicates: t.field({ type: Duplicates }), outliers: t.field({ type: [Outliers] }) }),
});
const BadRows = builder.simpleObject('BadRows', {
  fields: (t) => ({ count: t.field({ type: 'BigInt' }), examples: t.field({ type: 'JSON' }) }),
});
const Warning = builder.simpleObject('Warning', {
  fields: (t) => ({ code: t.string(), message: t.string(), column: t.string({ nullable: true }) }),
});

const AlertObject = builder.simpleObject('Alert', {
  fields: (t) => ({
    code: t.string(),
    severity: t.string({ description: 'error, warning or info' }),
    column: t.string({ nullable: true }),
    message: t.string(),
    numbers: t.field({ type: 'JSON' }),
  }),
});

/** Numbers beyond 2^53 are kept as they are written: a JavaScript number would lose their last digits. */
export function parseReport(text: string): unknown {
  const revive = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(context!.source!)
      : value;
  return JSON.parse(text, revive as never);
}

export const Report = builder.objectRef<ReportValue>('Report').implement({
  fields: (t) => ({
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    rowCount: t.field({ type: 'BigInt', resolve: ({ document }) => document.row_count }),
    nullCounts: t.field({
      type: [NullCount],
      resolve: ({ document }) => Object.entries(document.null_counts).map(([column, count]) => ({ column, count })),
    }),
    numeric: t.field({
      type: [NumericSummary],
      resolve: ({ document }) => Object.entries(document.numeric).map(([column, summary]) => ({ column, ...summary })),
    }),
    anomalies: t.field({
      type: Anomalies,
      resolve: ({ document: { anomalies } }) => ({
        duplicates: {
          count: anomalies.duplicates.count,
          examples: anomalies.duplicates.examples.map(({ row, first_row }) => ({ row, firstRow: first_row })),
        },
        outliers: Object.entries(anomalies.outliers).map(([column, { count, lower_fence, upper_fence, examples }]) => ({
          column,
          count,
          lowerFence: lower_fence,
          upperFence: upper_fence,
          examples,
        })),
      }),
    }),
    columns: t.field({
      type: [ReportColumn],
      resolve: ({ document }) => (document.columns ?? []).map(reportColumn),
    }),
    badRows: t.field({ type: BadRows, resolve: ({ document }) => document.bad_rows }),
    file: t.field({ type: 'JSON', resolve: ({ document }) => document.file }),
    warnings: t.field({ type: [Warning], resolve: ({ document }) => document.warnings }),
    alerts: t.field({
      type: [AlertObject],
      description: 'What is wrong with the data, worst first.',
      resolve: ({ document }) => document.alerts ?? [],
    }),
    json: t.field({
      type: 'JSON',
      description: 'The whole report as it is in the bucket, keys in the order of the database.',
      resolve: ({ json }) => json,
    }),
  }),
});
