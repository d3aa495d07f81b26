import type { RowCondition } from '../../processing/row-conditions.ts';
import { inWords } from './condition-words.ts';
import { type Column, isNumeric, isTime, type Report } from './report.ts';
import { typedNumber, withoutSeparators } from './typed-numbers.ts';

/** What a person fills in: the texts of up to two inputs. */
interface Answers {
  first: string;
  second: string;
}

/** A kind of condition that can be added. */
export interface FilterKind {
  id: string;
  label: string;
  /** Labels of its inputs. */
  inputs: string[];
  /** What the inputs take. */
  takes: 'text' | 'number' | 'time' | 'whole';
  /** Whether the most frequent values are suggested, and whether the empty text is a value as well. */
  suggests?: boolean;
  mayBeEmpty?: boolean;
  /** How many rows the report counts, where it does. */
  count?: number | undefined;
  /** @returns the condition, or why there is none, as a sentence */
  build(answers: Answers): RowCondition | string;
}

/** A whole number that was typed; `undefined` for any other text. */
const wholeOf = (text: string) => {
  const digits = withoutSeparators(text);
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
};
const NOTHING = 'Fill in at least one of the two.';
const notNumber = (text: string) => `“${text}” is not a number: write it like 8000000 or 1234.5.`;
const notWhole = (text: string) => `“${text}” is not a whole number: write it like 1234.`;

/** A condition that nothing is filled in for. */
const fixed = (report: Report, id: string, condition: RowCondition, count?: number): FilterKind => ({
  id,
  label: inWords(condition, report).says,
  inputs: [],
  takes: 'text',
  count,
  build: () => condition,
});
const withText = (id: string, label: string, build: (text: string) => RowCondition | string): FilterKind => ({
  id,
  label,
  inputs: ['Value'],
  takes: 'text',
  suggests: true,
  mayBeEmpty: id === 'in' || id === 'not_in',
  build: ({ first }) => build(first),
});

/** Kinds of conditions about whole rows. */
export function rowKinds(report: Report): FilterKind[] {
  const { anomalies, bad_rows, file } = report;
  const kinds = [
    fixed(report, 'duplicate', { duplicate: true }, anomalies.duplicates.count),
    {
      id: 'duplicate_of',
      label: 'equals row …',
      inputs: ['Row'],
      takes: 'whole' as const,
      build: ({ first }: Answers) => {
        const row = wholeOf(first);
        return row ? { duplicate_of: row } : notWhole(first);
      },
    },
  ];
  if (file.delimiter !== undefined) kinds.push(fixed(report, 'bad', { bad: true }, bad_rows.count));
  return kinds;
}

function numericKinds(name: string, report: Report): FilterKind[] {
  const outliers = report.anomalies.outliers[name]?.count;
  return [
    fixed(report, 'any', { column: name, outlier: 'any' }, outliers),
    ...(outliers === 0
      ? []
      : [
          fixed(report, 'high', { column: name, outlier: 'high' }),
          fixed(report, 'low', { column: name, outlier: 'low' }),
        ]),
  ];
}

function rangeKind(column: Column): FilterKind {
  return {
    id: 'between',
    label: 'is between',
    inputs: ['From', 'To'],
    takes: isTime(column) ? 'time' : 'number',
    build: ({ first, second }) => {
      const texts = [first.trim(), second.trim()];
      if (!texts.some(Boolean)) return NOTHING;
      const other = isTime(column) ? undefined : texts.find((text) => text && typedNumber(text) === undefined);
      if (other !== undefined) return notNumber(other);
      const [gte, lte] = texts.map((text) => (isTime(column) ? text || undefined : typedNumber(text)));
      return { column: column.name, ...(gte === undefined ? {} : { gte }), ...(lte === undefined ? {} : { lte }) };
    },
  };
}

function lengthKind({ name }: Column): FilterKind {
  return {
    id: 'length',
    label: 'has a length between',
    inputs: ['From', 'To'],
    takes: 'whole',
    build: ({ first, second }) => {
      const texts = [first.trim(), second.trim()];
      if (!texts.some(Boolean)) return NOTHING;
      const other = texts.find((text) => text && wholeOf(text) === undefined);
      if (other !== undefined) return notWhole(other);
      const [min_length, max_length] = texts.map(wholeOf);
      return {
        column: name,
        ...(min_length === undefined ? {} : { min_length }),
        ...(max_length === undefined ? {} : { max_length }),
      };
    },
  };
}

/** What the report noted about how the values of a column are written. */
function spellingKinds({ name, resembles, white_space, invisible, swallowed }: Column, report: Report): FilterKind[] {
  const kinds: FilterKind[] = [];
  if (resembles) {
    const { matching, exceptions, spellings } = resembles;
    kinds.push(fixed(report, 'resembles', { column: name, resembles: true }, matching));
    kinds.push(fixed(report, 'differs', { column: name, resembles: false }, exceptions));
    for (const { like, count } of spellings) kinds.push(fixed(report, `like ${like}`, { column: name, like }, count));
  }
  if (white_space) kinds.push(fixed(report, 'space', { column: name, white_space: true }, white_space.count));
  for (const { code_point, count } of invisible ?? [])
    kinds.push(fixed(report, code_point, { column: name, invisible: code_point }, count));
  if (swallowed) kinds.push(fixed(report, 'swallowed', { column: name, swallowed: true }, swallowed.count));
  return kinds;
}

/**
 * What is compared with a value that was typed. In columns of numbers that is the number, in whatever way the file
 * writes it (`8,000,000` finds 8000000 and 8000000.0), where conditions on numbers are exact and have that test;
 * otherwise the text as it stands in the file, which has no separators there.
 */
function valueKinds(column: Column): FilterKind[] {
  const { name } = column;
  const isNumber = isNumeric(column);
  const asInFile = isNumber ? withoutSeparators : (text: string) => text;
  const is = (text: string): RowCondition | string => {
    const number = isNumber ? typedNumber(text) : undefined;
    const isExact = number !== undefined && (!Number.isInteger(number) || Number.isSafeInteger(number));
    if (isExact) return { column: name, gte: number, lte: number };
    // a text among the numbers is found as it stands
    if (isNumber && number === undefined && column.evidence.exceptions === 0) return notNumber(text);
    return { column: name, in: [asInFile(text)] };
  };
  return [
    withText('in', 'is', is),
    withText('not_in', isNumber ? 'is not written as' : 'is not', (text) => ({
      column: name,
      not_in: [asInFile(text)],
    })),
    withText('contains', 'contains', (text) => ({ column: name, contains: asInFile(text) })),
    withText('starts_with', 'begins with', (text) => ({ column: name, starts_with: asInFile(text) })),
  ];
}

/** Kinds of conditions that fit a column, the most used first. */
export function columnKinds(column: Column, report: Report): FilterKind[] {
  const { name, type, null_count, evidence } = column;
  const isText = type === 'text' || type === 'json';
  return [
    ...valueKinds(column),
    ...(isNumeric(column) || isTime(column) ? [rangeKind(column)] : []),
    ...(isNumeric(column) ? numericKinds(name, report) : []),
    fixed(report, 'null', { column: name, is_null: true }, null_count),
    fixed(report, 'not_null', { column: name, is_null: false }, report.row_count - null_count),
    ...(isText || type === 'empty'
      ? []
      : [fixed(report, 'type', { column: name, of_type: false }, evidence.exceptions)]),
    ...spellingKinds(column, report),
    ...(type === 'empty' ? [] : [lengthKind(column)]),
  ];
}
