import { hasFacts } from '../../report/document.ts';
import { jsonOf } from '../../report/report-text.ts';
import type { DatabaseReport } from '../../services/stored-report.ts';
import { builder } from './builder.ts';
import { ReportColumn, reportColumn } from './report-column.ts';

// tests/unit/report/graphql.test.ts compares these types with the JSON Schema of a report, member by member. Fields
// without a description here have that of their member (report-descriptions.ts).

const COLUMN = 'Name of the column, as `columns` has it.';

const NullCount = builder.simpleObject('NullCount', {
  description: 'How many nulls a column has.',
  fields: (t) => ({ column: t.string({ description: COLUMN }), count: t.field({ type: 'BigInt' }) }),
});
const NumericSummary = builder.simpleObject('NumericSummary', {
  description: 'Range and mean of a column of numbers.',
  fields: (t) => ({
    column: t.string({ description: COLUMN }),
    min: t.float(),
    max: t.float(),
    mean: t.float(),
  }),
});
const DuplicateExample = builder.simpleObject('DuplicateExample', {
  description: 'A row that repeats an earlier one.',
  fields: (t) => ({ row: t.field({ type: 'BigInt' }), firstRow: t.field({ type: 'BigInt' }) }),
});
const Duplicates = builder.simpleObject('Duplicates', {
  description: 'Rows that are equal in every field to an earlier row.',
  fields: (t) => ({ count: t.field({ type: 'BigInt' }), examples: t.field({ type: [DuplicateExample] }) }),
});
const OutlierExample = builder.simpleObject('OutlierExample', {
  description: 'A value beyond the fences, at its place.',
  fields: (t) => ({
    row: t.field({ type: 'BigInt' }),
    value: t.float({ description: 'The number in that row, rounded to a double; `json` has all its digits.' }),
  }),
});
const OutlierSide = builder.simpleObject('OutlierSide', {
  description: 'The outliers on one side of the fences.',
  fields: (t) => ({
    count: t.field({ type: 'BigInt', description: 'How many there are.' }),
    counts: t.field({
      type: ['BigInt'],
      description: 'In ten bins of equal width between the fence and the farthest value, the bin at the fence first.',
    }),
  }),
});
const Outliers = builder.simpleObject('Outliers', {
  description: 'Values of a column of numbers that lie beyond its fences.',
  fields: (t) => ({
    column: t.string({ description: COLUMN }),
    count: t.field({ type: 'BigInt' }),
    lowerFence: t.float(),
    upperFence: t.float(),
    lowestInside: t.float({ nullable: true, description: 'Least value within the fences.' }),
    highestInside: t.float({ nullable: true, description: 'Greatest value within the fences.' }),
    below: t.field({ type: OutlierSide, nullable: true, description: 'Below the lower fence; null for none.' }),
    above: t.field({ type: OutlierSide, nullable: true, description: 'Above the upper fence; null for none.' }),
    examples: t.field({ type: [OutlierExample] }),
  }),
});
/** A number of the file as a double. */
const numberOf = (value: number | bigint | undefined) => (value === undefined ? undefined : Number(value));
const Anomalies = builder.simpleObject('Anomalies', {
  description: 'Duplicate rows, and outliers by column.',
  fields: (t) => ({ duplicates: t.field({ type: Duplicates }), outliers: t.field({ type: [Outliers] }) }),
});
const BAD_ROW = 'The first 10: `row`, `line`, `fields` as they are in the file, `expected` by the header.';
const BadRows = builder.simpleObject('BadRows', {
  description: 'Rows that have not as many fields as the header.',
  fields: (t) => ({ count: t.field({ type: 'BigInt' }), examples: t.field({ type: 'JSON', description: BAD_ROW }) }),
});
export const Warning = builder.simpleObject('Warning', {
  description: 'How the file was read where that was not the plain case.',
  fields: (t) => ({ code: t.string(), message: t.string(), column: t.string({ nullable: true }) }),
});

const ColumnAlert = builder.simpleObject('ColumnAlert', {
  description: 'What an alert about several columns says about one of them.',
  fields: (t) => ({
    column: t.string({ description: 'Name of the column.' }),
    message: t.string({ description: 'The sentence about this column.' }),
    numbers: t.field({ type: 'JSON', description: 'The figures of this column; shares are from 0 to 1.' }),
  }),
});
const AlertObject = builder.simpleObject('Alert', {
  description: 'A finding about the data, which follows from the figures of the report.',
  fields: (t) => ({
    code: t.string(),
    severity: t.string(),
    column: t.string({ nullable: true }),
    columns: t.field({
      type: [ColumnAlert],
      nullable: true,
      description: 'The columns, where several have the same alert; then column is null.',
    }),
    message: t.string(),
    numbers: t.field({ type: 'JSON' }),
  }),
});

export const SuggestionObject = builder.simpleObject('Suggestion', {
  description: 'A proposal to read the file differently.',
  fields: (t) => ({
    code: t.string(),
    message: t.string({ description: 'What would change.' }),
    columns: t.stringList({ description: 'None where it is about the whole file.' }),
    evidence: t.field({ type: 'JSON' }),
    options: t.field({ type: 'JSON', description: "The options that would do it, with REST's names." }),
    alternatives: t.field({
      type: ['JSON'],
      description: 'Options instead of these, each of another reading, where the values do not tell which is meant.',
      nullable: true,
    }),
  }),
});

export const Report = builder.objectRef<DatabaseReport>('Report').implement({
  description: 'What is in a file, and what is wrong with it. The same bytes give the same report.',
  fields: (t) => ({
    createdAt: t.field({
      type: 'DateTime',
      description: 'When the report was stored; not part of the report itself.',
      resolve: ({ createdAt }) => createdAt,
    }),
    rowCount: t.field({ type: 'BigInt', resolve: ({ report }) => report.row_count }),
    nullCounts: t.field({
      type: [NullCount],
      resolve: ({ report }) => Object.entries(report.null_counts).map(([column, count]) => ({ column, count })),
    }),
    numeric: t.field({
      type: [NumericSummary],
      resolve: ({ report }) =>
        Object.entries(report.numeric).map(([column, { min, max, mean }]) => ({
          column,
          min: Number(min),
          max: Number(max),
          mean,
        })),
    }),
    anomalies: t.field({
      type: Anomalies,
      resolve: ({ report: { anomalies } }) => ({
        duplicates: {
          count: anomalies.duplicates.count,
          examples: anomalies.duplicates.examples.map(({ row, first_row }) => ({ row, firstRow: first_row })),
        },
        outliers: Object.entries(anomalies.outliers).map(([column, outliers]) => ({
          column,
          count: outliers.count,
          lowerFence: outliers.lower_fence,
          upperFence: outliers.upper_fence,
          lowestInside: numberOf(outliers.lowest_inside),
          highestInside: numberOf(outliers.highest_inside),
          below: outliers.below,
          above: outliers.above,
          examples: outliers.examples.map(({ row, value }) => ({ row, value: Number(value) })),
        })),
      }),
    }),
    columns: t.field({
      type: [ReportColumn],
      args: { name: t.arg.string({ description: 'Only the column of this name, as it stands in the report.' }) },
      resolve: ({ report }, { name }) =>
        report.columns
          .filter(hasFacts)
          .filter((column) => typeof name !== 'string' || column.name === name)
          .map(reportColumn),
    }),
    badRows: t.field({ type: BadRows, resolve: ({ report }) => report.bad_rows }),
    file: t.field({ type: 'JSON', resolve: ({ report }) => report.file }),
    options: t.field({ type: 'JSON', nullable: true, resolve: ({ report }) => report.options }),
    suggestions: t.field({
      type: [SuggestionObject],
      description: 'What would change values, and is not done without being asked for.',
      nullable: true,
      resolve: ({ report }) => report.suggestions,
    }),
    warnings: t.field({ type: [Warning], resolve: ({ report }) => report.warnings }),
    alerts: t.field({
      type: [AlertObject],
      resolve: ({ report }) => report.alerts,
    }),
    json: t.field({
      type: 'JSON',
      description: 'The whole report as it is in the bucket, keys in the order of the database.',
      resolve: ({ stored }) => jsonOf(stored),
    }),
  }),
});
