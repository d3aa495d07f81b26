import type { ColumnReport } from '../document.ts';
import { quoted, whole } from '../formatting.ts';

export interface Placed {
  row: number;
  value: unknown;
}

interface Exceptions {
  exceptions: number;
  /** The first of them. */
  examples: readonly Placed[];
}

/** So many different values are named where these are all. */
const NAMED = 3;

/** A value with its place: `"07772" (row 9)`. */
export const withRow = ({ row, value }: Placed): string => `${quoted(String(value))} (row ${whole(row)})`;

/**
 * The values of a column that do not fit, for the end of a sentence: `: "-" 22 times (first in row 17), "forty" in
 * row 77` where that is all of them, `, such as "x" in row 7` where others are not known, nothing where none is.
 */
export function namedExceptions({ exceptions, examples }: Exceptions, top: ColumnReport['top_values']): string {
  const first = new Map<string, { row: number; shown: number }>(); // at most an entry per example
  for (const { row, value } of examples) {
    const known = first.get(String(value));
    if (known) known.shown++;
    else first.set(String(value), { row, shown: 1 });
  }
  // two long values may be cut to the same text
  const uncut = top.filter(({ value }) => !String(value).endsWith('…'));
  const counts = new Map(uncut.map(({ value, count }) => [String(value), count]));
  const isComplete = examples.length === exceptions;
  const values = [...first].map(([value, { row, shown }]) => {
    // what is rarer than the least of the top values, and not the only one of its kind, has no known count
    return { value, row, count: isComplete ? shown : counts.get(value) };
  });
  if (values.length === 0) return '';
  const inWords = ({ value, row, count = 1 }: (typeof values)[number]) =>
    count === 1
      ? `${quoted(value)} in row ${whole(row)}`
      : `${quoted(value)} ${whole(count)} times (first in row ${whole(row)})`;
  const counted = values.reduce((sum, { count = 1 }) => sum + count, 0);
  // as each value occurs at least once, none is left when the counts add up
  if (counted === exceptions && values.length <= NAMED) return `: ${values.map(inWords).join(', ')}`;
  const most = values.reduce((most, each) => ((each.count ?? 1) > (most.count ?? 1) ? each : most));
  return `, such as ${inWords(most)}`;
}
