import type { ColumnFacts, Profile, Resemblance, Value, Warning } from '../processing/profile-types.ts';
import { alertsOf } from './alerts/alerts.ts';
import type { Alert, ColumnReport } from './document.ts';

/** The report as the contract has it; report-schema.ts is its JSON Schema. A bigint is written with all its digits. */
export interface Report {
  schema_version: 1;
  row_count: number;
  null_counts: Record<string, number>;
  numeric: Record<string, { min: Value; max: Value; mean: number }>;
  anomalies: {
    duplicates: { count: number; examples: { row: number; first_row: number }[] };
    outliers: Record<
      string,
      { count: number; lower_fence: number; upper_fence: number; examples: { row: number; value: Value }[] }
    >;
  };
  columns: ColumnReport[];
  bad_rows: Profile['badRows'];
  file: Record<string, string | number | boolean | null>;
  warnings: Warning[];
  /** What is wrong with the data, worst first (alerts.ts). */
  alerts: Alert[];
}

/** Without a prototype: `__proto__` and `constructor` are names of columns like any other. */
const dictionary = <T>(): Record<string, T> => Object.create(null);

/** The facts of a column, in the contract's order of keys. */
function columnReport(facts: ColumnFacts, index: number): ColumnReport {
  const { numeric, range } = facts;
  const nullTokens = dictionary<number>();
  for (const [token, times] of facts.nullTokens) nullTokens[token] = times;
  const { matching, exceptions, strings, examples } = facts.evidence;
  return {
    name: facts.name,
    position: index + 1,
    type: facts.type,
    count: facts.count,
    null_count: facts.nullCount,
    null_tokens: nullTokens,
    evidence: { matching, exceptions, ...(strings === undefined ? {} : { strings }), examples },
    distinct: facts.distinct,
    top_values: facts.topValues,
    ...range,
    ...(numeric && {
      min: numeric.min,
      max: numeric.max,
      mean: numeric.mean,
      std: numeric.std,
      quartiles: numeric.quartiles,
      zeros: numeric.zeros,
      negatives: numeric.negatives,
      histogram: numeric.histogram,
    }),
    ...(facts.length && { length: facts.length }),
    ...(facts.resembles && { resembles: resemblanceReport(facts.resembles) }),
    ...(facts.longest && { longest: facts.longest }),
    ...(facts.pointGroups !== undefined && { point_groups: facts.pointGroups }),
    ...(facts.whiteSpace && { white_space: facts.whiteSpace }),
    ...(facts.invisible && {
      invisible: facts.invisible.map(({ codePoint, count, row, value }) => ({
        code_point: codePoint,
        count,
        row,
        value,
      })),
    }),
    ...(facts.swallowed && { swallowed: facts.swallowed }),
  };
}

function resemblanceReport(facts: Resemblance): ColumnReport['resembles'] {
  const { type, matching, exceptions, spellings, first, codes, firstCode, examples } = facts;
  return {
    type,
    matching,
    exceptions,
    spellings,
    ...(first && { first }),
    ...(codes > 0 && { codes }),
    ...(firstCode && { first_code: firstCode }),
    examples,
  };
}

export function buildReport(profile: Profile): Report {
  const nullCounts = dictionary<number>();
  const numeric = dictionary<Report['numeric'][string]>();
  const outliers = dictionary<Report['anomalies']['outliers'][string]>();
  for (const { name, nullCount, numeric: facts } of profile.columns) {
    nullCounts[name] = nullCount;
    if (!facts) continue;
    const { min, max, mean } = facts;
    const { count, lowerFence, upperFence, examples } = facts.outliers;
    numeric[name] = { min, max, mean };
    outliers[name] = { count, lower_fence: lowerFence, upper_fence: upperFence, examples };
  }
  const { file } = profile;
  const report: Omit<Report, 'alerts'> = {
    schema_version: 1,
    row_count: profile.rowCount,
    null_counts: nullCounts,
    numeric,
    anomalies: {
      duplicates: {
        count: profile.duplicates.count,
        examples: profile.duplicates.examples.map(({ row, firstRow }) => ({ row, first_row: firstRow })),
      },
      outliers,
    },
    columns: profile.columns.map(columnReport),
    bad_rows: profile.badRows,
    file:
      file.format === 'csv'
        ? {
            format: file.format,
            encoding: file.encoding,
            bom: file.bom,
            delimiter: file.delimiter,
            quote: file.quote,
            line_ending: file.lineEnding,
            bytes: file.bytes,
          }
        : { format: file.format, encoding: file.encoding, bom: file.bom, bytes: file.bytes },
    warnings: profile.warnings,
  };
  return { ...report, alerts: alertsOf(report) };
}

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

const replaced = (_key: string, value: unknown) => (typeof value === 'bigint' ? rawJSON(value.toString()) : value);

/** The text of report.json: the same report gives the same bytes. */
export function reportText(report: Report): string {
  // to ask for every value costs several times what writing does, and integers beyond 2^53 are rare
  return `${JSON.stringify(report, hasLargeIntegers(report) ? replaced : undefined, 2)}\n`;
}
function hasLargeIntegers({ columns, anomalies }: Report): boolean {
  const isLarge = (value: unknown) => typeof value === 'bigint';
  return (
    columns.some(({ min, max }) => isLarge(min) || isLarge(max)) ||
    Object.values(anomalies.outliers).some(({ examples }) => examples.some(({ value }) => isLarge(value)))
  );
}
