import { type Alert, outliersOf, type ReportFacts, type Severity } from '../document.ts';
import { columnAlerts } from './column.ts';
import { fileAlerts } from './file.ts';
import { mergeAlerts } from './merge.ts';

const ORDER: Severity[] = ['error', 'warning', 'info'];

/**
 * What is wrong with a dataset, worst first, then the file's before the columns', these in their order. A pure function
 * of the rest of the report, called once, when the report is built. table.ts lists all alerts, thresholds.ts their
 * limits.
 */
export function alertsOf(report: ReportFacts): Alert[] {
  const ofColumns = report.columns.flatMap((column) =>
    columnAlerts(column, outliersOf(report, column.name), report.row_count),
  );
  return [...fileAlerts(report), ...mergeAlerts(ofColumns)].sort(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  ); // stable
}
