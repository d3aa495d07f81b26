import * as limits from '../../limits.ts';

/** The rows from which the table's width is told: as many as the CSV reading finds its header on. */
export const HEAD_ROWS: number = limits.HEAD_ROWS;
export const HEAD_TEXT_BYTES: number = limits.HEAD_BYTES;

/** A row with a value, as its text is held. */
export interface HeadRow {
  /** Of the sheet. */
  row: number;
  /** Where its text ends. */
  end: number;
  /** Columns up to its last value, and how many of them have one. */
  width: number;
  cells: number;
  /** Line ends within its fields. */
  lineEnds: number;
}

/**
 * Where the table begins, and its width. Cells that are empty at the end of a row are nothing in a sheet, so the rows
 * of a column that is often empty have different widths: all are filled up to the width of the header, the first row
 * that is mostly filled and at least as wide as most rows. Titles above it stay as they are, and so do wider rows.
 */
export function tableTop(rows: readonly HeadRow[]): { index: number; width: number } {
  const counts = new Map<number, number>(); // at most HEAD_ROWS
  for (const { width } of rows) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  let [usual, most] = [1, 0];
  for (const [width, count] of counts)
    if (count > most || (count === most && width > usual)) [usual, most] = [width, count];
  const index = rows.findIndex(({ width, cells }) => width >= usual && cells * 2 > width);
  return index < 0 ? { index: 0, width: usual } : { index, width: rows[index]!.width };
}
