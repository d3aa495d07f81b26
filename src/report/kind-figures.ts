import type { Value } from '../processing/profile-types.ts';
import type { ColumnKind } from './column-kinds.ts';
import { allDigits, figure, plainFigure } from './formatting.ts';

// What the kind of a column says about its figures: which of them mean something, and how its numbers are written.

type Figure = 'median' | 'mean' | 'outliers';

const NONE: readonly Figure[] = ['median', 'mean', 'outliers'];
const MEANINGLESS: Partial<Record<ColumnKind, readonly Figure[]>> = {
  id: NONE,
  code: NONE,
  category: NONE,
  flag: NONE,
  year: ['mean', 'outliers'],
};

/** Whether a figure would be read as a fact of a column: the mean of ids is none. report.json has all of them. */
export const isMeaningful = (kind: ColumnKind, figure: string): boolean =>
  !MEANINGLESS[kind]?.some((each) => each === figure);

/** Kinds whose numbers name something, or a time, and measure nothing. */
const NAMING: ReadonlySet<ColumnKind> = new Set(['id', 'code', 'year', 'date']);

/**
 * A number of a column for people: of ids, codes, years and times as it is written, without thousands separators; of
 * all others a `figure`.
 * @param value of the data, or computed: a mean of years is rounded like any figure, but has no separators
 */
export function figureOfKind(value: Value | string, kind: ColumnKind): string {
  if (!NAMING.has(kind) || typeof value === 'string') return figure(value);
  return typeof value === 'bigint' || Number.isInteger(value) ? allDigits(value) : plainFigure(value);
}
