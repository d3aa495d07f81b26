import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { Suggestion } from '../../processing/profile-types.ts';
import type { ColumnReport } from '../document.ts';
import { whole } from '../formatting.ts';
import { become, named, type Source, type Suggest, samples } from './suggestion.ts';

const LEAST = 0.95;
const LEAST_VALUES = 2;
type Thousands = NonNullable<ReadOptions['thousands']>;

const COMMA_DECIMAL = /^[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/;
const WITH_POINTS = /^[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const GROUPED: [Thousands, RegExp][] = [
  [',', /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/],
  ["'", /^[-+]?\d{1,3}(?:'\d{3})+(?:\.\d+)?$/],
  [' ', /^[-+]?\d{1,3}(?: \d{3})+(?:\.\d+)?$/],
  ['\u00a0', /^[-+]?\d{1,3}(?:\u00a0\d{3})+(?:\.\d+)?$/],
  ['\u202f', /^[-+]?\d{1,3}(?:\u202f\d{3})+(?:\.\d+)?$/],
];

/** A text column of which nearly all values are numbers in these spellings and no other. */
function spelled({ type, resembles, count }: ColumnReport, likes: readonly string[]): boolean {
  if (type !== 'text' || resembles?.type !== 'number' || resembles.spellings.length === 0) return false;
  if (resembles.matching < LEAST_VALUES || (resembles.codes ?? 0) > 0 || resembles.matching < count * LEAST)
    return false;
  return resembles.spellings.every(({ like }) => likes.includes(like));
}
const countOf = ({ resembles }: ColumnReport) => resembles!.matching;

function suggestion(
  code: string,
  columns: ColumnReport[],
  how: string,
  [one, many]: [string, string],
  options: ReadOptions,
): Suggestion {
  const [first] = columns;
  const figures = `${whole(countOf(first!))} of ${whole(first!.count)} values are numbers with ${how}`;
  return {
    code,
    message: `${named(columns)}: ${figures} → ${become(columns, one, many)}`,
    columns: columns.map(({ name }) => name),
    evidence: { matching: countOf(first!), values: first!.count },
    options,
  };
}

/** `1,5` and `1.234,56`. */
export const decimalComma: Suggest = (source) => {
  const columns = source.report.columns.filter(
    (column) =>
      spelled(column, ['decimal comma', 'thousands']) &&
      samples(source, column).some((value) => COMMA_DECIMAL.test(value) && !/^[-+]?[1-9]\d{0,2},\d{3}$/.test(value)),
  );
  if (columns.length === 0) return [];
  const hasPoints = columns.some((column) => samples(source, column).some((value) => WITH_POINTS.test(value)));
  const options: ReadOptions = { decimal: ',', ...(hasPoints && { thousands: '.' }) };
  const how = hasPoints ? 'a decimal comma and points between thousands' : 'a decimal comma';
  return [suggestion('decimal_comma', columns, how, ['decimal', 'decimal'], options)];
};

/** `1,234.56`, `1'234`, `1 234`, and points that stand between thousands in a column of decimals. */
export const thousands: Suggest = (source) => {
  if (decimalComma(source).length > 0) return [];
  const texts = source.report.columns.filter((column) => spelled(column, ['thousands']));
  for (const [mark, pattern] of GROUPED) {
    const columns = texts.filter((column) => samples(source, column).some((value) => pattern.test(value)));
    const isOne = columns.every((column) =>
      samples(source, column).every((value) => pattern.test(value) || !GROUPED.some(([, other]) => other.test(value))),
    );
    if (columns.length > 0 && isOne)
      return [
        suggestion('thousands', columns, `${NAMES[mark]} between thousands`, ['a number', 'numbers'], {
          thousands: mark,
        }),
      ];
  }
  return pointGroups(source);
};
const NAMES: Record<Thousands, string> = {
  ',': 'commas',
  '.': 'points',
  "'": 'apostrophes',
  ' ': 'spaces',
  '\u00a0': 'no-break spaces',
  '\u202f': 'narrow no-break spaces',
};

/** Numbers with a point of which this many or more look like groups. */
const LEAST_GROUPS = 3;

function pointGroups({ report }: Source): Suggestion[] {
  const columns = report.columns.filter(({ point_groups: count }) => count !== undefined && count >= LEAST_GROUPS);
  if (columns.length === 0) return [];
  const count = columns[0]!.point_groups!;
  return [
    {
      code: 'thousands',
      message:
        `${named(columns)}: ${whole(count)} numbers have a point before three digits, and all others are below 1,000 ` +
        `→ 1.200 becomes 1200`,
      columns: columns.map(({ name }) => name),
      evidence: { count },
      options: { decimal: ',', thousands: '.' },
    },
  ];
}
