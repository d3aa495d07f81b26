import { alertsByColumn, type ColumnReport, type Outliers, outliersOf, type ReportDocument } from './document.ts';
import { allDigits } from './formatting.ts';

type Cell = string | number | bigint | boolean | null | undefined;

/** What a row has from the column itself, its outliers, and the codes of its alerts, by the names of the header. */
const CELLS: [name: string, cell: (column: ColumnReport, outliers: Outliers | undefined, codes: string) => Cell][] = [
  ['position', ({ position }) => position],
  ['name', ({ name }) => name],
  ['type', ({ type }) => type],
  ['kind', ({ kind }) => kind],
  ['count', ({ count }) => count],
  ['null_count', ({ null_count }) => null_count],
  ['matching', ({ evidence }) => evidence.matching],
  ['exceptions', ({ evidence }) => evidence.exceptions],
  ['distinct', ({ distinct }) => distinct?.count],
  ['distinct_exact', ({ distinct }) => distinct?.exact],
  ['min', ({ min }) => min],
  ['max', ({ max }) => max],
  ['mean', ({ mean }) => mean],
  ['std', ({ std }) => std],
  ['q1', ({ quartiles }) => quartiles?.q1],
  ['median', ({ quartiles }) => quartiles?.median],
  ['q3', ({ quartiles }) => quartiles?.q3],
  ['zeros', ({ zeros }) => zeros],
  ['negatives', ({ negatives }) => negatives],
  ['length_min', ({ length }) => length?.min],
  ['length_max', ({ length }) => length?.max],
  ['length_mean', ({ length }) => length?.mean],
  ['outliers', (_column, outliers) => outliers?.count],
  ['lower_fence', (_column, outliers) => outliers?.lower_fence],
  ['upper_fence', (_column, outliers) => outliers?.upper_fence],
  ['top_value', ({ top_values }) => top_values[0]?.value],
  ['top_count', ({ top_values }) => top_values[0]?.count],
  ['alerts', (_column, _outliers, codes) => codes],
];

/** The report as a table: the header, then a row per column. What a column lacks is empty; `alerts` are codes. */
export function* reportRows(report: ReportDocument): Generator<string[]> {
  yield CELLS.map(([name]) => name);
  const alerts = alertsByColumn(report);
  for (const column of report.columns) {
    const outliers = outliersOf(report, column.name);
    const codes = (alerts.get(column.name) ?? []).map(({ code }) => code).join(' ');
    yield CELLS.map(([, cell]) => text(cell(column, outliers, codes)));
  }
}

const text = (cell: Cell): string => (typeof cell === 'number' ? allDigits(cell) : String(cell ?? ''));
