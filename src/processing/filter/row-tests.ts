import { ConditionError } from '../errors.ts';
import type { ReadOptions } from '../options/read-options.ts';
import type { Resemblance } from '../profile-types.ts';
import type { RowCondition } from '../row-conditions.ts';
import type { ColumnType } from '../statistics/column-type.ts';
import { kindOf } from '../text/value-type.ts';

/** What conditions need to know of a column, from the report of the dataset. */
export interface FilterColumn {
  name: string;
  type: ColumnType;
  /** Of numbers. */
  fences?: { lower: number; upper: number } | undefined;
  resembles?: Pick<Resemblance, 'type' | 'spellings'> | undefined;
}

/** Bounds of a value; an open one is not included. */
export interface Bounds<T> {
  low?: T;
  high?: T;
  lowIsOpen: boolean;
  highIsOpen: boolean;
}
interface OnColumn {
  /** From 0. */
  column: number;
}
/** One thing that a value must be. `is`: whether it must be so, or must be a value and not so. */
export type ColumnTest = OnColumn &
  (
    | { kind: 'texts'; texts: readonly string[]; is: boolean }
    | { kind: 'contains' | 'starts'; text: string }
    | { kind: 'null' | 'of type' | 'resembles' | 'white space' | 'swallowed'; is: boolean }
    | { kind: 'like'; like: string }
    /** `outside`: a number below `low` or above `high`. */
    | { kind: 'number'; bounds: Bounds<number>; outside: boolean }
    | { kind: 'time'; bounds: Bounds<string> }
    | { kind: 'length'; min: number; max: number }
    | { kind: 'invisible'; code: number }
  );
/** What is asked of whole rows. */
export interface RowTests {
  columns: ColumnTest[];
  duplicate?: boolean;
  duplicatesOf: number[];
  bad?: boolean;
}

/**
 * What each row is tested for. All tests must hold.
 * @param columns of the report, in its order
 * @param options as they were when the report was made
 * @throws ConditionError for a column that is not there, and for what a column of its type cannot answer
 */
export function rowTests(
  where: readonly RowCondition[],
  columns: readonly FilterColumn[],
  options: ReadOptions = {},
): RowTests {
  const tests: RowTests = { columns: [], duplicatesOf: [] };
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  for (const condition of where) {
    const { column: name, duplicate, duplicate_of: of, bad, ...onColumn } = condition;
    const members = Object.keys(onColumn);
    if (name === undefined && members.length > 0) throw new ConditionError(`"${members[0]}" needs a "column".`);
    if (name !== undefined) {
      const column = places.get(name);
      if (column === undefined) throw new ConditionError(`There is no column "${name}".`);
      if (members.length === 0)
        throw new ConditionError(`The condition on column "${name}" does not say what it must be.`);
      tests.columns.push(...columnTests(onColumn, column, columns[column]!, options));
    } else if (duplicate === undefined && of === undefined && bad === undefined)
      throw new ConditionError('A condition is empty.');
    if (of !== undefined) tests.duplicatesOf.push(of);
    tests.duplicate = agreed('duplicate', tests.duplicate, duplicate);
    tests.bad = agreed('bad', tests.bad, bad);
  }
  return tests;
}
function agreed<T>(member: string, before: T | undefined, now: T | undefined): T | undefined {
  if (before !== undefined && now !== undefined && before !== now)
    throw new ConditionError(`"${member}" cannot be both true and false.`);
  return now ?? before;
}

const TYPE_WORDS: Readonly<Record<ColumnType, string>> = {
  integer: 'integers',
  decimal: 'decimals',
  boolean: 'booleans',
  date: 'dates',
  datetime: 'datetimes',
  json: 'nested values',
  text: 'text',
  empty: 'nothing but nulls',
};
const refuse = (member: string, { name, type }: FilterColumn, why: string): never => {
  throw new ConditionError(`"${member}" cannot be asked of column "${name}", which holds ${TYPE_WORDS[type]}: ${why}.`);
};

function columnTests(condition: RowCondition, column: number, facts: FilterColumn, options: ReadOptions): ColumnTest[] {
  const tests: ColumnTest[] = [];
  const { in: texts, not_in: others, contains, starts_with: starts, outlier, invisible, like } = condition;
  if (texts) tests.push({ kind: 'texts', column, texts, is: true });
  if (others) tests.push({ kind: 'texts', column, texts: others, is: false });
  if (contains !== undefined) tests.push({ kind: 'contains', column, text: contains });
  if (starts !== undefined) tests.push({ kind: 'starts', column, text: starts });
  const flags = [
    ['null', condition.is_null],
    ['of type', condition.of_type],
    ['white space', condition.white_space],
    ['swallowed', condition.swallowed],
  ] as const;
  for (const [kind, is] of flags) if (is !== undefined) tests.push({ kind, column, is });
  if (outlier) tests.push({ kind: 'number', column, outside: true, bounds: outlierBounds(outlier, facts) });
  tests.push(...boundTests(condition, column, facts, options));
  if (condition.min_length !== undefined || condition.max_length !== undefined)
    tests.push({
      kind: 'length',
      column,
      min: condition.min_length ?? 0,
      max: condition.max_length ?? Number.MAX_SAFE_INTEGER,
    });
  if (invisible !== undefined) tests.push({ kind: 'invisible', column, code: codePoint(invisible) });
  if (condition.resembles !== undefined) {
    if (!facts.resembles) refuse('resembles', facts, 'it resembles no other type');
    tests.push({ kind: 'resembles', column, is: condition.resembles });
  }
  if (like !== undefined) {
    const known = facts.resembles?.spellings.map((spelling) => spelling.like) ?? [];
    if (known.length === 0) refuse('like', facts, 'its values have no other spellings');
    if (!known.includes(like))
      throw new ConditionError(`Column "${facts.name}" has no values like "${like}", only like ${known.join(', ')}.`);
    tests.push({ kind: 'like', column, like });
  }
  return tests;
}

function outlierBounds(side: NonNullable<RowCondition['outlier']>, facts: FilterColumn): Bounds<number> {
  if (!facts.fences) return refuse('outlier', facts, 'only numbers have outliers');
  const { lower, upper } = facts.fences;
  return {
    ...(side === 'high' ? {} : { low: lower }),
    ...(side === 'low' ? {} : { high: upper }),
    lowIsOpen: false,
    highIsOpen: false,
  };
}

const NUMERIC = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i;

/** A bound of numbers: as JSON writes one, or as was said of the file. @returns undefined for what is none */
function numberOf(value: number | string, { decimal, thousands }: ReadOptions): number | 'ambiguous' | undefined {
  if (typeof value === 'number') return value;
  const plain = NUMERIC.test(value) && Number.isFinite(Number(value)) ? Number(value) : undefined;
  if (decimal === undefined && thousands === undefined) return plain;
  const written = writtenNumber(value, decimal ?? (thousands === '.' ? ',' : '.'), thousands);
  return plain !== undefined && written !== undefined && plain !== written ? 'ambiguous' : (plain ?? written);
}
/** @param thousands that stand between groups of three digits */
function writtenNumber(text: string, decimal: string, thousands = ''): number | undefined {
  const spaces = '[ \u00a0\u202f]';
  const alike: Record<string, string> = { "'": "['\u2019]", ' ': spaces, '\u00a0': spaces, '\u202f': spaces };
  const groups = thousands === '' ? '' : `[1-9]\\d{0,2}(?:${alike[thousands] ?? `\\${thousands}`}\\d{3})+|`;
  const number = new RegExp(`^\\s*([-+]?)(${groups}\\d+)?(?:\\${decimal}(\\d*))?([eE][-+]?\\d+)?\\s*$`);
  const [, sign, whole = '', decimals = '', exponent = ''] = number.exec(text) ?? [];
  if (whole === '' && decimals === '') return undefined;
  return Number(`${sign}${whole.replaceAll(/\D/g, '')}.${decimals}${exponent}`);
}

function boundTests(condition: RowCondition, column: number, facts: FilterColumn, options: ReadOptions): ColumnTest[] {
  /** Dates may have a spelling that was said of the file: the kernel checks bounds then. */
  const hasOwnDates = options.date_order !== undefined || options.types !== undefined;
  const isTime = facts.type === 'date' || facts.type === 'datetime';
  const isNumber = facts.type === 'integer' || facts.type === 'decimal';
  const bound = (member: 'gte' | 'gt' | 'lte' | 'lt') => {
    const value = condition[member];
    if (value === undefined) return undefined;
    if (!isTime && !isNumber) return refuse(member, facts, 'only numbers, dates and datetimes have bounds');
    if (isTime) {
      const isRight = typeof value === 'string' && (hasOwnDates || ['date', 'datetime'].includes(kindOf(value)));
      if (!isRight) throw wrongBound(member, facts, 'a date or datetime such as 2024-05-31');
      return value;
    }
    const number = numberOf(value, options);
    if (number === undefined) throw wrongBound(member, facts, 'a number');
    if (number === 'ambiguous')
      throw wrongBound(member, facts, `a number as JSON writes it: ${JSON.stringify(value)} may be two numbers`);
    return number;
  };
  const test = (low: number | string | undefined, high: number | string | undefined, isOpen: boolean): ColumnTest[] => {
    if (low === undefined && high === undefined) return [];
    const open = { lowIsOpen: isOpen, highIsOpen: isOpen };
    const both = <T>(make: (value: number | string) => T) => ({
      ...(low === undefined ? {} : { low: make(low) }),
      ...(high === undefined ? {} : { high: make(high) }),
      ...open,
    });
    return [
      isTime
        ? { kind: 'time', column, bounds: both(String) }
        : { kind: 'number', column, bounds: both(Number), outside: false },
    ];
  };
  return [...test(bound('gte'), bound('lte'), false), ...test(bound('gt'), bound('lt'), true)];
}

const wrongBound = (member: string, { name }: FilterColumn, what: string) =>
  new ConditionError(`"${member}" of column "${name}" must be ${what}.`);

function codePoint(name: string): number {
  if (!/^U\+[0-9A-F]{4}$/.test(name))
    throw new ConditionError('"invisible" must be a code point as the report names it, such as "U+00A0".');
  return Number.parseInt(name.slice(2), 16);
}
