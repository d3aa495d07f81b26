import {
  BOOLEAN,
  BOOLEANS,
  CODE,
  CODES,
  COMMA_GROUP,
  COMPACT,
  CURRENCY,
  DATE,
  DATETIME,
  DAY_DASH,
  DAY_DOT,
  DAY_OR_VERSION,
  DAY_SLASH,
  DAY_THEN_NAME,
  DAYS_OR_VERSIONS,
  DECIMAL,
  DECIMAL_COMMA,
  EITHER_DASH,
  EITHER_SLASH,
  GROUPS,
  INTEGER,
  INVISIBLE_AROUND,
  ISO_COMMA,
  ISO_HALF_DAY,
  ISO_OTHER_TIME,
  ISO_UNPADDED,
  ISO_ZONE,
  LAKH,
  LIMIT,
  MONTH_DASH,
  MONTH_NAME_FIRST,
  MONTH_SLASH,
  NO_GROUPS,
  NUMBERS,
  NUMBERS_OR_IDENTIFIERS,
  OTHER_DIGITS,
  OTHER_MINUS,
  PARENTHESES,
  PERCENT,
  ROUND,
  SPELLED_DAYS,
  SPELLED_NUMBERS,
  SUFFIX,
  THOUSANDS,
  TIMES,
  TRAILING_MINUS,
  YEAR_DOT,
  YEAR_SLASH,
} from '../kernel/border/classes.ts';
import type { ColumnSummary } from '../kernel/border/layout.ts';
import { EXAMPLES } from '../limits.ts';
import type { Resemblance } from '../profile-types.ts';
import type { Example, KernelThread } from './kernel-thread.ts';

/** What a spelling is called, by its class. */
const NUMBER_SPELLINGS: ReadonlyMap<number, string> = new Map([
  [CURRENCY, 'currency'],
  [PERCENT, 'percent'],
  [PARENTHESES, 'parentheses'],
  [LIMIT, 'limits such as <5'],
  [TRAILING_MINUS, 'a minus at the end'],
  [OTHER_MINUS, 'another minus sign'],
  [SUFFIX, 'a suffix such as k'],
  [OTHER_DIGITS, 'digits of another script'],
  [LAKH, 'lakh groups'],
  [THOUSANDS, 'thousands'],
  [COMMA_GROUP, 'thousands'],
  [DECIMAL_COMMA, 'decimal comma'],
  [INVISIBLE_AROUND, 'characters that do not show'],
]);
/** An example of a spelling, by its class. */
const DATE_SPELLINGS: ReadonlyMap<number, string> = new Map([
  [ISO_COMMA, '2024-05-31 10:00:00,123'],
  [ISO_ZONE, '2024-05-31 10:00:00 UTC'],
  [ISO_HALF_DAY, '2024-05-31 3:05 PM'],
  [ISO_OTHER_TIME, '2024-05-31 3:05'],
  [ISO_UNPADDED, '2024-5-31'],
  [YEAR_SLASH, '2024/05/31'],
  [YEAR_DOT, '2024.05.31'],
  [DAY_SLASH, '31/05/2024'],
  [MONTH_SLASH, '05/31/2024'],
  [EITHER_SLASH, '5/6/2024'],
  [DAY_DOT, '31.05.2024'],
  [DAY_DASH, '31-05-2024'],
  [MONTH_DASH, '05-31-2024'],
  [EITHER_DASH, '5-6-2024'],
  [MONTH_NAME_FIRST, 'May 31, 2024'],
  [DAY_THEN_NAME, '31 May 2024'],
  [COMPACT, '20240531T100000Z'],
]);

/** Below this share of its values a column resembles nothing. */
const LEAST_SHARE = 0.05;

const sum = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);

/** What most values of a text column are when they are not all text, in whatever spelling; from counts by class. */
export function resemblance(
  kernel: KernelThread,
  state: ColumnSummary,
  classes: Float64Array,
  shown: (binary: string) => string,
): Resemblance | undefined {
  const count = sum(classes.subarray(INTEGER));
  const numbers = numberSpellings(classes, (state.pointed & NO_GROUPS) === 0);
  const dates = dateSpellings(classes);
  const booleans = { total: classes[BOOLEAN]!, spellings: [], groups: [BOOLEANS], others: [] as number[] };
  const [type, best] = (
    [
      ['number', numbers],
      ['date', dates],
      ['boolean', booleans],
    ] as const
  ).reduce((most, each) => (each[1].total > most[1].total ? each : most));
  if (best.total === 0 || best.total < count * LEAST_SHARE) return undefined;
  const placed = ({ row, value }: Example) => ({ row, value: shown(value) });
  const [other] = kernel.examples(state, (group) => best.others.includes(group));
  const [code] = type === 'number' ? kernel.examples(state, (group) => group === CODES) : [];
  const own: number[] = [...best.groups, ...best.others];
  return {
    type,
    matching: best.total,
    exceptions: count - best.total,
    spellings: best.spellings,
    first: other && placed(other),
    codes: type === 'number' ? classes[CODE]! : 0,
    firstCode: code && placed(code),
    examples: kernel
      .examples(state, (group) => !own.includes(group))
      .slice(0, EXAMPLES)
      .map(placed),
  };
}

/** 'thousands' as the report counted them may include what looks like a version or an address: see `classesLike`. */
export const THOUSANDS_LIKE = 'thousands';
const COMMA_LIKE = 'decimal comma';

/**
 * The classes of the values that a resemblance counts: those in one spelling, or without `like` all that match.
 * @param counts of the column's values by class, wanted only where spellings have THOUSANDS_LIKE
 */
export function classesLike(
  { type, spellings }: Pick<Resemblance, 'type' | 'spellings'>,
  counts: ArrayLike<number> | undefined,
  like?: string,
): number[] {
  const counted = (name: string) => spellings.find((each) => each.like === name)?.count ?? 0;
  if (type === 'boolean') return [BOOLEAN];
  if (type === 'date') {
    const names = new Map(DATE_SPELLINGS);
    if (counted(names.get(DAY_DOT)!) > 0) names.set(DAY_OR_VERSION, names.get(DAY_DOT)!);
    const spelled = [...names.keys()].filter((kind) => like === undefined || names.get(kind) === like);
    return like === undefined ? [DATE, DATETIME, ...spelled] : spelled;
  }
  const names = new Map(NUMBER_SPELLINGS);
  if (counted(COMMA_LIKE) > 0) names.set(COMMA_GROUP, COMMA_LIKE);
  if (counts && counts[GROUPS]! > 0) {
    // numberSpellings above has added them or not: its sum tells
    const more = counted(THOUSANDS_LIKE) - counts[THOUSANDS]! - (counted(COMMA_LIKE) > 0 ? 0 : counts[COMMA_GROUP]!);
    if (more > 0) names.set(GROUPS, THOUSANDS_LIKE);
    if (more > counts[GROUPS]!) names.set(DECIMAL, THOUSANDS_LIKE);
  }
  const spelled = [...names.keys()].filter((kind) => like === undefined || names.get(kind) === like);
  return like === undefined ? [INTEGER, DECIMAL, CODE, ...spelled] : spelled;
}

interface Spelled {
  total: number;
  spellings: { like: string; count: number }[];
  /** Groups of examples: in the plain spelling, and in others. */
  groups: number[];
  others: number[];
}

/** @param mayBeGroups every plain number may be one with points between groups of digits */
function numberSpellings(classes: Float64Array, mayBeGroups: boolean): Spelled {
  const counts = classes.slice();
  let plain = counts[INTEGER]! + counts[DECIMAL]! + counts[CODE]!;
  // 1,234 among numbers such as 1,5 is a decimal
  if (counts[DECIMAL_COMMA]! > 0) {
    counts[DECIMAL_COMMA]! += counts[COMMA_GROUP]!;
    counts[COMMA_GROUP] = 0;
  }
  // 1.234.567 alone may be a version or an address; beside 1.200 and 950 it is a number, and so 1.200 is one thousand
  // two hundred
  const hasPoints = mayBeGroups && plain > 0;
  const isNumber = classes[GROUPS]! > 0 && (hasPoints || counts[THOUSANDS]! > 0);
  if (isNumber) {
    const points = hasPoints ? classes[DECIMAL]! : 0;
    counts[THOUSANDS]! += classes[GROUPS]! + points;
    plain -= points;
  }
  return {
    total: plain + countOf(counts, NUMBER_SPELLINGS),
    spellings: listed(counts, NUMBER_SPELLINGS),
    groups: [NUMBERS, CODES],
    others: [SPELLED_NUMBERS, ...(isNumber ? [NUMBERS_OR_IDENTIFIERS] : [])],
  };
}

function dateSpellings(classes: Float64Array): Spelled {
  const counts = classes.slice();
  // 3.7.22 alone may be a version; beside 31.05.2024 it is a day
  const isDate = counts[DAY_DOT]! > 0;
  if (isDate) counts[DAY_DOT]! += classes[DAY_OR_VERSION]!;
  return {
    total: classes[DATE]! + classes[DATETIME]! + countOf(counts, DATE_SPELLINGS),
    spellings: listed(counts, DATE_SPELLINGS),
    groups: [TIMES],
    others: [SPELLED_DAYS, ...(isDate ? [DAYS_OR_VERSIONS] : [])],
  };
}

const countOf = (counts: Float64Array, names: ReadonlyMap<number, string>) =>
  sum([...names.keys()].map((kind) => counts[kind]!));
/** The most frequent first. */
function listed(counts: Float64Array, names: ReadonlyMap<number, string>): Spelled['spellings'] {
  const total = new Map<string, number>(); // at most one entry per name
  for (const [kind, like] of names) if (counts[kind]! > 0) total.set(like, (total.get(like) ?? 0) + counts[kind]!);
  return [...total].map(([like, count]) => ({ like, count })).sort((a, b) => b.count - a.count);
}

/**
 * How many numbers of a column have a point, when it may stand between groups of digits: 1.200 beside 950, and no other
 * number contradicts (kernel/columns/point-groups.ts). Decimals of a fixed number of digits have no 950 beside them,
 * others no 0 at the end.
 */
export function pointGroups({ pointed }: ColumnSummary, classes: Float64Array): number | undefined {
  return pointed === ROUND && classes[INTEGER]! > 0 ? classes[DECIMAL]! : undefined;
}
