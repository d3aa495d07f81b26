import { EXAMPLES } from '../limits.ts';
import type { Resemblance } from '../profile-types.ts';
import type { Example, KernelColumn, KernelThread } from './kernel-thread.ts';

/** Classes of kernel/value-class.ts, and from 10 on those of kernel/spelling.ts and kernel/date-spelling.ts with what they are called. */
const [INTEGER, DECIMAL, CODE, BOOLEAN, DATE, DATETIME] = [2, 3, 4, 5, 6, 7] as const;
const NUMBER_SPELLINGS = [
  ...['currency', 'percent', 'parentheses', 'limits such as <5', 'a minus at the end', 'another minus sign'],
  ...['a suffix such as k', 'digits of another script', 'lakh groups', 'thousands', 'thousands', 'decimal comma'],
  'characters that do not show',
];
const FIRST_NUMBER = 10;
const [THOUSANDS, COMMA_GROUP, DECIMAL_COMMA, GROUPS] = [19, 20, 21, 23] as const;
const DATE_SPELLINGS = [
  ...['2024-05-31 10:00:00,123', '2024-05-31 10:00:00 UTC', '2024-05-31 3:05 PM', '2024-05-31 3:05', '2024-5-31'],
  ...['2024/05/31', '2024.05.31', '31/05/2024', '05/31/2024', '5/6/2024', '31.05.2024', '31-05-2024', '05-31-2024'],
  ...['5-6-2024', 'May 31, 2024', '31 May 2024', '20240531T100000Z'],
];
const FIRST_DATE = 24;
const [DAY_DOT, DAY_OR_VERSION] = [34, 41] as const;
export const CLASSES = 42;
/** Groups of examples in the kernel: of numbers, booleans and times; then of kernel/value-class.ts. */
const EXAMPLES_OF = {
  number: 0,
  boolean: 1,
  date: 2,
  spelledNumber: 5,
  spelledDate: 6,
  groups: 7,
  versions: 8,
  code: 9,
};
/** Of `pointed`, kernel/point-groups.ts. */
const NO_GROUPS = 1;
const ROUND = 2;

/** Below this share of its values a column resembles nothing. */
const LEAST_SHARE = 0.05;

const sum = (counts: Iterable<number>) => [...counts].reduce((a, b) => a + b, 0);

/** What most values of a text column are when they are not all text, in whatever spelling; from counts by class. */
export function resemblance(
  kernel: KernelThread,
  state: KernelColumn,
  classes: Float64Array,
  shown: (binary: string) => string,
): Resemblance | undefined {
  const count = sum(classes.subarray(INTEGER));
  const numbers = numberSpellings(classes, (state.pointed & NO_GROUPS) === 0);
  const dates = dateSpellings(classes);
  const booleans = { total: classes[BOOLEAN]!, spellings: [], groups: [EXAMPLES_OF.boolean], others: [] };
  const [type, best] = (
    [
      ['number', numbers],
      ['date', dates],
      ['boolean', booleans],
    ] as const
  ).reduce((most, each) => (each[1].total > most[1].total ? each : most));
  if (best.total === 0 || best.total < count * LEAST_SHARE) return undefined;
  const placed = ({ row, value }: Example) => ({ row, value: shown(value) });
  const [other] = kernel.examples(state, (group) => best.others.includes(group as never));
  const [code] = type === 'number' ? kernel.examples(state, (group) => group === EXAMPLES_OF.code) : [];
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

interface Spelled {
  total: number;
  spellings: { like: string; count: number }[];
  /** Of examples: in the contract's spelling, and in others. */
  groups: number[];
  others: number[];
}

/** @param mayBeGroups every plain number may be one with points between groups of digits */
function numberSpellings(classes: Float64Array, mayBeGroups: boolean): Spelled {
  const spelled = classes.slice(FIRST_NUMBER, FIRST_NUMBER + NUMBER_SPELLINGS.length);
  const of = (kind: number) => spelled[kind - FIRST_NUMBER]!;
  let plain = classes[INTEGER]! + classes[DECIMAL]! + classes[CODE]!;
  // 1,234 among numbers such as 1,5 is no thousand
  if (of(DECIMAL_COMMA) > 0) {
    spelled[DECIMAL_COMMA - FIRST_NUMBER]! += of(COMMA_GROUP);
    spelled[COMMA_GROUP - FIRST_NUMBER] = 0;
  }
  // 1.234.567 alone may be a version or an address; beside 1.200 and 950 it is a number, and so 1.200 is one thousand two hundred
  const hasPoints = mayBeGroups && plain > 0;
  const isNumber = classes[GROUPS]! > 0 && (hasPoints || of(THOUSANDS) > 0);
  if (isNumber) {
    const points = hasPoints ? classes[DECIMAL]! : 0;
    spelled[THOUSANDS - FIRST_NUMBER]! += classes[GROUPS]! + points;
    plain -= points;
  }
  return {
    total: plain + sum(spelled),
    spellings: listed(spelled, NUMBER_SPELLINGS),
    groups: [EXAMPLES_OF.number, EXAMPLES_OF.code],
    others: [EXAMPLES_OF.spelledNumber, ...(isNumber ? [EXAMPLES_OF.groups] : [])],
  };
}

function dateSpellings(classes: Float64Array): Spelled {
  const spelled = classes.slice(FIRST_DATE, FIRST_DATE + DATE_SPELLINGS.length);
  // 3.7.22 alone may be a version; beside 31.05.2024 it is a day
  const isDate = spelled[DAY_DOT - FIRST_DATE]! > 0;
  if (isDate) spelled[DAY_DOT - FIRST_DATE]! += classes[DAY_OR_VERSION]!;
  return {
    total: classes[DATE]! + classes[DATETIME]! + sum(spelled),
    spellings: listed(spelled, DATE_SPELLINGS),
    groups: [EXAMPLES_OF.date],
    others: [EXAMPLES_OF.spelledDate, ...(isDate ? [EXAMPLES_OF.versions] : [])],
  };
}

/** The most frequent first. */
function listed(counts: Float64Array, names: readonly string[]): Spelled['spellings'] {
  const total = new Map<string, number>(); // at most one entry a name
  names.forEach((like, i) => {
    if (counts[i]! > 0) total.set(like, (total.get(like) ?? 0) + counts[i]!);
  });
  return [...total].map(([like, count]) => ({ like, count })).sort((a, b) => b.count - a.count);
}

/**
 * How many numbers of a column have a point, when it may stand between groups of digits: 1.200 beside 950, and no other number says
 * otherwise (kernel/point-groups.ts). Decimals of a fixed number of digits have no 950 beside them, others no 0 at the end.
 */
export function pointGroups({ pointed }: KernelColumn, classes: Float64Array): number | undefined {
  return pointed === ROUND && classes[INTEGER]! > 0 ? classes[DECIMAL]! : undefined;
}
