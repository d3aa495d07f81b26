import { countOf, plural } from '../../report/formatting.ts';
import type { Area } from './grid-keys.ts';
import type { Column } from './report.ts';
import type { RowSource } from './row-source.ts';

/** Most rows that are copied at once: what is kept in memory, and what a clipboard is for. */
const MAX_ROWS = 5_000;

/** A value in tab-separated text as spreadsheets read it: in quotes where it has a tab, a line end or a quote. */
const field = (value: string | null): string =>
  value === null ? '' : /[\t\n\r"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/**
 * The cells of an area as tab-separated text, nulls as empty fields; one cell alone as it is.
 * @param columns that are shown
 * @returns `said`: what was copied, and what could not be
 */
export function copied(source: RowSource, columns: Column[], area: Area): { text: string; said: string } {
  const shown = columns.slice(area.left, area.right + 1);
  const bottom = Math.min(area.bottom, area.top + MAX_ROWS - 1);
  const lines: string[] = [];
  let cut = 0;
  for (let index = area.top; index <= bottom; index++) {
    const row = source.at(index);
    if (!row) continue;
    const values = shown.map(({ position }) => row.values[position - 1] ?? null);
    cut += shown.filter(({ position }) => row.cut?.has(position - 1)).length;
    lines.push(values.map(values.length === 1 && area.top === area.bottom ? (value) => value ?? '' : field).join('\t'));
  }
  const cells = lines.length * shown.length;
  const left = area.bottom - area.top + 1 - lines.length;
  const said = [
    `Copied ${countOf(cells, 'cell')}.`,
    left > 0 &&
      `${countOf(left, 'row')} of the selection ${plural(left, 'is', 'are')} not loaded: download the rows as CSV.`,
    cut > 0 && 'Values longer than 10,000 characters were cut: open the row to copy all of it.',
  ];
  return { text: lines.join('\n'), said: said.filter(Boolean).join(' ') };
}
