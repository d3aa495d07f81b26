import { ConditionError } from '../errors.ts';
import type { RowQuery } from '../filter/row-query.ts';
import type { Bounds, ColumnTest, FilterColumn } from '../filter/row-tests.ts';
import {
  BOOLEAN,
  CLASSES,
  CODE,
  DATE,
  DATETIME,
  DECIMAL,
  EMPTY,
  INTEGER,
  NESTED,
  NULL_CLASSES,
  TOKEN,
} from '../kernel/border/classes.ts';
import {
  BAD_TEST,
  BIT_TEST,
  CLASS_TEST,
  CONTAINS_TEST,
  COUNTED,
  HAS_HIGH,
  HAS_LOW,
  HASH_TEST,
  HIGH_OPEN,
  IN_BYTES,
  LENGTH_TEST,
  LOW_OPEN,
  MARK_TEST,
  NEGATED,
  NUMBER_TEST,
  REPLACED,
  REPLACED_NUL,
  SPACE_TEST,
  STARTS_TEST,
  SWALLOWED_TEST,
  TEXTS_TEST,
  TIME_TEST,
} from '../kernel/border/tests.ts';
import type { ColumnType } from '../statistics/column-type.ts';
import { textBytes } from '../text/text-bytes.ts';
import { markOf } from './column-notes.ts';
import type { KernelThread } from './kernel-thread.ts';
import { classesLike } from './resemblance.ts';

/** A test as the kernel takes it (kernel/filter/tests.ts). */
interface KernelTest {
  kind: number;
  column?: number;
  flags?: number;
  classes?: number;
  low?: number;
  high?: number;
  texts?: Uint8Array[];
}

const bit = (kind: number) => 2 ** kind;
const bitsOf = (kinds: Iterable<number>) => [...new Set(kinds)].reduce((bits, kind) => bits + bit(kind), 0);
const NULLS = [EMPTY, TOKEN];
const VALUES = Array.from({ length: CLASSES - NULL_CLASSES }, (_, i) => NULL_CLASSES + i);
const NUMBERS = [INTEGER, DECIMAL, CODE];
/** Classes of the values that are of a type. */
const OF_TYPE: Readonly<Record<ColumnType, readonly number[]>> = {
  integer: NUMBERS,
  decimal: NUMBERS,
  boolean: [BOOLEAN],
  date: [DATE, DATETIME],
  datetime: [DATE, DATETIME],
  json: [NESTED],
  text: VALUES,
  empty: [],
};
/** Nothing passes. */
const NEVER: KernelTest = { kind: CLASS_TEST, classes: 0 };

/** Adds the tests of a query to the job that has begun on this thread; those first that cost least. */
export function addTests(thread: KernelThread, query: RowQuery): void {
  const { tests, repeated, hashes, finds = {} } = query;
  if (finds.repeated || finds.hashOf !== undefined) {
    add(thread, NEVER);
    return;
  }
  if (finds.classesOf !== undefined) {
    add(thread, { ...NEVER, column: finds.classesOf, flags: COUNTED });
    return;
  }
  const flags = (is: boolean) => (is ? 0 : NEGATED);
  if (tests.bad !== undefined) add(thread, { kind: BAD_TEST, flags: flags(tests.bad) });
  if (tests.duplicate !== undefined) add(thread, { kind: BIT_TEST, flags: flags(tests.duplicate), texts: [repeated!] });
  for (const test of tests.columns) add(thread, { column: test.column, ...kernelTest(test, query) });
  for (const hash of hashes ?? []) add(thread, hash ? { kind: HASH_TEST, texts: [hash] } : NEVER);
}
function add(
  thread: KernelThread,
  {
    kind,
    column = 0,
    flags = 0,
    classes = 0,
    low = Number.NEGATIVE_INFINITY,
    high = Number.POSITIVE_INFINITY,
    texts = [],
  }: KernelTest,
): void {
  const { kernel } = thread;
  kernel.addTest(kind, column, flags, classes, low, high);
  for (const text of texts) thread.view(kernel.addText(text.length), text.length).set(text);
  if (kernel.endTest() === 0)
    throw new ConditionError('A bound of a date or datetime must be one such as 2024-05-31, or as the file writes it.');
}

function kernelTest(test: ColumnTest, query: RowQuery): KernelTest {
  const { encoding, columns } = query;
  const facts = columns[test.column]!;
  switch (test.kind) {
    case 'texts':
      return textTest(TEXTS_TEST, test.texts, query, test.is);
    case 'contains':
      return textTest(CONTAINS_TEST, [lowerAscii(test.text)], query, true);
    case 'starts':
      return textTest(STARTS_TEST, [test.text], query, true);
    case 'null':
      return { kind: CLASS_TEST, classes: bitsOf(test.is ? NULLS : VALUES) };
    case 'of type':
      return classTest(OF_TYPE[facts.type], test.is);
    case 'resembles':
      return classTest(resembling(facts, test.column, query), test.is);
    case 'like':
      return classTest(resembling(facts, test.column, query, test.like), true);
    case 'number':
      return { kind: NUMBER_TEST, flags: openness(test.bounds) | (test.outside ? NEGATED : 0), ...test.bounds };
    case 'time':
      return timeTest(test.bounds);
    case 'length':
      return { kind: LENGTH_TEST, low: test.min, high: test.max, flags: encoding === 'windows-1252' ? IN_BYTES : 0 };
    case 'invisible': {
      const mark = markOf(test.code, encoding);
      return mark === undefined ? NEVER : { kind: MARK_TEST, low: mark };
    }
    default:
      return { kind: test.kind === 'white space' ? SPACE_TEST : SWALLOWED_TEST, flags: test.is ? 0 : NEGATED };
  }
}
const resembling = (facts: FilterColumn, column: number, { classCounts }: RowQuery, like?: string) =>
  classesLike(facts.resembles!, classCounts?.get(column), like);
function classTest(classes: readonly number[], is: boolean): KernelTest {
  return { kind: CLASS_TEST, classes: bitsOf(is ? classes : VALUES.filter((kind) => !classes.includes(kind))) };
}
const lowerAscii = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function textTest(kind: number, texts: readonly string[], { encoding }: RowQuery, is: boolean): KernelTest {
  const written = texts.map((text) => textBytes(text, encoding)).filter((bytes) => bytes !== undefined);
  if (written.length === 0 && kind !== TEXTS_TEST) return NEVER;
  const replaced = texts.some((text) => text.includes('\ufffd'));
  const flag = encoding === 'windows-1252' ? REPLACED_NUL : REPLACED;
  return { kind, flags: (replaced ? flag : 0) | (is ? 0 : NEGATED), texts: written };
}
const openness = ({ lowIsOpen, highIsOpen }: Bounds<unknown>) =>
  (lowIsOpen ? LOW_OPEN : 0) | (highIsOpen ? HIGH_OPEN : 0);
function timeTest(bounds: Bounds<string>): KernelTest {
  const { low, high } = bounds;
  const texts = [low, high].filter((text) => text !== undefined).map((text) => Buffer.from(text));
  const has = (low === undefined ? 0 : HAS_LOW) | (high === undefined ? 0 : HAS_HIGH);
  return { kind: TIME_TEST, flags: openness(bounds) | has, texts };
}
