// What the host asks of a column's dates by calendar unit (columns/date-counts.ts), after the last row.
import { DATE_UNIT } from '../border/layout.ts';
import { columnAt } from '../columns/column-state.ts';
import { coarsen } from '../columns/date-counts.ts';

/**
 * Column i has a date, and all its values are taken: counted values by entryTotals.
 * @param finest the unit that is no finer, from 0 for minutes to 6 for centuries
 * @returns where its texts and DATE_ records are
 */
export function datesFrom(i: u32, finest: u32): usize {
  const times = columnAt(i).times;
  while (load<u32>(times, DATE_UNIT) < finest) coarsen(times);
  return times;
}
