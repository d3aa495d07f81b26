import { alertsOf } from './alerts/alerts.ts';
import { columnKind } from './column-kind.ts';
import type { ColumnReport, ReportDocument, ReportFacts } from './document.ts';

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** A value for JSON.stringify: a bigint is written with all its digits. */
const exact = (value: unknown): unknown => (typeof value === 'bigint' ? rawJSON(value.toString()) : value);

/** The text of report.json: the same report gives the same bytes. */
export function reportText(report: ReportDocument): string {
  const exactMember = (_key: string, value: unknown) => exact(value);
  // asking for every value costs several times what writing does, and integers beyond 2^53 are rare
  return `${JSON.stringify(report, hasLargeIntegers(report) ? exactMember : undefined, 2)}\n`;
}

function hasLargeIntegers({ columns, anomalies }: ReportDocument): boolean {
  const isLarge = (value: unknown) => typeof value === 'bigint';
  return (
    columns.some(({ min, max }) => isLarge(min) || isLarge(max)) ||
    Object.values(anomalies.outliers).some(
      ({ lowest_inside, highest_inside, examples }) =>
        isLarge(lowest_inside) || isLarge(highest_inside) || examples.some(({ value }) => isLarge(value)),
    )
  );
}

/** A report, or a part of one, as a value that JSON.stringify writes with all digits, without a replacer. */
export function jsonOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value !== 'object' || value === null) return exact(value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonOf(member)]));
}

/**
 * A report as it is stored: `columns` and `alerts` are missing in those of the first versions, the `kind` of columns in
 * later ones too.
 */
export type StoredReport = Omit<ReportDocument, 'columns' | 'alerts'> & {
  columns?: StoredColumn[];
  alerts?: ReportDocument['alerts'];
};
type StoredColumn = Omit<ColumnReport, 'kind'> & Partial<Pick<ColumnReport, 'kind'>>;

/** Parses a stored report. Integers beyond 2^53 keep all their digits; `__proto__` is a name like any other. */
export function parseReport(text: string): StoredReport {
  // values of the file keep their digits; quartiles, fences and edges are doubles however they are written
  const revive = (key: string, value: unknown, context?: { source?: string }) =>
    /^(min|max|value|lowest_inside|highest_inside)$/.test(key) &&
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    /^-?\d+$/.test(context?.source ?? '')
      ? BigInt(context!.source!)
      : value;
  return JSON.parse(text, revive as never) as StoredReport;
}

/** The report of a stored one: what earlier versions did not store is added. The only place that knows of them. */
export function completeReport(stored: StoredReport): ReportDocument {
  const report: ReportFacts = { ...stored, columns: (stored.columns ?? fewFacts(stored)).map(withKind) };
  return { ...report, alerts: stored.alerts ?? alertsOf(report) };
}

function withKind({ name, position, type, kind, ...facts }: StoredColumn): ColumnReport {
  return { name, position, type, kind: kind ?? columnKind({ name, type, ...facts }), ...facts };
}

/** Reads the text of report.json. */
export const readReport = (text: string): ReportDocument => completeReport(parseReport(text));

/** What a report without `columns` has about them elsewhere. */
function fewFacts({ row_count, null_counts, numeric }: StoredReport): StoredColumn[] {
  return Object.entries(null_counts).map(([name, nulls], i) => ({
    name,
    position: i + 1,
    type: Object.hasOwn(numeric, name) ? 'number' : 'other',
    count: row_count - nulls,
    null_count: nulls,
    null_tokens: {},
    evidence: { matching: row_count - nulls, exceptions: 0, examples: [] },
    top_values: [],
    ...(Object.hasOwn(numeric, name) ? numeric[name] : {}),
  }));
}
