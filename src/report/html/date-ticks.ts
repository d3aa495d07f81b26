import type { ColumnReport } from '../document.ts';
import { roundNumbers, type Tick } from './scale.ts';

type DateUnit = NonNullable<ColumnReport['date_histogram']>['unit'];

/** Years whose beginnings are close to each other: then months, days or hours have labels of their own. */
const MOST_MONTHS = 24;

/**
 * Marks at round times: years where bars are years, or many months; otherwise every so many bars, as ISO 8601 has them
 * without what all of them share.
 */
export function dateTicks(unit: DateUnit, edges: string[], most: number): Tick[] {
  const bars = edges.length - 1;
  const at = (i: number) => i / bars;
  const byYear = unit === 'year' || unit === 'decade' || unit === 'century';
  if (byYear || (unit === 'month' && bars > MOST_MONTHS)) {
    const years = edges.flatMap((edge, i) =>
      byYear || edge.endsWith('-01') ? [{ year: Number.parseInt(edge, 10), i }] : [],
    );
    const round = new Set(roundNumbers(years[0]!.year, years.at(-1)!.year, most, 1));
    const marks = years.filter(({ year }) => round.has(year));
    return marks.map(({ year, i }) => ({ at: at(i), label: String(year) }));
  }
  const isTime = unit !== 'month' && unit !== 'day';
  const oneDay = isTime && edges[0]!.slice(0, 10) === edges.at(-2)!.slice(0, 10);
  const label = (edge: string) => (oneDay ? edge.slice(11) : edge.slice(0, isTime ? 13 : 10).replace('T', ' '));
  const widest = label(edges[0]!).length;
  const step = Math.ceil(bars / Math.max(2, Math.min(most, Math.floor(44 / widest))));
  return edges.slice(0, bars).flatMap((edge, i) => (i % step === 0 ? [{ at: at(i + 0.5), label: label(edge) }] : []));
}
