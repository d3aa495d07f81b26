import type { Preview } from '../../services/preview.ts';
import { shownRow } from '../../services/rows.ts';

/** The body `Preview`. */
export const previewBody = ({ columns, rows, rowsRead, file, warnings, options, suggestions }: Preview) => ({
  columns,
  rows: rows.map(shownRow),
  rows_read: rowsRead,
  file,
  ...(options && { options }),
  warnings,
  suggestions,
});
