import type { ReadOptions } from '../../processing/options/read-options.ts';
import type { Suggestion } from '../../processing/profile-types.ts';
import type { ColumnReport } from '../document.ts';
import { whole } from '../formatting.ts';
import { CODE_NAME } from './codes.ts';
import { groupsOf, separatorHurts } from './effects.ts';
import { moreTokens, sentinelWords, tokensOf } from './sentinels.ts';
import { become, named, type Source, type Suggest, samples } from './suggestion.ts';

const LEAST = 0.95;
const LEAST_VALUES = 2;
type Thousands = NonNullable<ReadOptions['thousands']>;

const COMMA_DECIMAL = /^[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/;
const WITH_POINTS = /^[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/;
const MARKS: readonly Thousands[] = [',', "'", ' ', '\u00a0', '\u202f'];
const GROUPED = MARKS.map((mark) => [mark, groupsOf(mark, '.')] as const);

/** Two ids beside each other, such as 657,388, are no number. */
const LIST_NAME = /(?:^|[^a-z])(?:ids|keys|codes|refs|pairs|list)$/i;

/** A text column of which nearly all values are numbers in these spellings and no other, but for tokens of no value. */
function spelled({ name, type, resembles, count }: ColumnReport, likes: readonly string[], tokens = 0): boolean {
  if (type !== 'text' || resembles?.type !== 'number' || resembles.spellings.length === 0) return false;
  if (resembles.matching < LEAST_VALUES || (resembles.codes ?? 0) > 0 || resembles.matching < (count - tokens) * LEAST)
    return false;
  return !LIST_NAME.test(name) && resembles.spellings.every(({ like }) => likes.includes(like));
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
  const tokens = options.more_null_tokens;
  const quoted = tokens?.map((token) => `"${token}"`).join(', ');
  const nulls = tokens ? `, and ${quoted} ${tokens.length === 1 ? 'means' : 'mean'} no value` : '';
  return {
    code,
    message: `${named(columns)}: ${figures} → ${become(columns, one, many)}${nulls}`,
    columns: columns.map(({ name }) => name),
    evidence: { matching: countOf(first!), values: first!.count },
    options,
  };
}

const hasSeparators = ({ options = {} }: Source['report']) =>
  options.decimal !== undefined || options.thousands !== undefined;

/** `1,5` and `1.234,56`: as long as no column is hurt. */
export const decimalComma: Suggest = (source) => {
  const { columns: all } = source.report;
  if (hasSeparators(source.report)) return [];
  const words = sentinelWords(source);
  const those = (tokens: (column: ColumnReport) => number) =>
    all.filter(
      (column) =>
        spelled(column, ['decimal comma', 'thousands'], tokens(column)) &&
        samples(source, column).some((value) => COMMA_DECIMAL.test(value) && !/^[-+]?[1-9]\d{0,2},\d{3}$/.test(value)),
    );
  const whole = those(() => 0);
  const withTokens = those((column) => words.find((found) => found.column === column)?.times ?? 0);
  const columns = whole.length > 0 ? whole : withTokens;
  if (columns.length === 0) return [];
  const tokens = whole.length > 0 ? [] : tokensOf(source);
  if (whole.length === 0 && tokens.length === 0) return [];
  const hasPoints = columns.some((column) => samples(source, column).some((value) => WITH_POINTS.test(value)));
  const separators: ReadOptions = { decimal: ',', ...(hasPoints && { thousands: '.' }) };
  const also = all.filter((column) => !withTokens.includes(column) && isThousandth(source, column));
  const others = all.filter((column) => !withTokens.includes(column) && !also.includes(column));
  if (others.some((column) => separatorHurts(source, column, separators))) return [];
  const options: ReadOptions = { ...separators, ...(tokens.length > 0 && moreTokens(source.report, tokens)) };
  const how = hasPoints ? 'a decimal comma and points between thousands' : 'a decimal comma';
  const found = suggestion('decimal_comma', columns, how, ['a decimal number', 'decimal numbers'], options);
  if (also.length === 0) return [found];
  const too = `and so ${also.length === 1 ? 'does' : 'do'} ${named(also)}, where 1,234 is then 1.234`;
  return [
    {
      ...found,
      message: `${found.message}, ${too}`,
      columns: [...found.columns, ...also.map(({ name }) => name)],
    },
  ];
};
/** 1,234 and its kind only: beside decimal commas it has one as well, unless it is 1,234,567 in another row. */
function isThousandth(source: Source, column: ColumnReport): boolean {
  const values = samples(source, column);
  return spelled(column, ['thousands']) && values.every((value) => /^[-+]?\d+(?:,\d{3})?$/.test(value));
}

/**
 * Numbers of one and the same length are written in groups for reading, as those of telephones and companies: of two
 * or three digits first, and seldom round as prices are.
 */
const CODE_IN_GROUPS = /^\d{2,3}(?:[ '\u00a0\u202f]\d{3}){2,}$/;
const MOST_ROUND = 0.5;
const LEAST_CODES = 4;
function isGroupedCode(source: Source, column: ColumnReport): boolean {
  if (CODE_NAME.test(column.name)) return true;
  const values = [...new Set(samples(source, column))];
  const lengths = new Set(values.map((value) => value.length));
  if (values.length < LEAST_CODES || lengths.size > 1 || !values.every((value) => CODE_IN_GROUPS.test(value)))
    return false;
  return values.filter((value) => value.endsWith('00')).length < values.length * MOST_ROUND;
}

/** `1,234.56`, `1'234`, `1 234`, and points that stand between thousands in a column of decimals. */
export const thousands: Suggest = (source) => {
  if (hasSeparators(source.report) || decimalComma(source).length > 0) return [];
  const { columns: all } = source.report;
  const texts = all.filter((column) => spelled(column, ['thousands']) && !isGroupedCode(source, column));
  for (const [mark, pattern] of GROUPED) {
    const columns = texts.filter((column) => samples(source, column).some((value) => pattern.test(value)));
    const isOne = columns.every((column) =>
      samples(source, column).every((value) => pattern.test(value) || !GROUPED.some(([, other]) => other.test(value))),
    );
    if (columns.length === 0 || !isOne) continue;
    const others = all.filter((column) => !columns.includes(column));
    if (others.some((column) => separatorHurts(source, column, { thousands: mark }))) continue;
    const how = `${NAMES[mark]} between thousands`;
    return [suggestion('thousands', columns, how, ['a number', 'numbers'], { thousands: mark })];
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
/** Whole numbers of three digits beside them, and how much greater they are as long as the point is a decimal one. */
const LEAST_WHOLE = 2;
const FAR_GREATER = 5;

/**
 * Whether 1.200 is one thousand rather than one: whole numbers just below 1,000 stand beside it, which are far greater
 * than numbers such as 1.2. A mark of 4 beside 3.456, or 120 beside means such as 121.667, says nothing.
 */
function areBelowThousand(source: Source, column: ColumnReport): boolean {
  const values = [...new Set(samples(source, column))].map((value) => value.replace(/^[-+]/, ''));
  const whole = values.filter((value) => /^\d+$/.test(value)).map(Number);
  const median = values
    .filter((value) => value.includes('.'))
    .map(Number)
    .sort((a, b) => a - b)
    .find((_, i, all) => i >= (all.length - 1) / 2)!;
  return whole.filter((value) => value >= 100 && value > median * FAR_GREATER).length >= LEAST_WHOLE;
}

function pointGroups(source: Source): Suggestion[] {
  const { columns: all } = source.report;
  const columns = all.filter(
    (column) => (column.point_groups ?? 0) >= LEAST_GROUPS && areBelowThousand(source, column),
  );
  if (columns.length === 0) return [];
  const options = { decimal: ',', thousands: '.' } as const;
  const others = all.filter((column) => !columns.includes(column));
  if (others.some((column) => separatorHurts(source, column, options))) return [];
  const count = columns[0]!.point_groups!;
  return [
    {
      code: 'thousands',
      message:
        `${named(columns)}: ${whole(count)} of ${whole(columns[0]!.count)} numbers have a point before three digits, ` +
        'and the others are whole and below 1,000: the point is read as a decimal one, and may stand between ' +
        'thousands → 1.200 becomes 1200 and is no longer 1.2',
      columns: columns.map(({ name }) => name),
      evidence: { count },
      options,
    },
  ];
}
