// JSON's columns are its keys, found while records are walked.
import { columnAt, prepareColumns } from '../columns/column-state.ts';
import { prepareTables } from '../columns/value-table.ts';
import { shared } from '../memory/shared.ts';

/** One more column, of JSON: its rows so far have no value. @returns its number */
export function addColumn(): u32 {
  const s = shared(),
    column = s.columnCount;
  prepareColumns(column, column + 1);
  if (s.isFilter === 0) prepareTables(columnAt(column));
  s.columnCount = column + 1;
  // each column has an open chunk or two of what grows with the rows
  if (column === 512) s.chunkBytes = min(s.chunkBytes, 8192);
  if (column === 2048) s.chunkBytes = min(s.chunkBytes, 4096);
  return column;
}
