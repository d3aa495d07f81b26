import { type Encoding, textOf } from './encoding.ts';
import { type Extreme, Extremes } from './extremes.ts';
import { cut } from './header.ts';
import { compareInstants, type Instant, instantOf } from './instant.ts';
import { EXAMPLES, MAX_DISTINCT } from './limits.ts';
import { ListedNumbers } from './listed-numbers.ts';
import { numericFacts } from './numeric-facts.ts';
import { ownText } from './own-text.ts';
import type { ColumnFacts, ColumnType, NumericFacts, Value } from './profile-types.ts';
import { ValueCounter } from './value-counter.ts';
import { kindOf, type ValueKind } from './value-type.ts';

const FIRST_VALUES = 64;
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
  /** The first ten. */
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
function textsOf(encoding: Encoding | undefined): Texts {
  if (encoding === undefined)
    return {
      bytes: (text) => Buffer.from(text),
      show: (bytes) => cut(bytes.toString().replaceAll('\u0000', '\ufffd'), SHOWN),
      codePoints(text) {
        let pairs = 0;
        for (let i = 0; i < text.length; i++) if (text.codePointAt(i)! > 0xffff) pairs++;
        return text.length - pairs;
      },
    };
  return {
    bytes: (text) => Buffer.from(text, 'latin1'),
    show: (bytes) => cut(textOf(bytes.toString('latin1'), encoding), SHOWN),
    codePoints(text) {
      if (encoding === 'windows-1252') return text.length;
      let behind = 0; // bytes of UTF-8 that begin no character
      for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xc0) === 0x80) behind++;
      return text.length - behind;
    },
  };
}

/**
 * What is known of a column while rows come in, in plain TypeScript: JSON, and CSV in UTF-16. Memory: its numbers (8 bytes each,
 * twice that while growing) and the counted values of value-counter.ts.
 */
export class Column {
  readonly #texts: Texts;
  readonly #json: boolean;
  readonly #nulls = new Map<string, number>(); // at most the tokens of null-tokens.ts
  readonly #kinds = new Map<ValueKind | 'json', number>();
  readonly #groups = new Map<Group, Seen>();
  readonly #counter: ValueCounter;
  readonly #lengths = { min: Number.POSITIVE_INFINITY, max: 0, sum: 0 };
  #earliest: Moment | undefined;
  #latest: Moment | undefined;
  #values = new Float64Array(FIRST_VALUES);
  #count = 0;
  #min: Extreme | undefined;
  #max: Extreme | undefined;
  readonly #largest = new Extremes('largest');
  readonly #smallest = new Extremes('smallest');

  /** @param encoding of the CSV; undefined for JSON */
  constructor(encoding: Encoding | undefined, distinctBound: number | undefined) {
    this.#texts = textsOf(encoding);
    this.#json = encoding === undefined;
    this.#counter = new ValueCounter(distinctBound ?? MAX_DISTINCT);
  }

  addNull(token: string, times = 1): void {
    this.#nulls.set(token, (this.#nulls.get(token) ?? 0) + times);
  }
  /** A non-null value as it stands in the file, and trimmed. @param string a JSON string */
  add(text: string, trimmed: string, row: number, string = false): void {
    const kind = kindOf(trimmed);
    this.#add(kind, text, row, string);
    if (kind === 'integer' || kind === 'decimal') this.#number(trimmed, row, kind === 'integer');
    else if (kind === 'date' || kind === 'datetime') this.#time(trimmed);
  }
  /** @param text as JSON.stringify writes it */
  addNested(text: string, row: number): void {
    this.#add('json', text, row, false);
  }

  #add(kind: ValueKind | 'json', text: string, row: number, string: boolean): void {
    this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    const group = GROUPS[kind];
    let seen = this.#groups.get(group);
    if (!seen) {
      seen = { count: 0, strings: 0, examples: [] };
      this.#groups.set(group, seen);
    }
    seen.count++;
    if (string) seen.strings++;
    if (seen.examples.length < EXAMPLES) seen.examples.push({ row, text: ownText(text.slice(0, SHOWN * 4 + 4)) });
    this.#counter.add(text);
    const length = this.#texts.codePoints(text);
    this.#lengths.min = Math.min(this.#lengths.min, length);
    this.#lengths.max = Math.max(this.#lengths.max, length);
    this.#lengths.sum += length;
  }

  #time(text: string): void {
    const moment = { at: instantOf(text), text: ownText(text) };
    if (!this.#earliest || compareInstants(moment.at, this.#earliest.at) < 0) this.#earliest = moment;
    if (!this.#latest || compareInstants(moment.at, this.#latest.at) > 0) this.#latest = moment;
  }

  #number(text: string, row: number, integer: boolean): void {
    if (this.#kinds.has('code')) return; // a column with one code is text: its numbers are not wanted
    const value = Number(text);
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = value;
    const isMin = !this.#min || value <= this.#min.value;
    const isMax = !this.#max || value >= this.#max.value;
    if (!isMin && !isMax && !this.#largest.wants(value) && !this.#smallest.wants(value)) return;
    const exact: Value = integer && !Number.isSafeInteger(value) ? BigInt(text) : value === 0 ? 0 : value;
    const entry = { row, value, exact };
    // doubles that are equal may stand for integers that are not
    if (isMin && (!this.#min || value < this.#min.value || exact < this.#min.exact)) this.#min = entry;
    if (isMax && (!this.#max || value > this.#max.value || exact > this.#max.exact)) this.#max = entry;
    if (this.#largest.wants(value)) this.#largest.add(entry);
    if (this.#smallest.wants(value)) this.#smallest.add(entry);
  }

  /** At least 95 % of the non-null values must agree; one code makes numbers text; any datetime among dates makes datetimes. */
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
      distinct: this.#counter.distinct(),
      topValues: this.#counter.top(bytes).map((value) => ({ value: show(value.bytes), count: value.count })),
      numeric: type === 'integer' || type === 'decimal' ? this.#numericFacts() : undefined,
      range:
        type === 'date' || type === 'datetime'
          ? { min: show(bytes(this.#earliest!.text)), max: show(bytes(this.#latest!.text)) }
          : undefined,
      length:
        type === 'text'
          ? { min: this.#lengths.min, max: this.#lengths.max, mean: this.#lengths.sum / count }
          : undefined,
    };
  }

  #numericFacts(): NumericFacts {
    const extremes = [...this.#largest.entries, ...this.#smallest.entries];
    const digits = new Map(extremes.map(({ row, exact }) => [row, exact]));
    const bag = {
      min: this.#min!.value,
      max: this.#max!.value,
      count: this.#count,
      pairs: { values: new Float64Array(), counts: new Float64Array() },
      stored: new ListedNumbers(this.#values.subarray(0, this.#count)),
    };
    return numericFacts(bag, extremes, {
      min: this.#min!.exact,
      max: this.#max!.exact,
      ofRow: (row) => digits.get(row),
    });
  }
}
