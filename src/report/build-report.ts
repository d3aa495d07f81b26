import type { ColumnFacts, Profile, Resemblance } from '../processing/profile-types.ts';
import type { Outliers } from '../processing/statistics/outliers.ts';
import { alertsOf } from './alerts/alerts.ts';
import { columnKind } from './column-kind.ts';
import type { ReportDocument, ReportFacts, WrittenColumn } from './document.ts';
import { suggestionsOf } from './suggestions/suggestions.ts';

/** Without a prototype: `__proto__` and `constructor` are names of columns like any other. */
const dictionary = <T>(): Record<string, T> => Object.create(null);

/** The facts of a column. The order of the keys is the order in which they are written. */
function columnReport(facts: ColumnFacts, index: number): WrittenColumn {
  const { numeric, range } = facts;
  const nullTokens = dictionary<number>();
  for (const [token, times] of facts.nullTokens) nullTokens[token] = times;
  const { matching, exceptions, strings, examples } = facts.evidence;
  const { name, type, ...others } = {
    name: facts.name,
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
      ...(numeric.valueHistogram && { value_histogram: numeric.valueHistogram }),
      ...(numeric.logHistogram && { log_histogram: numeric.logHistogram }),
    }),
    ...(facts.dateHistogram && { date_histogram: facts.dateHistogram }),
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
  return { name, position: index + 1, type, kind: columnKind({ name, type, ...others }), ...others };
}

function resemblanceReport(facts: Resemblance): WrittenColumn['resembles'] {
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

function outliersReport(facts: Outliers): ReportDocument['anomalies']['outliers'][string] {
  const { count, lowerFence, upperFence, lowestInside, highestInside, below, above, examples } = facts;
  return {
    count,
    lower_fence: lowerFence,
    upper_fence: upperFence,
    lowest_inside: lowestInside,
    highest_inside: highestInside,
    ...(below && { below }),
    ...(above && { above }),
    examples,
  };
}

/** The report of a profile, its alerts and suggestions included. */
export function buildReport(profile: Profile): ReportDocument {
  const nullCounts = dictionary<number>();
  const numeric = dictionary<ReportDocument['numeric'][string]>();
  const outliers = dictionary<ReportDocument['anomalies']['outliers'][string]>();
  for (const { name, nullCount, numeric: facts } of profile.columns) {
    nullCounts[name] = nullCount;
    if (!facts) continue;
    const { min, max, mean } = facts;
    numeric[name] = { min, max, mean };
    outliers[name] = outliersReport(facts.outliers);
  }
  const report: ReportFacts = {
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
    // which facts a file has is up to its format; the tests validate the report of each against the schema
    file: profile.file as ReportDocument['file'],
    ...(profile.options && { options: profile.options }),
    warnings: profile.warnings,
  };
  const suggestions = suggestionsOf(report, profile.glimpse);
  return { ...report, alerts: alertsOf(report), ...(suggestions.length > 0 && { suggestions }) };
}
