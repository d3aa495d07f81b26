/**
 * Which rows of a dataset are wanted: the vocabulary that REST (`where=` as JSON), GraphQL (`where:`), the links of a
 * report and the page share. All members of one condition must hold, and all conditions of a list.
 *
 * Values are compared as the report counts them: text after unquoting and untrimmed, numbers by value, nulls and types
 * as the report of the dataset has them. So a count of the report and the rows of its condition agree.
 */
export interface RowCondition {
  /** Name of the column, as in the report. The members below down to `swallowed` need it. */
  column?: string;
  /** The value is one of these texts, exactly. */
  in?: string[];
  /** There is a value, and it is none of these texts. */
  not_in?: string[];
  /** The value contains this text; upper and lower case of A to Z are the same. */
  contains?: string;
  /** The value begins with this text, exactly: the report cuts long values. */
  starts_with?: string;
  is_null?: boolean;
  /** Whether the value is of the column's type; nulls are neither. */
  of_type?: boolean;
  /** The number is outside the report's fences, on this side. */
  outlier?: 'low' | 'high' | 'any';
  /** Bounds of the value: a number, or for dates and datetimes a text in ISO 8601. */
  gte?: number | string;
  gt?: number | string;
  lte?: number | string;
  lt?: number | string;
  /** Bounds of the length of the text in code points, both included. */
  min_length?: number;
  max_length?: number;
  /** Whether the value begins or ends with white space. */
  white_space?: boolean;
  /** The value has this character, as the report names it: `U+00A0`. */
  invisible?: string;
  /** Of a text column that `resembles` another type: whether the value is of that type, in whatever spelling. */
  resembles?: boolean;
  /** … and in this spelling, as `resembles.spellings[].like` names it. */
  like?: string;
  /** The value runs over lines that look like rows: a quote may have been opened by mistake. */
  swallowed?: boolean;
  /** The row equals an earlier one. */
  duplicate?: boolean;
  /** The row equals the row of this number, which is one of them. */
  duplicate_of?: number;
  /** The row has another number of fields than the header. */
  bad?: boolean;
}

/** The address of rows, relative to `/datasets/{id}/`. */
export const rowsAddress = (where: RowCondition | RowCondition[]): string =>
  `rows?where=${encodeURIComponent(JSON.stringify(where))}`;

/** Most rows that a request names one by one. */
export const MAX_NAMED_ROWS = 1_000;

/** Row numbers as far as a pattern can check them: numbers from 1 and ranges of them, with spaces around. */
export const ROW_NUMBERS = /^ *[1-9]\d{0,14}(-[1-9]\d{0,14})? *(, *[1-9]\d{0,14}(-[1-9]\d{0,14})? *)*$/;

/**
 * The rows that `17,204` or `10-40` names, rising, at most MAX_NAMED_ROWS.
 * @param last rows beyond it are left out
 * @returns why not, as a sentence
 */
export function namedRows(text: string, last = Number.POSITIVE_INFINITY): number[] | string {
  const rows = new Set<number>(); // at most MAX_NAMED_ROWS
  const ranges = text.split(',').map((part) => part.split('-').map(Number));
  if (!ROW_NUMBERS.test(text) || ranges.some(([from, to = from]) => to! < from!))
    return '"rows" takes row numbers from 1 and ascending ranges: rows=17,204 (two rows) or rows=10-40.';
  for (const [from, to = from] of ranges)
    for (let row = from!; row <= Math.min(to!, last); row++) {
      rows.add(row);
      if (rows.size > MAX_NAMED_ROWS) return 'At most 1,000 rows can be asked for at once.';
    }
  return [...rows].sort((a, b) => a - b);
}
