import { EXAMPLES } from '../../../src/processing/limits.ts';
import type { ColumnFacts, ColumnType, NumericFacts, Value } from '../../../src/processing/profile-types.ts';
import { ListedNumbers, ListedPairs } from '../../../src/processing/statistics/in-memory-numbers.ts';
import { numericFacts } from '../../../src/processing/statistics/numeric-facts.ts';
import { type Encoding, type TextReading, textOf } from '../../../src/processing/text/text-reading.ts';
import { cut } from '../../../src/processing/text/trim.ts';
import { kindOf, type ValueKind } from '../../../src/processing/text/value-type.ts';
import { plainDates } from './charts.ts';
import { compareInstants, type Instant, instantOf } from './instant.ts';
import { topValues } from './top-values.ts';
import { type ColumnPlace, ValueNotes } from './value-notes.ts';

/** Code points of a value that are shown. */
const SHOWN = 256;

/** Kinds that make a type together. */
type Group = 'number' | 'boolean' | 'time' | 'json' | 'text';
const GROUPS: Record<ValueKind | 'json', Group> = {
  integer: 'number',
  decimal: 'number',
  code: 'number',
  boolean: 'boolean',
  date: 'time',
  datetime: 'time',
  json: 'json',
  text: 'text',
};
interface Seen {
  count: number;
  /** JSON strings among them. */
  strings: number;
  examples: { row: number; text: string }[];
}
interface Moment {
  at: Instant;
  text: string;
}

/** How the texts of a file are kept: one character a byte in CSV, JavaScript's own in JSON (no encoding). */
interface Texts {
  bytes(text: string): Buffer;
  show(bytes: Buffer): string;
  codePoints(text: string): number;
}
/**
 * UTF-8; what it cannot say keeps its place in the order of bytes: a lone surrogate as three bytes, U+0000 as C0 80.
 */
function wtf8(character: string): Buffer {
  const point = character.codePointAt(0)!;
  if (point === 0) return Buffer.of(0xc0, 0x80);
  if (character.isWellFormed()) return Buffer.from(character);
  return Buffer.of(0xed, 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
}
function textsOf(reading: TextReading | undefined): Texts {
  if (reading === undefined)
    return {
      bytes: (text) => Buffer.concat(Array.from(text, wtf8)),
      show: (bytes) => cut(textOf(bytes.toString('latin1'), { encoding: 'utf-8', hasNul: false }), SHOWN),
      codePoints: (text) => [...text].length,
    };
  return {
    bytes: (text) => Buffer.from(text, 'latin1'),
    show: (bytes) => cut(textOf(bytes.toString('latin1'), reading), SHOWN),
    codePoints: (text) => [...textOf(text, reading)].length,
  };
}

/** What is known of a column, value by value: every number and every different text is kept. */
export class Column {
  readonly #texts: Texts;
  readonly #json: boolean;
  readonly #nulls = new Map<string, number>();
  readonly #kinds = new Set<ValueKind | 'json'>();
  readonly #groups = new Map<Group, Seen>();
  readonly #counts = new Map<string, number>();
  readonly #lengths = { min: Number.POSITIVE_INFINITY, max: 0, sum: 0 };
  #earliest: Moment | undefined;
  #latest: Moment | undefined;
  readonly #seconds: number[] = [];
  readonly #numbers: { row: number; value: number; exact: Value }[] = [];

  readonly #notes: ValueNotes;
  readonly #encoding: Encoding;

  /** @param reading of the CSV, and the column's place in it; undefined for JSON */
  constructor(reading: TextReading | undefined, place?: ColumnPlace) {
    this.#notes = new ValueNotes(place);
    this.#encoding = reading?.encoding ?? 'utf-8';
    this.#texts = textsOf(reading);
    this.#json = reading === undefined;
  }

  addNull(token: string, times = 1): void {
    this.#nulls.set(token, (this.#nulls.get(token) ?? 0) + times);
  }
  /** A non-null value as it stands in the file, and trimmed. @param string a JSON string */
  add(text: string, trimmed: string, row: number, string = false): void {
    const kind = kindOf(trimmed);
    this.#add(kind, text, row, string);
    const binary = (part: string) => this.#texts.bytes(part).toString('latin1');
    this.#notes.add(kind, binary(text), binary(trimmed), row);
    if (kind === 'integer' || kind === 'decimal') {
      const value = Number(trimmed);
      const exact = kind === 'integer' && !Number.isSafeInteger(value) ? BigInt(trimmed) : value || 0;
      this.#numbers.push({ row, value, exact });
    } else if (kind === 'date' || kind === 'datetime') this.#time(trimmed);
  }
  /** @param text as JSON.stringify writes it */
  addNested(text: string, row: number): void {
    this.#add('json', text, row, false);
    this.#notes.add('json', this.#texts.bytes(text).toString('latin1'), '', row);
  }

  #add(kind: ValueKind | 'json', text: string, row: number, string: boolean): void {
    this.#kinds.add(kind);
    const group = GROUPS[kind];
    let seen = this.#groups.get(group);
    if (!seen) {
      seen = { count: 0, strings: 0, examples: [] };
      this.#groups.set(group, seen);
    }
    seen.count++;
    if (string) seen.strings++;
    if (seen.examples.length < EXAMPLES) seen.examples.push({ row, text });
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
    const length = this.#texts.codePoints(text);
    this.#lengths.min = Math.min(this.#lengths.min, length);
    this.#lengths.max = Math.max(this.#lengths.max, length);
    this.#lengths.sum += length;
  }

  #time(text: string): void {
    const moment = { at: instantOf(text), text };
    this.#seconds.push(moment.at.seconds);
    if (!this.#earliest || compareInstants(moment.at, this.#earliest.at) < 0) this.#earliest = moment;
    if (!this.#latest || compareInstants(moment.at, this.#latest.at) > 0) this.#latest = moment;
  }

  /**
   * At least 95 % of the non-null values must agree; one code makes numbers text; any datetime among dates makes
   * datetimes.
   */
  #type(count: number): { type: ColumnType; group: Group | undefined } {
    if (count === 0) return { type: 'empty', group: undefined };
    const most = (group: Group) => (this.#groups.get(group)?.count ?? 0) * 100 >= count * 95;
    if (most('number')) {
      if (this.#kinds.has('code')) return { type: 'text', group: undefined };
      return { type: this.#kinds.has('decimal') ? 'decimal' : 'integer', group: 'number' };
    }
    if (most('boolean')) return { type: 'boolean', group: 'boolean' };
    if (most('time')) return { type: this.#kinds.has('datetime') ? 'datetime' : 'date', group: 'time' };
    return most('json') ? { type: 'json', group: 'json' } : { type: 'text', group: undefined };
  }

  /** After the last row. */
  facts(name: string): ColumnFacts {
    const groups = [...this.#groups];
    const count = groups.reduce((total, [, seen]) => total + seen.count, 0);
    const { type, group } = this.#type(count);
    const matching = groups.filter(([each]) => group === undefined || each === group).map(([, seen]) => seen);
    const others = groups.filter(([each]) => group !== undefined && each !== group).map(([, seen]) => seen);
    const total = (seen: Seen[], of: 'count' | 'strings') => seen.reduce((sum, each) => sum + each[of], 0);
    const { bytes, show } = this.#texts;
    const texts = [...this.#counts.keys()];
    const top = topValues({
      counts: Float64Array.from(this.#counts.values()),
      bytes: (index) => bytes(texts[index]!),
    });
    return {
      name,
      type,
      count,
      nullCount: [...this.#nulls.values()].reduce((a, b) => a + b, 0),
      nullTokens: new Map([...this.#nulls].sort(([a], [b]) => (a < b ? -1 : 1))),
      evidence: {
        matching: total(matching, 'count'),
        exceptions: total(others, 'count'),
        ...(this.#json ? { strings: total(matching, 'strings') } : {}),
        examples: others
          .flatMap(({ examples }) => examples)
          .sort((a, b) => a.row - b.row)
          .slice(0, EXAMPLES)
          .map(({ row, text }) => ({ row, value: show(bytes(text)) })),
      },
      distinct: { count: texts.length, exact: true },
      topValues: top.map((value) => ({ value: show(value.bytes), count: value.count })),
      numeric: type === 'integer' || type === 'decimal' ? this.#numericFacts(type === 'integer') : undefined,
      range:
        type === 'date' || type === 'datetime'
          ? { min: show(bytes(this.#earliest!.text)), max: show(bytes(this.#latest!.text)) }
          : undefined,
      dateHistogram: type === 'date' || type === 'datetime' ? plainDates(this.#seconds, type === 'date') : undefined,
      length:
        type === 'text'
          ? { min: this.#lengths.min, max: this.#lengths.max, mean: this.#lengths.sum / count }
          : undefined,
      ...this.#notes.facts(type, this.#lengths.max, this.#encoding, (text) => show(Buffer.from(text, 'latin1'))),
    };
  }

  #numericFacts(isWhole: boolean): NumericFacts {
    const numbers = this.#numbers;
    // doubles that are equal may stand for integers that are not
    const min = numbers.reduce((a, b) => (b.exact < a.exact ? b : a));
    const max = numbers.reduce((a, b) => (b.exact > a.exact ? b : a));
    const digits = new Map(numbers.map(({ row, exact }) => [row, exact]));
    const bag = {
      min: min.value,
      max: max.value,
      count: numbers.length,
      pairs: new ListedPairs(new Float64Array()),
      stored: new ListedNumbers(Float64Array.from(numbers, ({ value }) => value)),
    };
    const exact = { min: min.exact, max: max.exact, ofRow: (row: number) => digits.get(row) };
    return numericFacts(bag, numbers, exact, isWhole);
  }
}
