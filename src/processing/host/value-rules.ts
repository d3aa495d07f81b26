import { DatasetError } from '../errors.ts';
import type { JobShape } from '../kernel/border/layout.ts';
import { MAX_TOKEN_BYTES, MAX_TOKENS } from '../kernel/border/limits.ts';
import {
  ANY_TYPE,
  BOOLEAN_TYPE,
  DATE_TYPE,
  DATETIME_TYPE,
  DAY_FIRST,
  DECIMAL_TYPE,
  INTEGER_TYPE,
  JSON_TYPE,
  MONTH_FIRST,
  NO_ORDER,
  TEXT_TYPE,
  YEAR_FIRST,
} from '../kernel/border/value-rules.ts';
import type { DateOrder, DeclaredType, ReadOptions } from '../options/read-options.ts';
import { TOKENS } from '../text/null-tokens.ts';
import { textBytes } from '../text/text-bytes.ts';
import { trimAscii } from '../text/trim.ts';
import type { KernelExports } from './kernel-module.ts';

const TYPES: Readonly<Record<DeclaredType, number>> = {
  integer: INTEGER_TYPE,
  decimal: DECIMAL_TYPE,
  boolean: BOOLEAN_TYPE,
  date: DATE_TYPE,
  datetime: DATETIME_TYPE,
  json: JSON_TYPE,
  text: TEXT_TYPE,
};
const ORDERS: Readonly<Record<DateOrder, number>> = { DMY: DAY_FIRST, MDY: MONTH_FIRST, YMD: YEAR_FIRST };

/** The type that a column was given, by the number that the kernel has for it. */
export const declaredType = (number: number): DeclaredType | undefined =>
  number === ANY_TYPE ? undefined : (Object.keys(TYPES) as DeclaredType[]).find((type) => TYPES[type] === number);

/**
 * The null tokens, in the order in which they are counted: pandas' for CSV, none for JSON, unless a person has
 * named others. Empty fields and JSON's null are null beside them.
 */
export function nullTokens({ null_tokens, more_null_tokens = [] }: ReadOptions, isJson: boolean): string[] {
  const tokens = [...(null_tokens ?? (isJson ? [] : TOKENS)), ...more_null_tokens];
  return [...new Set(tokens.map(trimAscii))]; // as the values are that they are compared with
}
const hasOwnTokens = ({ null_tokens, more_null_tokens }: ReadOptions) => Boolean(null_tokens || more_null_tokens);

/**
 * What the options say of numbers and dates. Of two separators the one that is not named is the other one: with points
 * between groups the decimal separator is a comma.
 * @throws DatasetError when both separators are the same
 */
export function valueRules(
  options: ReadOptions = {},
): Pick<JobShape, 'hasRules' | 'decimal' | 'thousands' | 'dateOrder'> {
  const { thousands, date_order, types = {} } = options;
  const hasFormat = options.decimal !== undefined || thousands !== undefined;
  const decimal = options.decimal ?? (thousands === '.' ? ',' : '.');
  if (decimal === thousands)
    throw new DatasetError(`"decimal" and "thousands" are both ${JSON.stringify(decimal)}`, {}, 'Change one of them.');
  const isSpace = thousands !== undefined && thousands.trim() === '';
  return {
    hasRules: hasFormat || date_order || hasOwnTokens(options) || Object.keys(types).length > 0 ? 1 : 0,
    decimal: hasFormat ? decimal.charCodeAt(0) : 0,
    thousands: isSpace ? ' '.charCodeAt(0) : (thousands?.charCodeAt(0) ?? 0),
    dateOrder: date_order ? ORDERS[date_order] : NO_ORDER,
  };
}

/** What a thread of the kernel takes texts by (kernel-thread.ts). */
interface TextTaker {
  readonly kernel: Pick<KernelExports, 'addNullText' | 'addDeclared' | 'declareColumn'>;
  /** Bytes of the job's memory. */
  view(at: number, length: number): Buffer;
}

/**
 * Gives the job's memory the null tokens, and for JSON the types of columns, before the first row. A token that is not
 * ASCII is added as the file may have it, in UTF-8 and windows-1252.
 * @throws DatasetError for too many or too long ones
 */
export function addTexts(thread: TextTaker, options: ReadOptions, isJson: boolean): void {
  const { kernel } = thread;
  const tokens = nullTokens(options, isJson);
  if (tokens.length > MAX_TOKENS)
    throw new DatasetError(`There are ${tokens.length} null tokens; at most ${MAX_TOKENS} are taken`);
  tokens.forEach((token, i) => {
    const written = [textBytes(token, 'utf-8')!];
    const latin = textBytes(token, 'windows-1252');
    if (!isJson && latin && !latin.equals(written[0]!)) written.push(latin);
    for (const bytes of written) {
      if (bytes.length > MAX_TOKEN_BYTES)
        throw new DatasetError(`A null token has ${bytes.length} bytes; at most ${MAX_TOKEN_BYTES} are taken`);
      thread.view(kernel.addNullText(i + 1, bytes.length), bytes.length).set(bytes);
    }
  });
  if (!isJson) return;
  for (const [name, type] of Object.entries(options.types ?? {})) {
    const bytes = Buffer.from(name);
    thread.view(kernel.addDeclared(TYPES[type], bytes.length), bytes.length).set(bytes);
  }
}

/**
 * Gives the columns of a CSV their types, before the first row.
 * @param names of the columns; where the encoding is not known yet, in each that the file may have
 */
export function declareColumns(thread: TextTaker, options: ReadOptions | undefined, ...names: string[][]): void {
  for (const [name, type] of Object.entries(options?.types ?? {})) {
    const column = names.map((each) => each.indexOf(name)).find((index) => index >= 0);
    if (column !== undefined) thread.kernel.declareColumn(column, TYPES[type]);
  }
}
