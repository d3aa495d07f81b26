import { isAscii } from 'node:buffer';
import { ENCODING_BYTES, EXAMPLES } from '../limits.ts';
import { firstInvalid, invalidLength, isUtf8, unfinishedBytes } from './utf8.ts';

/** With this many wrong characters in the first ENCODING_BYTES, or more, a file is not UTF-8. */
const TOO_MANY = 100;
/** Of its characters beyond ASCII at least this share must be right. */
const RIGHT_SHARE = 0.99;
/**
 * With fewer wrong characters than FEW, a smaller share of right ones is enough: a stray byte or two in a short file.
 * In another encoding hardly any character beyond ASCII is right UTF-8.
 */
const FEW = 5;
const RIGHT_FOR_ONE_OF_FEW = 9;
/** Right characters for one wrong one; more than TOO_MANY times that need not be counted. */
const RIGHT_FOR_ONE = Math.round(RIGHT_SHARE / (1 - RIGHT_SHARE));
/** Bytes that are tested at once when right characters are counted: a slice of ASCII has none. */
const SLICE = 1_024;

/** Wrong bytes: how many, and the offsets in the file of the first ones. */
export interface WrongBytes {
  count: number;
  first: number[];
}
/** Counts a wrong byte, and keeps its offset if it is among the first EXAMPLES. */
export function noteWrong(wrong: WrongBytes, at: number): void {
  wrong.count++;
  if (wrong.first.length < EXAMPLES) wrong.first.push(at);
}

/** Bytes that begin a character beyond ASCII. */
function beginnings(bytes: Buffer): number {
  let count = 0;
  for (let from = 0; from < bytes.length; from += SLICE) {
    const slice = bytes.subarray(from, from + SLICE);
    if (!isAscii(slice)) for (let i = 0; i < slice.length; i++) if (slice[i]! >= 0xc0) count++;
  }
  return count;
}

/**
 * Checks the bytes of a file on the way: whether they are UTF-8, wholly or with a few wrong
 * characters. Memory: at most 3 bytes of the piece before.
 */
export class Utf8Check {
  readonly wrong: WrongBytes = { count: 0, first: [] };
  /** Too much is wrong: nothing more is checked. */
  #isOther = false;
  #carry: Buffer = Buffer.alloc(0);
  /** Offset in the file of the carried bytes. */
  #at: number;
  #right = 0;
  #wrongInFirst = 0;

  /** @param at offset in the file of the first byte */
  constructor(at: number) {
    this.#at = at;
  }
  /**
   * @param beginningsIn counts bytes that begin a character beyond ASCII in the piece where it lies, faster than it is
   *   done here
   */
  push(piece: Buffer, beginningsIn = beginnings): void {
    if (this.#isOther) return;
    if (this.#carry.length === 0 && this.#isPlain(piece)) {
      this.#at += piece.length;
      return;
    }
    const isCarried = this.#carry.length > 0;
    const bytes = isCarried ? Buffer.concat([this.#carry, piece]) : piece;
    const whole = bytes.length - unfinishedBytes(bytes);
    this.#take(bytes.subarray(0, whole), isCarried ? beginnings : beginningsIn);
    this.#carry = Buffer.from(bytes.subarray(whole));
  }
  /** Nothing is wrong with the piece, and nothing in it need be counted: true of nearly every piece. */
  #isPlain(piece: Buffer): boolean {
    if (this.#right === 0) return isAscii(piece);
    const isCounted = this.#right >= TOO_MANY * RIGHT_FOR_ONE || this.#at >= ENCODING_BYTES;
    return isCounted && unfinishedBytes(piece) === 0 && isUtf8(piece);
  }
  #take(bytes: Buffer, beginningsIn: (bytes: Buffer) => number): void {
    for (let from = 0; from < bytes.length && !this.#isOther; ) {
      const rest = bytes.subarray(from);
      const right = isUtf8(rest) ? rest.length : firstInvalid(rest);
      this.#countRight(rest.subarray(0, right), beginningsIn);
      from += right;
      this.#at += right;
      if (from === bytes.length) return;
      const length = invalidLength(bytes, from);
      this.#isWrong();
      from += length;
      this.#at += length;
    }
  }
  #isWrong(): void {
    noteWrong(this.wrong, this.#at);
    if (this.#at < ENCODING_BYTES) this.#wrongInFirst++;
    // before the end of the deciding bytes more right characters may come
    this.#isOther = this.#wrongInFirst >= TOO_MANY || (this.#at >= ENCODING_BYTES && !this.#isNearly);
  }
  get #isNearly(): boolean {
    const forOne = this.#wrongInFirst < FEW ? RIGHT_FOR_ONE_OF_FEW : RIGHT_FOR_ONE;
    return this.#right > 0 && this.#right >= this.#wrongInFirst * forOne;
  }
  #countRight(bytes: Buffer, beginningsIn: (bytes: Buffer) => number): void {
    const end = Math.min(bytes.length, ENCODING_BYTES - this.#at);
    if (end > 0 && this.#right < TOO_MANY * RIGHT_FOR_ONE) this.#right += beginningsIn(bytes.subarray(0, end));
  }
  /** After the last byte: a character that the end cuts off is wrong, but no evidence against UTF-8. */
  end(): void {
    if (this.#isOther || this.#carry.length === 0) return;
    noteWrong(this.wrong, this.#at);
    this.#carry = Buffer.alloc(0);
  }
  /** Whether all wrong characters were counted; after the end. */
  get countsAll(): boolean {
    return !this.#isOther;
  }
  /** Whether it is UTF-8, wrong characters or not; after the end. */
  get isUtf8(): boolean {
    return !this.#isOther && (this.wrong.count === 0 || this.#isNearly);
  }
}
