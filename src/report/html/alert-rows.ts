import type { RowCondition } from '../../processing/row-conditions.ts';
import type { AlertCode } from '../alerts/table.ts';
import type { ColumnReport, Outliers } from '../document.ts';
import { whole } from '../formatting.ts';
import { isCut } from './rows-link.ts';

/** Rows that an alert leads to, and what the link says. */
export interface AlertRows {
  where: RowCondition;
  label: string;
}

type Condition = Omit<RowCondition, 'column'>;
type Rows = (column: ColumnReport, outliers: Outliers | undefined) => Condition | undefined;

/** From this share of the values on, a link would lead to nearly the whole file. */
const NEARLY_ALL = 0.9;
const SHOW = 'Show rows';
const OTHERS = 'Show the others';
/** Spellings that have a link each. */
const MOST_SPELLINGS = 3;

/** Which rows an alert about a column is about; those about all rows, or none in particular, have none. */
const ROWS: Partial<Record<AlertCode, Rows>> = {
  many_nulls: () => ({ is_null: true }),
  mixed_types: ({ type, resembles }) =>
    type !== 'text' ? { of_type: false } : resembles && { resembles: resembles.matching <= resembles.exceptions },
  whitespace: () => ({ white_space: true }),
  // of several characters the most frequent
  invisible_characters: ({ invisible }) => invisible?.[0] && { invisible: invisible[0].code_point },
  swallowed_rows: () => ({ swallowed: true }),
  outliers: () => ({ outlier: 'any' }),
  many_zeros: () => ({ gte: 0, lte: 0 }),
  truncated: ({ length }) => length && { min_length: length.max },
  almost_constant: ({ top_values: [top] }) => (top && !isCut(top.value) ? { not_in: [top.value] } : undefined),
  skewed: ({ mean = 0, quartiles }, outliers) => {
    const side = mean < (quartiles?.median ?? 0) ? 'below' : 'above';
    return outliers?.[side] && { outlier: side === 'below' ? 'low' : 'high' };
  },
};

/** Of numbers and dates in other spellings: these where they are few, otherwise the values that are neither. */
function spelledRows(code: AlertCode, { name, count, resembles }: ColumnReport): AlertRows[] {
  if (!resembles) return [];
  const { matching, exceptions, spellings } = resembles;
  const standard = matching - spellings.reduce((sum, { count }) => sum + count, 0);
  const usual = Math.max(standard, ...spellings.map(({ count }) => count));
  const rarer = code === 'date_formats' ? spellings.filter((each) => each.count < usual) : spellings;
  const covered = rarer.reduce((sum, each) => sum + each.count, 0) / count;
  if (code !== 'dates_as_text' && covered < NEARLY_ALL && rarer.length > 0)
    return rarer.slice(0, MOST_SPELLINGS).map(({ like, count: times }) => ({
      where: { column: name, like },
      label: `${code === 'date_formats' ? 'like' : 'with'} ${like} (${whole(times)})`,
    }));
  return exceptions > 0 ? [{ where: { column: name, resembles: false }, label: OTHERS }] : [];
}

const SPELLED: ReadonlySet<AlertCode> = new Set(['numbers_as_text', 'date_formats', 'dates_as_text']);

/** The rows that an alert is about; none where there are none in particular, or the report cannot tell them. */
export function alertRows(
  code: AlertCode,
  column: ColumnReport | undefined,
  outliers: Outliers | undefined,
): AlertRows[] {
  if (code === 'duplicates') return [{ where: { duplicate: true }, label: SHOW }];
  if (code === 'bad_rows') return [{ where: { bad: true }, label: SHOW }];
  if (!column) return [];
  if (SPELLED.has(code)) return spelledRows(code, column);
  const condition = ROWS[code]?.(column, outliers);
  const label = code === 'almost_constant' ? OTHERS : SHOW;
  return condition ? [{ where: { column: column.name, ...condition }, label }] : [];
}
