import { trimAscii } from '../../processing/text/trim.ts';
import type { ColumnReport } from '../document.ts';
import { quoted } from '../formatting.ts';
import type { AddAlert } from './add-alert.ts';
import { THRESHOLDS as T } from './thresholds.ts';

/** The alert about dates that often stand for an unknown one, or lie far outside the others. */
export function dateAlerts({ type, top_values, min, max, histogram }: ColumnReport, add: AddAlert): void {
  if (type !== 'date' && type !== 'datetime') return;
  // dates such as 31.12.2025 do not begin with their year: the bar that holds them does
  const year = (date: unknown, bar: unknown) =>
    Number((/^\d{4}-/.test(String(date)) ? String(date) : String(bar)).slice(0, 4));
  const earliest = year(min, histogram?.edges[0]);
  const latest = year(max, histogram?.edges.at(-2));
  const isOneOf = (dates: readonly string[], value: string) => dates.includes(trimAscii(value).slice(0, 10));
  // a day that may be a true one, the first of a year or of a decade, has to stand out
  const [top, second] = top_values;
  const standsOut = top && top.count > 1 && top.count >= (second?.count ?? 0) * T.placeholderTimes;
  const placeholder =
    top_values.find(({ value }) => isOneOf(T.neverDates, value)) ??
    (standsOut && isOneOf(T.placeholderDates, top.value) ? top : undefined);
  if (placeholder)
    add('suspicious_dates', 'warning', `${quoted(placeholder.value)} often stands for an unknown date.`, {
      count: placeholder.count,
    });
  else if (latest > T.lastYear || (earliest < T.firstYear && latest - earliest > T.spanYears))
    add('suspicious_dates', 'warning', `The dates go from ${quoted(String(min))} to ${quoted(String(max))}.`);
}
