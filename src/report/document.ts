import type { TypeOf } from './json-schema.ts';
import type { reportSchema } from './report-schema.ts';

// The types of a report, made from its JSON Schema, which describes every member. A bigint is an integer beyond 2^53.

type WrittenReport = TypeOf<typeof reportSchema>;
export type WrittenColumn = WrittenReport['columns'][number];

/**
 * The facts of one column. In a report that was stored before reports had `columns`, a type is only known to be
 * `number` or `other`, and the different values were not counted (report-text.ts).
 */
export type ColumnReport = Omit<WrittenColumn, 'type' | 'distinct'> & {
  type: WrittenColumn['type'] | 'number' | 'other';
  distinct?: WrittenColumn['distinct'];
};

/** A report, as it is built (build-report.ts) and as it is read back (report-text.ts). */
export type ReportDocument = Omit<WrittenReport, 'columns'> & { columns: ColumnReport[] };

/** A report without its alerts and suggestions, which follow from the rest (alerts/alerts.ts). */
export type ReportFacts = Omit<ReportDocument, 'alerts' | 'suggestions'>;

export type Alert = ReportDocument['alerts'][number];
export type Severity = Alert['severity'];
/** The outliers of one column, with its fences. */
export type Outliers = ReportDocument['anomalies']['outliers'][string];

/** Whether the report has the facts of a column, not only its nulls and range. */
export const hasFacts = (column: ColumnReport): column is WrittenColumn => column.distinct !== undefined;

/** The outliers of a column; `undefined` for columns that are not of numbers. */
export function outliersOf({ anomalies }: ReportFacts, column: string): Outliers | undefined {
  // `constructor` is a name of a column like any other
  return Object.hasOwn(anomalies.outliers, column) ? anomalies.outliers[column] : undefined;
}

/** The alerts about columns by the column's name, those that several share in each; of the whole file left out. */
export function alertsByColumn({ alerts }: Pick<ReportDocument, 'alerts'>): Map<string, Alert[]> {
  const byColumn = new Map<string, Alert[]>(); // at most one entry per column
  for (const alert of alerts.flatMap(singleAlerts)) {
    const list = byColumn.get(alert.column);
    if (list) list.push(alert);
    else byColumn.set(alert.column, [alert]);
  }
  return byColumn;
}

/** The alerts about single columns that an alert stands for: itself, one of each of its columns, or none. */
function singleAlerts({ column, columns, ...alert }: Alert): (Alert & { column: string })[] {
  if (columns) return columns.map((each) => ({ ...alert, ...each }));
  return column === undefined ? [] : [{ ...alert, column }];
}

/** How many alerts of each severity there are. */
export function countAlerts({ alerts }: Pick<ReportDocument, 'alerts'>): {
  errors: number;
  warnings: number;
  infos: number;
} {
  const ofSeverity = (wanted: Severity) => alerts.filter(({ severity }) => severity === wanted).length;
  return { errors: ofSeverity('error'), warnings: ofSeverity('warning'), infos: ofSeverity('info') };
}
