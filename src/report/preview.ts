import type { Beginning } from '../processing/preview.ts';
import { buildReport } from './build-report.ts';
import type { ReportDocument } from './document.ts';

/** The first rows of a file as they would be read, and what a report of them would say of how it is read. */
export interface Preview {
  /** The columns in their order. */
  columns: { name: string; type: ReportDocument['columns'][number]['type'] }[];
  rows: Beginning['rows'];
  /** Rows from which the types are known; the file may have more. */
  rowsRead: number;
  /** How the bytes are read: the facts of the file without its size, which is not known before its end. */
  file: Omit<ReportDocument['file'], 'bytes'>;
  warnings: ReportDocument['warnings'];
  options: ReportDocument['options'];
  suggestions: NonNullable<ReportDocument['suggestions']>;
}

/** The preview of a beginning. */
export function buildPreview({ profile, rows }: Beginning): Preview {
  const { columns, row_count: rowsRead, file, warnings, options, suggestions = [] } = buildReport(profile);
  const { bytes: _unknown, ...facts } = file;
  const named = columns.map(({ name, type }) => ({ name, type }));
  return { columns: named, rows, rowsRead, file: facts, warnings, options, suggestions };
}
