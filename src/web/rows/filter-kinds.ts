import type { RowCondition } from '../../processing/row-conditions.ts';
import { inWords } from './condition-words.ts';
import { type Column, isNumeric, isTime, type Report } from './report.ts';

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
  build(answers: Answers): RowCondition | undefined;
}

const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text));
const wholeOf = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : undefined);

/** A condition that nothing is filled in for. */
const fixed = (report: Report, id: string, condition: RowCondition, count?: number): FilterKind => ({
  id,
  label: inWords(condition, report).says,
  inputs: [],
  takes: 'text',
  count,
  build: () => condition,
});
const withText = (id: string, label: string, build: (text: string) => RowCondition): FilterKind => ({
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
        return row ? { duplicate_of: row } : undefined;
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
      const read = isTime(column) ? (text: string) => text.trim() || undefined : numberOf;
      const [gte, lte] = [read(first), read(second)];
      if ((gte === undefined && lte === undefined) || Number.isNaN(gte) || Number.isNaN(lte)) return undefined;
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
      const [min_length, max_length] = [wholeOf(first), wholeOf(second)];
      if (min_length === undefined && max_length === undefined) return undefined;
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

/** Kinds of conditions that fit a column, the most used first. */
export function columnKinds(column: Column, report: Report): FilterKind[] {
  const { name, type, null_count, evidence } = column;
  const isText = type === 'text' || type === 'json';
  return [
    withText('in', 'is', (text) => ({ column: name, in: [text] })),
    withText('not_in', 'is not', (text) => ({ column: name, not_in: [text] })),
    withText('contains', 'contains', (text) => ({ column: name, contains: text })),
    withText('starts_with', 'begins with', (text) => ({ column: name, starts_with: text })),
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
