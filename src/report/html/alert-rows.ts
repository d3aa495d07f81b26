import type { RowCondition } from '../../processing/row-conditions.ts';
import type { AlertCode } from '../alerts/table.ts';
import type { ColumnReport } from '../document.ts';

type Rows = (column: ColumnReport) => Omit<RowCondition, 'column'> | undefined;

const resembling: Rows = ({ resembles }) => resembles && { resembles: true };
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
  numbers_as_text: resembling,
  date_formats: resembling,
  dates_as_text: resembling,
};

/** The rows that an alert is about; `undefined` where there are none in particular, or the report cannot tell them. */
export function alertRows(code: AlertCode, column: ColumnReport | undefined): RowCondition | undefined {
  if (code === 'duplicates') return { duplicate: true };
  if (code === 'bad_rows') return { bad: true };
  const condition = column && ROWS[code]?.(column);
  return condition && { column: column.name, ...condition };
}
