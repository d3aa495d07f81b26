import { DatasetError } from '../errors.ts';
import type { TextFacts } from './text-facts.ts';

/**
 * UTF-16 to UTF-8 in pieces. U+0000 and lone surrogates stay what they are (the latter as three bytes, WTF-8, and
 * U+0000 as the two bytes C0 80), so that rows which differ in them stay different. Memory: the piece, and at most 3
 * bytes of the one before.
 */
export class Utf16 {
  /** Something in the text cannot be shown as it is. */
  replaced = false;
  readonly #littleEndian: boolean;
  #rest: Buffer = Buffer.alloc(0);

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }
  convert(bytes: Uint8Array): Buffer {
    const all = Buffer.concat([this.#rest, bytes]);
    let whole = all.length & ~1;
    const high = whole > 0 ? all[this.#littleEndian ? whole - 1 : whole - 2]! : 0;
    if ((high & 0xfc) === 0xd8) whole -= 2; // its other half may be in the next piece
    this.#rest = Buffer.from(all.subarray(whole));
    return this.#encode(all.subarray(0, whole));
  }
  /** What is left after the last piece: a byte without its other half is shown as U+FFFD. */
  end(): Buffer {
    const odd = this.#rest.length % 2 === 1;
    const left = this.#encode(this.#rest.subarray(0, this.#rest.length & ~1));
    if (!odd) return left;
    this.replaced = true;
    return Buffer.concat([left, Buffer.from('\ufffd')]);
  }

  #encode(units: Buffer): Buffer {
    if (!this.#littleEndian) units.swap16(); // in place: it is a copy
    const text = units.toString('utf16le');
    if (text.isWellFormed() && !text.includes('\u0000')) return Buffer.from(text, 'utf8');
    this.replaced = true;
    const out = Buffer.alloc(text.length * 3);
    let at = 0;
    for (const character of text) {
      const point = character.codePointAt(0)!;
      if (point >= 0xd800 && point <= 0xdfff) {
        out[at++] = 0xe0 | (point >> 12);
        out[at++] = 0x80 | ((point >> 6) & 0x3f);
        out[at++] = 0x80 | (point & 0x3f);
      } else if (point === 0) {
        out[at++] = 0xc0; // no byte of text is 0: the kernel takes it for the end of a short one
        out[at++] = 0x80;
      } else at += out.write(character, at, 'utf8');
    }
    return out.subarray(0, at);
  }
}

const ENCODINGS = ['utf-16le', 'utf-16be'] as const;
const hasAscii = (bytes: Buffer, encoding: string) => {
  const high = encoding === 'utf-16le' ? 1 : 0;
  for (let i = 0; i + 1 < bytes.length; i += 2) if (bytes[i + high] === 0 && bytes[i + 1 - high]! < 128) return true;
  return false;
};
/**
 * A person has named it. Text of another encoding has no line end then: the table would be one name of a column in
 * signs of any script, without a row.
 * @param first bytes of the file
 * @throws DatasetError when no character is ASCII, which digits, delimiters and line ends are
 */
export function requireUtf16(first: Buffer, named: string): void {
  if (first.length === 0 || hasAscii(first, named)) return;
  const other = ENCODINGS.find((each) => hasAscii(first, each));
  throw new DatasetError(
    `Read as ${named}, the beginning of the file has no line end, no delimiter and no digit`,
    {},
    other
      ? `It looks like ${other}: name that with the option encoding.`
      : 'Leave the option encoding out, or name another one.',
    other ? [{ encoding: other }] : [],
  );
}

/** UTF-16 as a file's blocks. */
export class Utf16Blocks {
  readonly #facts: TextFacts;
  readonly #utf16: Utf16;

  constructor(facts: TextFacts, littleEndian: boolean) {
    this.#facts = facts;
    this.#utf16 = new Utf16(littleEndian);
  }
  get next(): number {
    return this.#facts.end;
  }
  *pass(block: Buffer): Generator<Buffer> {
    this.#facts.end += block.length;
    const text = this.#utf16.convert(block);
    this.#facts.replaced = this.#utf16.replaced;
    yield text;
  }
  *end(): Generator<Buffer> {
    const text = this.#utf16.end();
    this.#facts.replaced = this.#utf16.replaced;
    yield text;
  }
}
