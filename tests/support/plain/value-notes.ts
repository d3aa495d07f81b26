import { EXAMPLES } from '../../../src/processing/limits.ts';
import type { ColumnFacts, ColumnType, Resemblance } from '../../../src/processing/profile-types.ts';
import { invisibleCharacters } from '../../../src/processing/text/invisible.ts';
import { type Encoding, textOf } from '../../../src/processing/text/text-reading.ts';
import type { ValueKind } from '../../../src/processing/text/value-type.ts';
import { spellingOf } from './spelling.ts';

type Kind = ValueKind | 'json';
interface Seen {
  /** One character a byte. */
  text: string;
  trimmed: string;
  row: number;
  kind: Kind;
  spelling: ReturnType<typeof spellingOf>;
}
/** Where a column is in a CSV; undefined for JSON. */
export interface ColumnPlace {
  index: number;
  columns: number;
  delimiter: string;
}
type Remarked = Pick<ColumnFacts, 'resembles' | 'longest' | 'pointGroups' | 'whiteSpace' | 'invisible' | 'swallowed'>;
const isText = ({ kind }: Seen) => kind === 'text';

/**
 * Notes on a column's values (white space, spellings …): all values are kept, and looked at one after another at the
 * end.
 */
export class ValueNotes {
  readonly #seen: Seen[] = [];
  readonly #place: ColumnPlace | undefined;
  constructor(place: ColumnPlace | undefined) {
    this.#place = place;
  }
  add(kind: Kind, text: string, trimmed: string, row: number): void {
    this.#seen.push({ kind, text, trimmed, row, spelling: kind === 'text' ? spellingOf(trimmed) : undefined });
  }

  facts(type: ColumnType, max: number, encoding: Encoding, show: (text: string) => string): Remarked {
    const noted = (list: Seen[]) =>
      list.length > 0 ? { count: list.length, row: list[0]!.row, value: show(list[0]!.text) } : undefined;
    const values = this.#seen.filter(({ kind }) => kind !== 'json');
    const swallowed = values.filter((value) => this.#lines(value) > 0);
    return {
      resembles: type === 'text' ? this.#resembles(show) : undefined,
      longest: type === 'text' ? this.#longest(max, encoding) : undefined,
      pointGroups: type === 'decimal' ? this.#pointGroups() : undefined,
      whiteSpace: noted(values.filter(({ text, trimmed }) => text !== trimmed)),
      invisible: this.#invisible(values, encoding, noted),
      swallowed:
        swallowed.length > 0
          ? { ...noted(swallowed)!, lines: swallowed.reduce((sum, value) => sum + this.#lines(value), 0) }
          : undefined,
    };
  }

  #lines({ text }: Seen): number {
    if (!this.#place) return 0;
    const { index, columns, delimiter } = this.#place;
    const lines = text.split(/\r\n|\r|\n/);
    const widths = lines.map((line) => line.split(delimiter).length);
    const inside = widths.slice(1, -1);
    const least = columns > 2 ? 2 : index > 0 ? 3 : 20;
    const isSwallowed =
      columns > 1 &&
      inside.length >= least &&
      widths[0] === columns - index &&
      inside.every((width) => width === columns);
    return isSwallowed ? lines.length : 0;
  }

  #invisible(
    values: Seen[],
    encoding: Encoding,
    noted: (list: Seen[]) => { count: number; row: number; value: string } | undefined,
  ) {
    const byCode = new Map<number, Seen[]>();
    for (const value of values) {
      const { text, spelling } = value;
      const isNumber =
        spelling?.type === 'number' && spelling.like !== 'characters that do not show' && spelling.like !== 'groups';
      const isMeant = (code: number, at: number, length: number) =>
        isNumber && [0xa0, 0x2009, 0x202f].includes(code) && at > 0 && at + 1 < length;
      const codes = new Set<number>();
      if (encoding === 'windows-1252') {
        for (const { 0: byte, index } of text.matchAll(/(?<![\x80-\xff])[\xa0\xad]/g))
          if (!isMeant(byte.charCodeAt(0), index, text.length)) codes.add(byte.charCodeAt(0));
      } else {
        const decoded = textOf(text, { encoding, hasNul: false });
        for (const { code, at } of invisibleCharacters.find(decoded))
          if (!isMeant(code, at, decoded.length)) codes.add(code);
      }
      for (const code of codes) byCode.set(code, [...(byCode.get(code) ?? []), value]);
    }
    const order = (code: number) => (code === 0x3000 ? 0x2fff : code);
    const list = [...byCode]
      .sort(([a], [b]) => order(a) - order(b))
      .map(([code, found]) => ({ codePoint: invisibleCharacters.name(code), ...noted(found)! }))
      .sort((a, b) => b.count - a.count);
    return list.length > 0 ? list : undefined;
  }

  #pointGroups(): number | undefined {
    const points = this.#seen.filter(({ kind }) => kind === 'decimal');
    const others = this.#seen.filter(({ kind }) => kind === 'integer');
    const isRound = points.some(({ trimmed }) => trimmed.endsWith('0'));
    return this.#mayBeGroups() && others.length > 0 && isRound ? points.length : undefined;
  }
  /** No number says that a point is none between groups. */
  #mayBeGroups(): boolean {
    return this.#seen.every(({ kind, trimmed }) =>
      kind === 'decimal'
        ? /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(trimmed)
        : kind === 'integer'
          ? /^[+-]?\d{1,3}$/.test(trimmed)
          : true,
    );
  }

  #longest(max: number, encoding: Encoding): ColumnFacts['longest'] {
    const lengthOf = (text: string) => [...textOf(text, { encoding: 'utf-8', hasNul: false })].length;
    // the kernel counts characters of UTF-8, which are as many as those of windows-1252 while none has several bytes
    if (encoding === 'windows-1252' && this.#seen.some(({ text }) => lengthOf(text) !== text.length)) return undefined;
    const texts = this.#seen.filter(isText).map(({ text }) => ({ text, length: lengthOf(text) }));
    const of = (length: number) => texts.filter((each) => each.length === length);
    if (texts.every(({ length }) => length < max) || max < 20 || max > 1_022) return undefined;
    if (new Set(of(max).map(({ text }) => text)).size < 3) return undefined;
    const next = Math.max(...Array.from({ length: 10 }, (_, i) => of(max - 1 - i).length));
    const lengths = new Set(texts.map(({ length }) => length).filter((length) => length < max && length >= max / 2))
      .size;
    return of(max).length > next ? { count: of(max).length, next, lengths } : undefined;
  }

  #resembles(show: (text: string) => string): Resemblance | undefined {
    const placed = ({ row, text }: Seen) => ({ row, value: show(text) });
    const ofKind = (...kinds: Kind[]) => this.#seen.filter(({ kind }) => kinds.includes(kind));
    const likes = (like: string) => this.#seen.filter(({ spelling }) => spelling?.like === like).length;
    const points = this.#mayBeGroups() && ofKind('integer', 'decimal', 'code').length > 0;
    const groupsAreNumbers = likes('groups') > 0 && (points || likes('thousands') > 0);
    const versionsAreDates = likes('31.05.2024') > 0;
    const spelledAs = ({ spelling, kind }: Seen, type: Resemblance['type']): string | undefined => {
      if (type === 'number' && kind === 'decimal' && groupsAreNumbers && points) return 'thousands';
      if (!spelling || spelling.type !== type) return undefined;
      const { like } = spelling;
      if (like === 'groups') return groupsAreNumbers ? 'thousands' : undefined;
      if (like === 'version') return versionsAreDates ? '31.05.2024' : undefined;
      if (like === '1,234') return likes('decimal comma') > 0 ? 'decimal comma' : 'thousands';
      return like;
    };
    const kinds = { number: ['integer', 'decimal', 'code'], date: ['date', 'datetime'], boolean: ['boolean'] };
    const fits = (value: Seen, type: Resemblance['type']) =>
      kinds[type].includes(value.kind) || spelledAs(value, type) !== undefined;
    const counted = (['number', 'date', 'boolean'] as const).map((type) => ({
      type,
      matching: this.#seen.filter((value) => fits(value, type)).length,
    }));
    const { type, matching } = counted.reduce((most, each) => (each.matching > most.matching ? each : most));
    if (matching === 0 || matching < this.#seen.length * 0.05) return undefined;
    const spellings = new Map<string, number>();
    for (const value of this.#seen) {
      const like = spelledAs(value, type);
      if (like) spellings.set(like, (spellings.get(like) ?? 0) + 1);
    }
    const others = this.#seen.filter((value) => isText(value) && spelledAs(value, type) !== undefined);
    const codes = type === 'number' ? ofKind('code') : [];
    return {
      type,
      matching,
      exceptions: this.#seen.length - matching,
      spellings: [...spellings]
        .map(([like, count]) => ({ like, count }))
        .sort((a, b) => b.count - a.count || ORDER.indexOf(a.like) - ORDER.indexOf(b.like)),
      first: others[0] && placed(others[0]),
      codes: codes.length,
      firstCode: codes[0] && placed(codes[0]),
      examples: this.#seen
        .filter((value) => !fits(value, type))
        .slice(0, EXAMPLES)
        .map(placed),
    };
  }
}

const ORDER = [
  ...['currency', 'percent', 'parentheses', 'limits such as <5', 'a minus at the end', 'another minus sign'],
  ...['a suffix such as k', 'digits of another script', 'lakh groups', 'thousands', 'decimal comma'],
  ...['characters that do not show', '2024-05-31 10:00:00,123', '2024-05-31 10:00:00 UTC', '2024-05-31 3:05 PM'],
  ...['2024-05-31 3:05', '2024-5-31', '2024/05/31', '2024.05.31', '31/05/2024', '05/31/2024', '5/6/2024', '31.05.2024'],
  ...['31-05-2024', '05-31-2024', '5-6-2024', 'May 31, 2024', '31 May 2024', '20240531T100000Z'],
];
