import { isUtf8 } from 'node:buffer';
import { DatasetError } from '../../errors.ts';
import { mebibytes } from '../../limits.ts';

const [TAB, LF, CR, SPACE, QUOTE, APOSTROPHE, SLASH, COLON, LESS, GREATER] = [9, 10, 13, 32, 34, 39, 47, 58, 60, 62];
const [EXCLAMATION, QUESTION] = [33, 63];

/**
 * Bytes of a tag, a comment or a run of text: it is in memory as a whole. Excel's longest text has 32,767 characters.
 */
const MAX_TOKEN_BYTES = 4 * 1024 * 1024;
/** Elements within elements: Office's own parts have ten. */
const MAX_XML_DEPTH = 100;

/** What a part's XML holds, in order. Bytes are those of the piece at hand: they are valid during the call alone. */
export interface XmlHandler {
  /** It takes no more for now: the scanner stops before the next token. */
  readonly isWaiting?: boolean;
  /**
   * An element begins at `at`, which the handler may take as a whole: in the form that is usual.
   * @returns behind the element; 0 when it is in another form, or not whole: then it comes in its parts
   */
  whole?(bytes: Buffer, at: number, depth: number): number;
  /**
   * An element begins. @param name where its name begins, without a prefix @param nameEnd behind it; the attributes
   * lie from there to `end` @param depth 0 for the root
   */
  open(bytes: Buffer, name: number, nameEnd: number, end: number, depth: number): void;
  /** The element of this depth ends. */
  close(depth: number): void;
  /** Text as it is written, with its references; of CDATA without any. */
  text(bytes: Buffer, from: number, to: number, isCdata: boolean): void;
}

/** A tag that is not whole: places from its beginning on, and the quote within which the bytes end. */
interface OpenTag {
  name: number;
  nameEnd: number;
  hash: number;
  quote: number;
}

/**
 * Reads the XML of a part (XML 1.0, UTF-8) as it comes, byte by byte: a sheet has some millions of tags, and a general
 * parser makes objects and strings of each. It knows what Office's parts have: elements, attributes, text, CDATA,
 * comments and processing instructions. A document type is refused, so no entity can be declared. Elements are closed
 * in the order in which they were opened. O(bytes): a token that is not whole is searched on from where its bytes
 * ended. Memory: a piece, and twice a token of at most MAX_TOKEN_BYTES.
 */
export class XmlScanner {
  readonly #part: string;
  readonly #handler: XmlHandler;
  /** What comes behind the last whole token: the bytes between `#from` and `#to`. */
  #held: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  /** How many bytes of the token that is not whole were looked at, without its end; and what was found of a tag. */
  #searched = 0;
  #tag: OpenTag | undefined;
  #isFirst = true;
  #hasRoot = false;
  /** A hash of each open element's name. */
  readonly #open = new Int32Array(MAX_XML_DEPTH);
  #depth = 0;

  /** @param part its name, for messages */
  constructor(part: string, handler: XmlHandler) {
    this.#part = part;
    this.#handler = handler;
  }
  /**
   * Reads the next bytes; without any it goes on where the handler has made it stop.
   * @throws DatasetError when it is no XML that Office's parts have
   */
  push(piece: Uint8Array): void {
    const given = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const isHeld = given.length === 0 || this.#to > this.#from;
    if (isHeld) this.#hold(given);
    const bytes = isHeld ? this.#rest : given;
    let at = 0;
    if (this.#isFirst) {
      if (bytes.length < 4) {
        if (!isHeld) this.#hold(given);
        return;
      }
      this.#isFirst = false;
      at = this.#begin(bytes);
    }
    const end = this.#scan(bytes, at);
    if (!isUtf8(bytes.subarray(0, end))) throw this.#damaged('has bytes that are not UTF-8');
    if (bytes.length - end > MAX_TOKEN_BYTES && !this.#handler.isWaiting)
      throw new DatasetError(
        `A text or a tag in ${JSON.stringify(this.#part)} is longer than ${mebibytes(MAX_TOKEN_BYTES)}`,
        {},
        'Save the sheet as CSV.',
      );
    if (isHeld) this.#from += end;
    else this.#hold(bytes.subarray(end));
  }
  get #rest(): Buffer {
    return this.#held.subarray(this.#from, this.#to);
  }
  /** The piece does not outlive the next one. What is held grows by doubling: a long token is copied a few times. */
  #hold(bytes: Buffer): void {
    const rest = this.#to - this.#from;
    if (this.#to + bytes.length > this.#held.length) {
      const needed = rest + bytes.length;
      const room = needed * 2 > this.#held.length ? Buffer.allocUnsafe(needed * 2) : this.#held;
      this.#held.copy(room, 0, this.#from, this.#to);
      this.#held = room;
      this.#from = 0;
      this.#to = rest;
    }
    bytes.copy(this.#held, this.#to);
    this.#to += bytes.length;
  }
  /** After the last byte. */
  end(): void {
    if (this.#depth > 0 || !this.#hasRoot || this.#rest.toString('latin1').trim() !== '')
      throw this.#damaged('ends within an element');
  }

  #begin(bytes: Buffer): number {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3;
    if (bytes[0] === 0 || bytes[1] === 0 || bytes[0]! >= 0xfe) throw this.#damaged('is not UTF-8');
    return 0;
  }
  /** @returns where the first token begins that is not whole; as many bytes of it are searched as there are */
  #scan(bytes: Buffer, from: number): number {
    const { length } = bytes;
    const handler = this.#handler;
    let at = from;
    if (handler.isWaiting) return at;
    let searched = this.#searched; // of the first token
    this.#searched = 0;
    while (at < length && !handler.isWaiting) {
      let end = at;
      if (bytes[at] !== LESS) {
        end += searched;
        while (end < length && bytes[end] !== LESS) end++;
        if (end === length) return this.#leave(at, length);
        if (this.#depth > 0) handler.text(bytes, at, end, false);
        at = end;
        searched = 0;
      }
      const next = bytes[at + 1];
      if (next === SLASH) end = this.#close(bytes, at, searched);
      else if (next === EXCLAMATION || next === QUESTION || next === undefined) end = this.#other(bytes, at, searched);
      else end = (searched === 0 && handler.whole?.(bytes, at, this.#depth)) || this.#element(bytes, at, searched);
      if (end === 0) return this.#leave(at, length);
      at = end;
      searched = 0;
    }
    return at;
  }
  #leave(at: number, length: number): number {
    this.#searched = length - at;
    return at;
  }
  #close(bytes: Buffer, at: number, searched: number): number {
    const { length } = bytes;
    if (searched > 0 && bytes.indexOf(GREATER, at + searched) < 0) return 0;
    let hash = 0;
    let i = at + 2;
    for (; i < length; i++) {
      const byte = bytes[i]!;
      if (byte <= SPACE || byte === GREATER) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    while (i < length && bytes[i]! <= SPACE) i++;
    if (i >= length) return 0;
    if (bytes[i] !== GREATER || this.#depth === 0 || this.#open[this.#depth - 1] !== hash)
      throw this.#damaged('closes an element that is not open');
    this.#depth--;
    this.#handler.close(this.#depth);
    return i + 1;
  }
  #element(bytes: Buffer, at: number, searched: number): number {
    const { length } = bytes;
    const tag = this.#tag;
    this.#tag = undefined;
    let name = at + 1;
    let hash = 0;
    let quote = 0;
    let i = name;
    let nameEnd = 0;
    if (tag) {
      name = at + tag.name;
      nameEnd = at + tag.nameEnd;
      ({ hash, quote } = tag);
      i = at + searched;
    } else {
      if (searched > 0 && bytes.indexOf(GREATER, at + searched) < 0) return 0;
      for (; i < length; i++) {
        const byte = bytes[i]!;
        if (byte <= SPACE || byte === GREATER || byte === SLASH) break;
        if (byte === COLON) name = i + 1;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      nameEnd = i;
    }
    for (; i < length; i++) {
      const byte = bytes[i]!;
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === QUOTE || byte === APOSTROPHE) quote = byte;
      else if (byte === GREATER) break;
      else if (byte === LESS) throw this.#damaged('has a tag within a tag');
    }
    if (i >= length) {
      if (nameEnd < length) this.#tag = { name: name - at, nameEnd: nameEnd - at, hash, quote };
      return 0;
    }
    const depth = this.#depth;
    if (nameEnd === name || (depth === 0 && this.#hasRoot)) throw this.#damaged('has an element that has no place');
    if (depth === MAX_XML_DEPTH) throw this.#damaged(`has more than ${MAX_XML_DEPTH} elements within each other`);
    this.#hasRoot = true;
    const isEmpty = bytes[i - 1] === SLASH;
    this.#handler.open(bytes, name, nameEnd, isEmpty ? i - 1 : i, depth);
    if (isEmpty) this.#handler.close(depth);
    else this.#open[this.#depth++] = hash;
    return i + 1;
  }
  /**
   * Comments, CDATA, processing instructions; a document type is refused.
   * @returns behind it, 0 when it is not whole
   */
  #other(bytes: Buffer, at: number, searched: number): number {
    const begin = bytes.toString('latin1', at, at + 9);
    const ends = (mark: string) => {
      const end = bytes.indexOf(mark, at + Math.max(2, searched - mark.length), 'latin1');
      return end < 0 ? 0 : end + mark.length;
    };
    if (begin.startsWith('<?')) {
      const end = ends('?>');
      const encoding = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)/.exec(bytes.toString('latin1', at, end))?.[1];
      if (encoding !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(encoding))
        throw this.#damaged(`is written in ${JSON.stringify(encoding)}, not in UTF-8`);
      return end;
    }
    if (begin.startsWith('<!--')) return ends('-->');
    if (begin === '<![CDATA[') {
      const end = ends(']]>');
      if (end > 0 && this.#depth > 0) this.#handler.text(bytes, at + 9, end - 3, true);
      return end;
    }
    if ('<![CDATA['.startsWith(begin) || '<!--'.startsWith(begin)) return 0;
    throw this.#damaged('declares a document type, which workbooks do not have');
  }
  #damaged(what: string): DatasetError {
    return damagedPart(this.#part, what);
  }
}

/** @param what it does wrong: "ends within an element" */
export const damagedPart = (part: string, what: string): DatasetError =>
  new DatasetError(
    `The workbook is damaged: its part ${JSON.stringify(part)} ${what}`,
    {},
    'Open it in the program that made it, and save it again.',
  );

/** Whether the bytes are this name. */
export function isName(bytes: Buffer, from: number, to: number, name: string): boolean {
  if (to - from !== name.length) return false;
  for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name.charCodeAt(i)) return false;
  return true;
}

/**
 * Finds attributes without prefix of one letter, which are all that rows and cells have.
 * @param take called with the letter and where its value begins and ends
 */
export function eachLetterAttribute(
  bytes: Buffer,
  from: number,
  to: number,
  take: (letter: number, from: number, to: number) => void,
): void {
  let i = from;
  while (i < to) {
    while (i < to && (bytes[i] === SPACE || bytes[i] === LF || bytes[i] === CR || bytes[i] === TAB)) i++;
    const name = i;
    while (i < to && bytes[i] !== 61) i++;
    let nameEnd = i;
    while (nameEnd > name && bytes[nameEnd - 1]! <= SPACE) nameEnd--;
    i++;
    while (i < to && bytes[i]! <= SPACE) i++;
    const quote = bytes[i++];
    const value = i;
    while (i < to && bytes[i] !== quote) i++;
    if (nameEnd - name === 1 && i < to + 1) take(bytes[name]!, value, i);
    i++;
  }
}
