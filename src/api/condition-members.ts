import { whole } from '../report/formatting.ts';
import { MAX_TEXTS } from '../services/row-conditions.ts';
import type { RowCondition } from '../services/rows.ts';

/** What each member of a condition on rows means, for both doors. `CONDITION_KINDS` has what each takes. */
export const CONDITION_MEMBERS: Readonly<Record<keyof RowCondition, string>> = {
  column: 'Name of the column, as in the report. What is asked of a value needs it.',
  in: `The value is one of these texts, exactly, white space and case included; 1 to ${whole(MAX_TEXTS)} of them.`,
  not_in: `The value is not null and none of these texts; 1 to ${whole(MAX_TEXTS)} of them.`,
  contains: 'The value contains this text; A to Z and a to z are the same.',
  starts_with: 'The value begins with this text, exactly.',
  is_null: 'Whether the value is null, as the report counts nulls.',
  of_type: "Whether the value is of the column's type. Nulls are neither.",
  outlier: "The number lies below (low), above (high) or outside (any) the report's fences.",
  gte: 'The value is at least this number, date or datetime (ISO 8601).',
  gt: 'The value is greater than this number, date or datetime (ISO 8601).',
  lte: 'The value is at most this number, date or datetime (ISO 8601).',
  lt: 'The value is less than this number, date or datetime (ISO 8601).',
  min_length: 'The text has at least so many code points.',
  max_length: 'The text has at most so many code points.',
  white_space: 'Whether the value begins or ends with white space.',
  invisible: 'The value has this character, which does not show; as the report names it: U+00A0.',
  resembles:
    'Of a text column that resembles another type in the report: whether the value is of that type, in whatever ' +
    'spelling.',
  like:
    'Of a text column that resembles another type: the value is in this spelling, as `resembles.spellings` of the ' +
    'report names it.',
  swallowed: 'Whether the value runs over lines that look like rows: a quote may have been opened by mistake.',
  duplicate: 'Whether the row equals an earlier one.',
  duplicate_of: 'The row equals the row of this number, from 1, or is that row.',
  bad: 'Whether the row has another number of fields than the header, surplus empty ones not counted.',
};
