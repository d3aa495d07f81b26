import { MAX_TEXTS } from '../services/row-conditions.ts';
import type { RowCondition } from '../services/rows.ts';

type Kind = 'text' | 'texts' | 'boolean' | 'side' | 'bound' | 'length' | 'row';

/** Sides of the fences, for `outlier`. */
export const OUTLIER_SIDES = ['low', 'high', 'any'] as const;

/** The members of a condition on rows, for both doors: what each takes, and what it means. */
export const CONDITION_MEMBERS: Readonly<Record<keyof RowCondition, { kind: Kind; description: string }>> = {
  column: {
    kind: 'text',
    description: 'Name of the column, as in the report. What is asked of a value needs it.',
  },
  in: {
    kind: 'texts',
    description:
      'The value is one of these texts, exactly, white space and case included; ' +
      `1 to ${MAX_TEXTS.toLocaleString('en')} of them.`,
  },
  not_in: {
    kind: 'texts',
    description: `The value is not null and none of these texts; 1 to ${MAX_TEXTS.toLocaleString('en')} of them.`,
  },
  contains: { kind: 'text', description: 'The value contains this text; A to Z and a to z are the same.' },
  starts_with: { kind: 'text', description: 'The value begins with this text, exactly.' },
  is_null: { kind: 'boolean', description: 'Whether the value is null, as the report counts nulls.' },
  of_type: { kind: 'boolean', description: "Whether the value is of the column's type. Nulls are neither." },
  outlier: {
    kind: 'side',
    description: "The number lies below (low), above (high) or outside (any) the report's fences.",
  },
  gte: { kind: 'bound', description: 'The value is at least this number, date or datetime (ISO 8601).' },
  gt: { kind: 'bound', description: 'The value is greater than this number, date or datetime (ISO 8601).' },
  lte: { kind: 'bound', description: 'The value is at most this number, date or datetime (ISO 8601).' },
  lt: { kind: 'bound', description: 'The value is less than this number, date or datetime (ISO 8601).' },
  min_length: { kind: 'length', description: 'The text has at least so many code points.' },
  max_length: { kind: 'length', description: 'The text has at most so many code points.' },
  white_space: { kind: 'boolean', description: 'Whether the value begins or ends with white space.' },
  invisible: {
    kind: 'text',
    description: 'The value has this character, which does not show; as the report names it: U+00A0.',
  },
  resembles: {
    kind: 'boolean',
    description:
      'Of a text column that resembles another type in the report: whether the value is of that type, in whatever ' +
      'spelling.',
  },
  like: {
    kind: 'text',
    description:
      'Of a text column that resembles another type: the value is in this spelling, as `resembles.spellings` of the ' +
      'report names it.',
  },
  swallowed: {
    kind: 'boolean',
    description: 'Whether the value runs over lines that look like rows: a quote may have been opened by mistake.',
  },
  duplicate: { kind: 'boolean', description: 'Whether the row equals an earlier one.' },
  duplicate_of: { kind: 'row', description: 'The row equals the row of this number, from 1, or is that row.' },
  bad: {
    kind: 'boolean',
    description: 'Whether the row has another number of fields than the header, surplus empty ones not counted.',
  },
};
