import { LENGTHS } from '../processing/kernel/border/limits.ts';
import { BINS, DATE_BARS, EXAMPLES, MAX_NAME_CODE_POINTS } from '../processing/limits.ts';
import { RESEMBLED_TYPES, type Value } from '../processing/profile-types.ts';
import { AGREEING_PERCENT, COLUMN_TYPES } from '../processing/statistics/column-type.ts';
import { DATE_UNITS } from '../processing/statistics/date-histogram.ts';
import { LEAST_RATIO, MOST_IN_ONE_BIN } from '../processing/statistics/log-histogram.ts';
import { MOST_VALUES } from '../processing/statistics/value-histogram.ts';
import { COLUMN_KINDS, type ColumnKind } from './column-kinds.ts';
import { whole } from './formatting.ts';
import { boolean, dictionary, integer, list, number, object, oneOf, optional, schemaOf, text } from './json-schema.ts';

export { AGREEING_PERCENT, COLUMN_TYPES, DATE_UNITS, RESEMBLED_TYPES };

/** A count, from 0. */
export const count = (description: string) => integer(description, 0);
/** A count that is never 0, a row or a position. */
export const fromOne = (description: string) => integer(description, 1);

const ROW = 'Row of the data, from 1; the header is not counted.';
const NAME_CUT = whole(MAX_NAME_CODE_POINTS);
const CUT = 'As it stands in the file; of more than 256 code points the first 256 and "…".';
const MISSING = 'Missing where there is nothing to report.';

/** A number of the file: an integer has all its digits, also beyond 2^53. */
export const fileNumber = (description: string) => schemaOf<Value>(description, { type: 'number' });
/** A row of the data. */
export const row = (description = ROW) => fromOne(description);

const placed = { row: row(), value: text(CUT) };
/** How many values there are of a kind, and the first of them. */
const noted = (what: string) => ({
  count: fromOne(`How many values ${what}.`),
  row: row('Row of the first of them, from 1; the header is not counted.'),
  value: text(`The first of them. ${CUT}`),
});

const evidence = object(
  `How sure the type is. A type is given when at least ${AGREEING_PERCENT} % of the values agree with it; ` +
    '`matching` and `exceptions` together are `count`.',
  {
    matching: count("Values that are of the column's type. In a text column: all."),
    exceptions: count("Values that are not of the column's type."),
    strings: optional(
      count('JSON only: how many of the matching values are strings, such as `"12.5"` in a column of numbers.'),
    ),
    examples: list(`The first ${EXAMPLES} exceptions.`, object('An exception.', placed), { maxItems: EXAMPLES }),
  },
);

const distinct = object('Different values, compared as text as they stand in the file; nulls are not counted.', {
  count: count('How many different values there are.'),
  exact: boolean('Whether `count` is exact. It is estimated where a column has more different values than are kept.'),
  method: optional(text('How an estimate was made, with its standard error. Missing where `exact` is true.')),
});

const quartiles = object(
  'Quartiles by linear interpolation between the two nearest values: type 7 of Hyndman and Fan, the default of ' +
    'numpy, pandas and R. Exact. For the types integer and decimal.',
  {
    q1: number('First quartile: a quarter of the values lie at or below it.'),
    median: number('Second quartile: half of the values lie at or below it.'),
    q3: number('Third quartile: three quarters of the values lie at or below it.'),
  },
);

/** BINS bins that touch. */
const binned = (description: string, edges: string) =>
  object(description, {
    edges: list(`The ${BINS + 1} edges of the bins, ${edges}`, number('An edge.'), {
      minItems: BINS + 1,
      maxItems: BINS + 1,
    }),
    counts: list(
      'Values in each bin. A value on an edge belongs to the bin above it; the last bin includes both its edges.',
      count('Values in the bin.'),
      { minItems: BINS, maxItems: BINS },
    ),
  });

const histogram = binned(
  `How the numbers are spread over ${BINS} bins of equal width, as \`numpy.histogram(values, bins=${BINS})\` has ` +
    'it. For the types integer and decimal.',
  'ascending from the least to the greatest value; 0.5 to both sides where all values are equal.',
);

const valueHistogram = object(
  `A bar for every value: of a column of type integer with at most ${MOST_VALUES} different values, all from ` +
    '-2^51 to 2^51. Missing otherwise.',
  {
    edges: list(
      'Half a unit to both sides of every value, ascending: of the values 1, 2 and 10 they are 0.5, 1.5, 2.5, 9.5 ' +
        'and 10.5.',
      number('An edge.'),
      { minItems: 2, maxItems: MOST_VALUES * 2 },
    ),
    counts: list(
      'Values between two edges; 0 between values that are not neighbours.',
      count('Values between the edges.'),
      { minItems: 1, maxItems: MOST_VALUES * 2 - 1 },
    ),
  },
);

const logHistogram = binned(
  `How the numbers are spread over ${BINS} bins of equal ratio: where all are above 0, the greatest is at least ` +
    `${whole(LEAST_RATIO)} times the least, and more than ${MOST_IN_ONE_BIN * 100} % of the values are in one bin of ` +
    '`histogram`. Missing otherwise.',
  'from the least to the greatest value; each is the one before it times the same ratio, rounded.',
);

const dateHistogram = object(
  'Dates and datetimes by calendar units, without a gap from the unit that holds `min` to the one that holds `max`. ' +
    'In UTC; a value without a zone counts as UTC. Exceptions are left out.',
  {
    unit: oneOf(
      `The finest unit with at most ${DATE_BARS} bars; never finer than a day where the type is date. A decade ` +
        'begins with a year that ends in 0, a century with one that ends in 00.',
      DATE_UNITS,
    ),
    edges: list(
      'The beginning of every unit, and the end of the last: ISO 8601 as far as the unit needs, `2024-05-31T13:00` ' +
        'for hours and minutes, `2024-05-31` for days, `2024-05` for months, `2024` for years, decades and ' +
        'centuries. Years outside 0000 to 9999 have a sign and six digits.',
      text('The beginning of a unit.'),
      { minItems: 2, maxItems: DATE_BARS + 1 },
    ),
    counts: list('Values in each unit.', count('Values in the unit.'), { minItems: 1, maxItems: DATE_BARS }),
  },
);

const resembles = object(
  'Of a text column of which at least 5 % of the values are numbers, dates or booleans, in whatever spelling: ' +
    `the most frequent of these kinds. ${MISSING}`,
  {
    type: oneOf('The kind.', RESEMBLED_TYPES),
    matching: count('Values of that kind, in whatever spelling.'),
    exceptions: count('Values that are not of that kind.'),
    spellings: list(
      'Spellings other than plain numbers and ISO 8601 dates, the most frequent first.',
      object('A spelling.', {
        like: text('For numbers what is special, such as `currency`; for dates an example, such as `31/05/2024`.'),
        count: fromOne('Values in this spelling.'),
      }),
    ),
    first: optional(object('The first value in one of these spellings.', placed)),
    codes: optional(fromOne('Numbers with a leading zero, such as `00123`: they are codes, not quantities.')),
    first_code: optional(object('The first number with a leading zero.', placed)),
    examples: list(`The first ${EXAMPLES} values that are not of that kind.`, object('A value.', placed), {
      maxItems: EXAMPLES,
    }),
  },
);

/** Members about how values are written. */
const spelling = {
  resembles: optional(resembles),
  longest: optional(
    object(
      'Texts of exactly the greatest length, where they are so many that they may have been cut there: from 20 to ' +
        `${whole(LENGTHS - 2)} code points, at least three different texts, more than of any of the ten lengths ` +
        `below. ${MISSING}`,
      {
        count: fromOne('Values of exactly the greatest length.'),
        next: count('Values of the most frequent of the ten lengths just below it.'),
        lengths: count('How many different lengths occur below it, from half of it on.'),
      },
    ),
  ),
  point_groups: optional(
    fromOne(
      'Decimals whose point may separate groups of digits: 1.200 beside 950 may stand for 1200. Only where no number ' +
        `of the column excludes it. ${MISSING}`,
    ),
  ),
  white_space: optional(
    object(`Values that begin or end with white space. ${MISSING}`, noted('begin or end with white space')),
  ),
  invisible: optional(
    list(
      `Characters that do not show or look like a space, the most frequent first. ${MISSING}`,
      object('A character.', {
        code_point: text('Code point of the character, such as `U+00A0`.'),
        ...noted('have this character'),
      }),
    ),
  ),
  swallowed: optional(
    object(`Values over several lines that would each be a row: a quote may have been opened by mistake. ${MISSING}`, {
      ...noted('run over such lines'),
      lines: fromOne('Lines of all these values together.'),
    }),
  ),
};

const kindsInWords = Object.entries(COLUMN_KINDS)
  .map(([kind, meaning]) => `\`${kind}\` (${meaning.charAt(0).toLowerCase()}${meaning.slice(1, -1)})`)
  .join('; ');

const NUMBERS = 'For the types integer and decimal.';
const TIMES = 'for dates and datetimes a text as it stands in the file, by instant (without a zone: UTC)';

export const columnSchema = object('A column.', {
  name: text(
    `Name of the column; of more than ${NAME_CUT} code points the first ${NAME_CUT} and "…". An empty name of a CSV ` +
      'header becomes `column_N`, a repeated one gets `_2`, `_3` and so on.',
  ),
  position: fromOne('Position of the column, from 1.'),
  type: oneOf(
    'Type of the values: `integer` (no point and no exponent), `decimal`, `boolean` (true and false in any case), ' +
      '`date` (`YYYY-MM-DD`), `datetime` (ISO 8601), `json` (nested values), `text`, or `empty` (nothing but nulls). ' +
      'Numbers with leading zeros make a column text: they are codes.',
    COLUMN_TYPES,
  ),
  kind: oneOf(
    'What the values stand for, which follows from the name and the facts of the column: ' +
      `${kindsInWords}. The type says which facts there are: the kind of a text column may be \`date\` or \`measure\`.`,
    Object.keys(COLUMN_KINDS) as ColumnKind[],
  ),
  stored_type: optional(
    text(
      'How a typed file stores the values: the logical type, such as `DECIMAL(38,10)` or `TIMESTAMP(MICROS,UTC)`, or ' +
        'the physical one, such as `INT64`. Parquet only.',
    ),
  ),
  count: count('Values that are not null.'),
  null_count: count('Nulls: rows in which the column has no value.'),
  null_tokens: dictionary(
    'Nulls by how they are written. `""` stands for empty and missing fields of a CSV file, `null` for the nulls and ' +
      'missing keys of a JSON file; the others are the null tokens of pandas, such as `NA`, `NULL` and `NaN`.',
    fromOne('Nulls written like this.'),
  ),
  evidence,
  distinct,
  top_values: list(
    `The ${EXAMPLES} most frequent values; of equally frequent ones the first by bytes.`,
    object('A value.', { value: text(CUT), count: fromOne('How often it occurs.') }),
    { maxItems: EXAMPLES },
  ),
  min: optional(schemaOf<Value | string>(`Least value: a number, or ${TIMES}.`, { type: ['number', 'string'] })),
  max: optional(schemaOf<Value | string>(`Greatest value: a number, or ${TIMES}.`, { type: ['number', 'string'] })),
  mean: optional(number(`Arithmetic mean. ${NUMBERS}`)),
  std: optional(
    schemaOf<number | null>(
      `Standard deviation of the sample, with n - 1 in the denominator; null for a single value. ${NUMBERS}`,
      { type: ['number', 'null'], minimum: 0 },
    ),
  ),
  quartiles: optional(quartiles),
  zeros: optional(count(`Values that are 0. ${NUMBERS}`)),
  negatives: optional(count(`Values below 0. ${NUMBERS}`)),
  histogram: optional(histogram),
  value_histogram: optional(valueHistogram),
  log_histogram: optional(logHistogram),
  date_histogram: optional(dateHistogram),
  length: optional(
    object('Lengths of the values in Unicode code points. For the type text.', {
      min: count('Length of the shortest value.'),
      max: count('Length of the longest value.'),
      mean: number('Mean length.'),
    }),
  ),
  ...spelling,
});
