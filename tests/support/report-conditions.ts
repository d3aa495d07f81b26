import type { RowCondition } from '../../src/processing/row-conditions.ts';
import type { ColumnReport, ReportDocument } from '../../src/report/document.ts';

/** A condition, and how many rows the report says there are; `atLeast` where the report counts some of them alone. */
export interface Counted {
  where: RowCondition;
  count: number;
  atLeast?: boolean;
}

/** What each count of a report is a count of. */
export function countedConditions(report: ReportDocument): Counted[] {
  const { duplicates, outliers } = report.anomalies;
  return [
    { where: { bad: true }, count: report.bad_rows.count },
    { where: { bad: false }, count: report.row_count - report.bad_rows.count },
    { where: { duplicate: true }, count: duplicates.count },
    { where: { duplicate: false }, count: report.row_count - duplicates.count },
    ...report.columns.flatMap((column) => [
      ...ofColumn(column),
      ...(Object.hasOwn(outliers, column.name)
        ? [{ where: { column: column.name, outlier: 'any' as const }, count: outliers[column.name]!.count }]
        : []),
    ]),
  ];
}

function ofColumn(facts: ColumnReport): Counted[] {
  const { name: column, evidence, count, null_count, length, resembles, white_space, swallowed } = facts;
  const isTime = facts.type === 'date' || facts.type === 'datetime';
  return [
    { where: { column, is_null: true }, count: null_count },
    { where: { column, is_null: false }, count },
    { where: { column, of_type: true }, count: evidence.matching },
    { where: { column, of_type: false }, count: evidence.exceptions },
    { where: { column, white_space: true }, count: white_space?.count ?? 0 },
    { where: { column, white_space: false }, count: count - (white_space?.count ?? 0) },
    { where: { column, swallowed: true }, count: swallowed?.count ?? 0 },
    { where: { column, contains: '' }, count },
    ...(facts.invisible ?? []).map((found) => ({
      where: { column, invisible: found.code_point },
      count: found.count,
    })),
    ...facts.top_values
      .filter(({ value }) => !value.endsWith('…'))
      .flatMap(({ value, count: times }) => {
        const isExact = !value.includes('\ufffd'); // several values may be shown alike
        return [
          { where: { column, in: [value] }, count: times, atLeast: !isExact },
          ...(isExact ? [{ where: { column, not_in: [value] }, count: count - times }] : []),
          { where: { column, starts_with: value }, count: times, atLeast: true },
          { where: { column, contains: value }, count: times, atLeast: true },
        ];
      }),
    ...(length
      ? [
          { where: { column, max_length: length.max }, count },
          { where: { column, min_length: length.min }, count },
          { where: { column, min_length: length.max + 1 }, count: 0 },
          { where: { column, min_length: length.max }, count: 1, atLeast: true },
          { where: { column, min_length: length.min, max_length: length.min }, count: 1, atLeast: true },
        ]
      : []),
    ...(resembles
      ? [
          { where: { column, resembles: true }, count: resembles.matching },
          { where: { column, resembles: false }, count: resembles.exceptions },
          ...resembles.spellings.map(({ like, count: times }) => ({ where: { column, like }, count: times })),
        ]
      : []),
    ...(facts.zeros === undefined ? [] : [{ where: { column, gte: 0, lte: 0 }, count: facts.zeros }]),
    ...(facts.negatives === undefined ? [] : [{ where: { column, lt: 0 }, count: facts.negatives }]),
    ...(isTime
      ? [{ where: { column, gte: String(facts.min), lte: String(facts.max) }, count: evidence.matching }]
      : []),
    ...binsOf(facts),
  ];
}
function binsOf({ name: column, histogram }: ColumnReport): Counted[] {
  if (!histogram) return [];
  const { edges, counts } = histogram;
  if (new Set(edges).size < edges.length) return []; // bins without width, of which no bounds tell one from another
  return counts.map((count, i) => {
    const [gte, end] = [edges[i]!, edges[i + 1]!];
    return { where: i === counts.length - 1 ? { column, gte, lte: end } : { column, gte, lt: end }, count };
  });
}
