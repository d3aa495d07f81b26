import { MAX_DEPTH } from '../../limits.ts';
import { pointerTo } from './pointer.ts';

const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN = 123;
const CLOSE = 125;

/** Members of the outermost object and lists of objects that are kept by name, for sentences. */
const MOST_NAMED = 16;
/** Levels of objects in which lists of objects are looked for, to be named. */
const NAMED_LEVELS = 4;
/** Bytes of a key that are compared and named; a longer one is no part of a pointer. */
const MOST_KEY_BYTES = 16_384;
/** Characters of a number that are checked. */
const MOST_SCALAR = 4_096;

const SCALAR = /^(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const LENIENT_SCALAR = /^(?:NaN|-?Infinity)$/;
const ENDS_SCALAR = new Uint8Array(256);
for (const byte of [9, 10, 13, 32, QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE]) ENDS_SCALAR[byte] = 1;

/** What may come next outside strings, scalars and records. */
type Next = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

type MemberKind =
  | 'object'
  | 'list'
  | 'empty list'
  | 'list of objects'
  | 'list of lists'
  | 'mixed list'
  | 'text'
  | 'number'
  | 'other';
export interface Member {
  name: string;
  kind: MemberKind;
  /** Its first key is `0`: a column by its rows. */
  isByRow?: boolean;
}

/** An object or list that is open. */
interface Level {
  isList: boolean;
  /** The key, or the index, of the value that is read in it. */
  key: string;
  index: number;
  /** Its own keys on the way from the outermost value are all objects' keys. */
  isNamed: boolean;
  /** Parts of the pointer that lead to it; undefined when it is beside the way. */
  matched: number | undefined;
}

/**
 * Follows the text of one JSON value, chunk by chunk, to the list in it that holds the records: the one that a pointer
 * names, or the only list of objects among the members of the outermost object. What stands outside that list is
 * checked here, its inside is for the reader of records. Memory: a level for each of MAX_DEPTH, and some names.
 */
export class WrapperScanner {
  /** Offset behind the value, once it has ended. */
  ended: number | undefined;
  /** Where something other than white space stands behind it. */
  moreAt: number | undefined;
  /** It has a line feed. */
  spansLines = false;
  /** What is wrong outside the list. */
  fault: { what: string; at: number } | undefined;
  /** Where the inside of the list begins, and where it ends behind its bracket. */
  begin: number | undefined;
  end: number | undefined;
  /** Members of the outermost object that are lists of objects. */
  candidates = 0;
  memberCount = 0;
  readonly members: Member[] = [];
  /** Pointers to lists of objects, in order. */
  readonly lists: string[] = [];
  /** What the pointer names, when it is no list. */
  wrongTarget: 'an object' | 'a text' | 'another value' | undefined;

  /** The pointer names another value too, behind the list: a member with the same name. */
  isRepeated = false;

  readonly #pointer: readonly string[] | undefined;
  readonly #isLenient: boolean;
  #at = 0;
  #next: Next = 'value';
  readonly #levels: Level[] = [];
  #inString = false;
  #isKey = false;
  /** 1 behind a backslash, then hexadecimal digits that are still due plus 1. */
  #escape = 0;
  #key: Buffer[] = [];
  #keyBytes = 0;
  #scalar = '';
  /** Objects and lists that are open inside the list of records; 0 outside of it. */
  #inside = 0;

  /** @param pointer to the list; undefined: it is found */
  constructor(pointer: readonly string[] | undefined, isLenient: boolean) {
    this.#pointer = pointer;
    this.#isLenient = isLenient;
  }

  /** One that begins inside the list of records. */
  static inRecords(): WrapperScanner {
    const scanner = new WrapperScanner(undefined, false);
    scanner.begin = 0;
    scanner.#inside = 1;
    return scanner;
  }
  /** Stops at a fault, and at what stands behind the value. */
  push(chunk: Buffer): void {
    let i = 0;
    while (i < chunk.length && !this.fault && this.moreAt === undefined) {
      if (this.#inside > 0) i = this.#skipRecords(chunk, i);
      else if (this.#inString) i = this.#readString(chunk, i);
      else i = this.#step(chunk, i);
    }
    this.#at += chunk.length;
  }

  #fail(what: string, i: number): number {
    this.fault = { what, at: this.#at + i };
    return i;
  }
  #step(chunk: Buffer, i: number): number {
    const byte = chunk[i]!;
    if (this.#scalar !== '') {
      if (ENDS_SCALAR[byte] === 0) {
        if (this.#scalar.length < MOST_SCALAR) this.#scalar += String.fromCharCode(byte);
        return i + 1;
      }
      const isRight = SCALAR.test(this.#scalar) || (this.#isLenient && LENIENT_SCALAR.test(this.#scalar));
      if (!isRight && this.#scalar.length < MOST_SCALAR) return this.#fail('expected a value', i - this.#scalar.length);
      this.#scalar = '';
      this.#valueEnded(i);
    }
    if (byte === LF) this.spansLines ||= this.ended === undefined;
    if (byte === 32 || byte === LF || byte === 13 || byte === 9) return i + 1;
    const next = this.#next;
    if (next === 'nothing') this.moreAt = this.#at + i;
    else if (byte === CLOSE_LIST && (next === 'value or end' || (next === 'comma or end' && this.#top.isList))) {
      if (next === 'value or end') this.#noteEmpty();
      this.#close(i);
    } else if (byte === CLOSE && (next === 'key or end' || (next === 'comma or end' && !this.#top.isList)))
      this.#close(i);
    else if (next === 'value' || next === 'value or end') return this.#beginValue(byte, i);
    else if (next === 'key' || next === 'key or end') {
      if (byte !== QUOTE) return this.#fail('expected a key in double quotes', i);
      this.#beginString(true);
    } else if (next === 'colon') {
      if (byte !== COLON) return this.#fail('expected a colon after the key', i);
      this.#next = 'value';
    } else {
      if (byte !== COMMA)
        return this.#fail(`expected a comma or the end of the ${this.#top.isList ? 'list' : 'object'}`, i);
      if (this.#top.isList) this.#top.index++;
      this.#next = this.#top.isList ? 'value' : 'key';
    }
    return i + 1;
  }
  get #top(): Level {
    return this.#levels.at(-1)!;
  }

  #beginValue(byte: number, i: number): number {
    const top = this.#levels.at(-1);
    this.#noteElement(byte);
    if (this.#isTarget(top)) {
      if (byte === OPEN_LIST) {
        this.#openRecords(this.#at + i + 1);
        return i + 1;
      }
      this.wrongTarget = byte === OPEN ? 'an object' : byte === QUOTE ? 'a text' : 'another value';
    }
    if (byte === QUOTE) {
      this.#beginString(false);
      return i + 1;
    }
    if (byte !== OPEN && byte !== OPEN_LIST) {
      this.#scalar = String.fromCharCode(byte);
      return ENDS_SCALAR[byte] === 1 ? this.#fail('expected a value', i) : i + 1;
    }
    if (this.#levels.length >= MAX_DEPTH) return this.#fail(`the nesting is deeper than ${MAX_DEPTH} levels`, i);
    if (this.#isFound(byte)) {
      if (this.begin === undefined) {
        this.#inside = 1;
        this.begin = this.#at + i;
        return i;
      }
    }
    const matched = top === undefined ? 0 : this.#matches(top) ? top.matched! + 1 : undefined;
    const isNamed = top === undefined || (top.isNamed && !top.isList && this.#levels.length <= NAMED_LEVELS);
    this.#levels.push({ isList: byte === OPEN_LIST, key: '', index: 0, isNamed, matched });
    this.#next = byte === OPEN_LIST ? 'value or end' : 'key or end';
    return i + 1;
  }
  /** A value of the outermost object begins, or one of a list. */
  #noteElement(byte: number): void {
    const levels = this.#levels;
    const top = levels.at(-1);
    if (levels.length === 1 && !top!.isList) {
      this.memberCount++;
      if (this.members.length < MOST_NAMED) this.members.push({ name: top!.key, kind: kindOf(byte) });
    }
    if (levels.length === 2 && byte === OPEN && top!.isList && top!.index > 0) this.#noteObject();
    if (!top?.isList || top.index > 0 || this.#next !== 'value or end' || !top.isNamed) return;
    if (byte === OPEN) {
      if (levels.length === 2 && !levels[0]!.isList) this.candidates++;
      if (levels.length > 1 && this.lists.length < MOST_NAMED)
        this.lists.push(pointerTo(levels.slice(0, -1).map(({ key }) => key)));
    }
    if (levels.length !== 2 || this.memberCount > this.members.length) return;
    this.members.at(-1)!.kind = byte === OPEN ? 'list of objects' : byte === OPEN_LIST ? 'list of lists' : 'list';
  }
  /** An object behind other values, in a member that began with a number or a text. */
  #noteObject(): void {
    const member = this.memberCount > this.members.length ? undefined : this.members.at(-1);
    if (member?.kind === 'list') member.kind = 'mixed list';
  }
  /** The first object of the first list of objects among the members, where no pointer names another one. */
  #isFound(byte: number): boolean {
    const { length } = this.#levels;
    return (
      this.#pointer === undefined &&
      byte === OPEN &&
      length === 2 &&
      this.#top.isList &&
      this.#top.index === 0 &&
      !this.#levels[0]!.isList
    );
  }
  #isTarget(top: Level | undefined): boolean {
    if (this.#pointer === undefined) return false;
    const isIt =
      top === undefined ? this.#pointer.length === 0 : this.#matches(top) && top.matched! + 1 === this.#pointer.length;
    if (isIt && (this.begin !== undefined || this.wrongTarget)) this.isRepeated = true;
    return isIt && this.begin === undefined;
  }
  #matches(top: Level): boolean {
    if (this.#pointer === undefined || top.matched === undefined) return false;
    return (top.isList ? String(top.index) : top.key) === this.#pointer[top.matched];
  }
  #openRecords(begin: number): void {
    this.#levels.push({ isList: true, key: '', index: 0, isNamed: false, matched: undefined });
    this.begin = begin;
    this.#inside = 1;
  }

  #beginString(isKey: boolean): void {
    this.#inString = true;
    this.#isKey = isKey;
    this.#key = [];
    this.#keyBytes = 0;
  }
  #readString(chunk: Buffer, from: number): number {
    let i = from;
    for (; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (this.#escape > 1) {
        if (!isHex(byte)) return this.#fail('unknown escape in a string', i);
        this.#escape = this.#escape === 2 ? 0 : this.#escape - 1;
      } else if (this.#escape === 1) {
        if (!'"\\/bfnrtu'.includes(String.fromCharCode(byte))) return this.#fail('unknown escape in a string', i);
        this.#escape = byte === 0x75 ? 5 : 0;
      } else if (byte === BACKSLASH) this.#escape = 1;
      else if (byte === QUOTE) break;
      else if (byte < 32) return this.#fail('a control character in a string must be escaped', i);
    }
    if (this.#isKey && this.#keyBytes < MOST_KEY_BYTES) {
      this.#keyBytes += i - from;
      this.#key.push(Buffer.from(chunk.subarray(from, i)));
    }
    if (i === chunk.length) return i;
    this.#inString = false;
    if (this.#isKey) {
      this.#top.key = this.#keyBytes < MOST_KEY_BYTES ? JSON.parse(`"${Buffer.concat(this.#key).toString()}"`) : '…';
      if (this.#levels.length === 2 && this.#next === 'key or end' && this.memberCount <= this.members.length) {
        const member = this.members.at(-1);
        if (member && this.#top.key === '0') member.isByRow = true;
      }
      this.#next = 'colon';
    } else this.#valueEnded(i + 1);
    return i + 1;
  }

  /** Inside the list: strings and brackets are all that counts. */
  #skipRecords(chunk: Buffer, from: number): number {
    let inside = this.#inside;
    let inString = this.#inString;
    let i = from;
    for (; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (inString) {
        if (this.#escape === 1) this.#escape = 0;
        else if (byte === BACKSLASH) this.#escape = 1;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN || byte === OPEN_LIST) inside++;
      else if ((byte === CLOSE || byte === CLOSE_LIST) && --inside === 0) break;
      else if (byte === LF) this.spansLines = true;
    }
    this.#inside = inside;
    this.#inString = inString;
    if (inside > 0) return i;
    this.end = this.#at + i + 1;
    this.#close(i);
    return i + 1;
  }
  /** A list without an element has ended. */
  #noteEmpty(): void {
    const [first, ...others] = this.#levels;
    const isMember = others.length === 1 && !first!.isList && this.memberCount <= this.members.length;
    if (isMember) this.members.at(-1)!.kind = 'empty list';
  }
  #close(i: number): void {
    this.#levels.pop();
    this.#valueEnded(i + 1);
  }
  #valueEnded(i: number): void {
    this.#next = this.#levels.length === 0 ? 'nothing' : 'comma or end';
    if (this.#levels.length === 0) this.ended = this.#at + i;
  }
}

const isHex = (byte: number) => (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102);

function kindOf(byte: number): MemberKind {
  if (byte === QUOTE) return 'text';
  if (byte === OPEN) return 'object';
  if (byte === OPEN_LIST) return 'list';
  return byte === 45 || (byte >= 48 && byte <= 57) ? 'number' : 'other';
}
