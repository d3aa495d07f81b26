import {
  type Bounds,
  type ColumnTest,
  type FilterColumn,
  type RowTests,
  rowTests,
} from '../../../src/processing/filter/row-tests.ts';
import type { FilteredDataset } from '../../../src/processing/filter-rows.ts';
import type { KnownFile } from '../../../src/processing/formats/format.ts';
import type { RowCondition } from '../../../src/processing/row-conditions.ts';
import { readRows } from '../../../src/processing/rows.ts';
import { invisibleCharacters } from '../../../src/processing/text/invisible.ts';
import { isNullToken } from '../../../src/processing/text/null-tokens.ts';
import { trimAscii } from '../../../src/processing/text/trim.ts';
import { kindOf } from '../../../src/processing/text/value-type.ts';
import type { RowContent, WholeRow } from '../../../src/processing/whole-row.ts';

/** A value as text, as the report compares it; undefined for null. */
function textOfValue(value: unknown, isJson: boolean): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return !isJson && isNullToken(trimAscii(value)) ? undefined : value;
  return JSON.stringify(value);
}
const isNested = (value: unknown) => typeof value === 'object' && value !== null && !('rawJSON' in value);

const within = <T>({ low, high, lowIsOpen, highIsOpen }: Bounds<T>, compare: (bound: T) => number) =>
  (low === undefined || (lowIsOpen ? compare(low) > 0 : compare(low) >= 0)) &&
  (high === undefined || (highIsOpen ? compare(high) < 0 : compare(high) <= 0));

/**
 * The rows for which conditions hold, over the readers of single rows: what the kernel is compared with. It does not
 * know `resembles`, `like` and `swallowed`, whose counts are compared with the report.
 */
export async function plainFilter(
  { open, file, columns }: FilteredDataset,
  where: readonly RowCondition[],
): Promise<WholeRow[]> {
  const tests = rowTests(where, columns);
  const filter = new PlainFilter(tests, columns, file);
  const all = await Array.fromAsync(
    readRows(
      await open(0),
      file,
      Array.from({ length: PLAIN_ROWS }, (_, i) => i + 1),
    ),
  );
  for (const of of tests.duplicatesOf) if (all[of - 1]) filter.remember(of, all[of - 1]!);
  return all.filter((row) => filter.holds(row));
}
/** Rows that are read at most. */
const PLAIN_ROWS = 10_000;

/** Tests rows one by one. */
class PlainFilter {
  readonly #tests: RowTests;
  readonly #columns: readonly FilterColumn[];
  readonly #isJson: boolean;
  readonly #remembered = new Map<number, string>();
  readonly #seen = new Set<string>();

  constructor(tests: RowTests, columns: readonly FilterColumn[], file: KnownFile) {
    this.#tests = tests;
    this.#columns = columns;
    this.#isJson = file.format !== 'csv';
  }
  remember(row: number, content: RowContent): void {
    this.#remembered.set(row, this.#key(content));
  }
  holds(content: RowContent): boolean {
    const { columns, duplicate, duplicatesOf, bad } = this.#tests;
    if (duplicate !== undefined) {
      const key = this.#key(content);
      const isRepeated = this.#seen.has(key);
      this.#seen.add(key);
      if (isRepeated !== duplicate) return false;
    }
    if (bad !== undefined && isBad(content) !== bad) return false;
    if (duplicatesOf.length > 0 && duplicatesOf.some((of) => this.#remembered.get(of) !== this.#key(content)))
      return false;
    const values = new Map(content.fields);
    return columns.every((test) => this.#test(test, values.get(this.#columns[test.column]!.name)));
  }
  #key({ fields }: RowContent): string {
    const values = new Map(fields);
    return JSON.stringify(this.#columns.map(({ name }) => values.get(name) ?? (this.#isJson ? null : '')));
  }
  #test(test: ColumnTest, value: unknown): boolean {
    const text = textOfValue(value, this.#isJson);
    if (test.kind === 'null') return (text === undefined) === test.is;
    if (text === undefined) return false;
    const trimmed = trimAscii(text);
    switch (test.kind) {
      case 'texts':
        return test.texts.includes(text) === test.is;
      case 'contains':
        return lower(text).includes(lower(test.text));
      case 'starts':
        return text.startsWith(test.text);
      case 'of type':
        return this.#isOfType(this.#columns[test.column]!, isNested(value) ? 'json' : kindOf(trimmed)) === test.is;
      case 'number':
        return isNumber(value, trimmed) && inBounds(test, Number(trimmed));
      case 'time':
        return (
          ['date', 'datetime'].includes(kindOf(trimmed)) &&
          within(test.bounds, (bound) => Date.parse(instant(trimmed)) - Date.parse(instant(bound)))
        );
      case 'length': {
        const length = [...text].length;
        return length >= test.min && length <= test.max;
      }
      case 'white space':
        return (!isNested(value) && trimmed !== text) === test.is;
      case 'invisible':
        return !isNested(value) && invisibleCharacters.find(text).some(({ code }) => code === test.code);
      default:
        throw new Error(`The plain filter does not know "${test.kind}"`);
    }
  }
  #isOfType({ type }: FilterColumn, kind: string): boolean {
    if (type === 'text') return true;
    if (type === 'integer' || type === 'decimal') return ['integer', 'decimal', 'code'].includes(kind);
    if (type === 'date' || type === 'datetime') return ['date', 'datetime'].includes(kind);
    return type === kind;
  }
}
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const instant = (text: string) => {
  const whole = text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T');
  return /(?:Z|[+-]\d\d:?\d\d)$/.test(whole) ? whole : `${whole}Z`;
};
const isNumber = (value: unknown, trimmed: string) =>
  !isNested(value) && ['integer', 'decimal'].includes(kindOf(trimmed));
function inBounds({ bounds, outside }: Extract<ColumnTest, { kind: 'number' }>, number: number): boolean {
  if (!outside) return within(bounds, (bound) => number - bound);
  return (bounds.low !== undefined && number < bounds.low) || (bounds.high !== undefined && number > bounds.high);
}
function isBad({ fields, surplus = [] }: RowContent): boolean {
  return fields.some(([, value]) => value === null) || surplus.some((text) => trimAscii(text) !== '');
}
