import { DatasetError } from './errors.ts';
import { HEAD_BYTES } from './limits.ts';
import { firstInvalid, isUtf8, unfinishedBytes } from './utf8.ts';
import { Utf16 } from './utf16.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The bytes of a file, in order, once. A piece is valid until the next one is asked for. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /** Reads what comes after the pieces so far straight to where it is needed, which saves a copy. @returns how many bytes, 0 at the end */
  readInto?(place: Uint8Array): number;
}

/** The bytes of a file as UTF-8 without a byte order mark, or as they are when they turn out to be windows-1252. */
export interface DecodedSource {
  /** In blocks of at most 256 KiB; no block lies across the end of the head. Valid until the next one. */
  chunks: AsyncIterable<Buffer>;
  /** What comes after the chunks so far, read into place. @returns how many bytes; 0 when another chunk has to be asked for first */
  fill(place: Buffer): number;
  facts: {
    /** `windows-1252` only when the chunks have ended. */
    encoding: Encoding;
    bom: boolean;
    /** Of the file as it came, so far. */
    bytes: number;
    /** Offset in the file of the end of the block handed over last. */
    end: number;
    /** Offset of the first byte that is not UTF-8. */
    invalidAt: number | undefined;
    /** UTF-16 had U+0000 or a surrogate without its other half: shown as U+FFFD. */
    replaced: boolean;
  };
}

const BLOCK_BYTES = 256 * 1024;

/**
 * Finds the encoding by its byte order mark, checks UTF-8 and turns UTF-16 into UTF-8, all on the way.
 * @param strict hand over whole, valid UTF-8 only, and end before the first byte that is not (JSON)
 */
export function decode(source: ByteSource, strict: boolean): DecodedSource {
  const facts: DecodedSource['facts'] = {
    encoding: 'utf-8',
    bom: false,
    bytes: 0,
    end: 0,
    invalidAt: undefined,
    replaced: false,
  };
  let utf16: Utf16 | undefined;
  let carry = Buffer.alloc(0); // the unfinished sequence at the end of the block before: at most 3 bytes
  let checked = 0; // bytes of the file before `carry`
  let rest = 0; // bytes of the source's piece that are still to be handed over

  const begin = (bytes: Buffer): Buffer => {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      facts.bom = true;
      facts.end = checked = 3;
      return bytes.subarray(3);
    }
    const le = bytes[0] === 0xff && bytes[1] === 0xfe;
    if (!le && !(bytes[0] === 0xfe && bytes[1] === 0xff)) return bytes;
    facts.bom = true;
    facts.encoding = le ? 'utf-16le' : 'utf-16be';
    facts.end = 2;
    utf16 = new Utf16(le);
    return bytes.subarray(2);
  };
  /** @returns the bytes known to be valid, of the carried ones and the block */
  const check = (block: Buffer): Buffer => {
    const bytes = carry.length > 0 ? Buffer.concat([carry, block]) : block;
    let valid = bytes.subarray(0, bytes.length - unfinishedBytes(bytes));
    if (!isUtf8(valid)) {
      const at = firstInvalid(valid);
      facts.invalidAt = checked + at;
      valid = valid.subarray(0, at);
    }
    carry = Buffer.from(bytes.subarray(valid.length, valid.length + 3));
    checked += valid.length;
    return valid;
  };
  function* blocks(bytes: Buffer): Generator<Buffer> {
    for (let from = 0; from < bytes.length; ) {
      const toHead = facts.end < HEAD_BYTES ? HEAD_BYTES - facts.end : BLOCK_BYTES;
      const block = bytes.subarray(from, from + Math.min(BLOCK_BYTES, toHead));
      from += block.length;
      facts.end += block.length;
      rest = bytes.length - from;
      if (utf16) {
        const text = utf16.convert(block);
        facts.replaced = utf16.replaced;
        yield text;
      } else if (strict) {
        yield check(block);
        if (facts.invalidAt !== undefined) return;
      } else {
        if (facts.invalidAt === undefined) check(block);
        yield block;
      }
    }
  }
  const fill = (place: Buffer): number => {
    if (strict || utf16 || rest > 0 || !source.readInto) return 0;
    const count = source.readInto(place);
    facts.bytes += count;
    facts.end += count;
    if (facts.invalidAt === undefined) check(place.subarray(0, count));
    return count;
  };
  async function* chunks(): AsyncGenerator<Buffer> {
    let head: Buffer | undefined = Buffer.alloc(0); // at most 2 bytes: too few to know of a byte order mark
    for await (const chunk of source) {
      facts.bytes += chunk.length;
      let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (head) {
        bytes = Buffer.concat([head, bytes]);
        if (bytes.length < 3) {
          head = bytes;
          continue;
        }
        head = undefined;
        bytes = begin(bytes);
      }
      yield* blocks(bytes);
      if (strict && facts.invalidAt !== undefined) return;
    }
    if (head) yield* blocks(begin(head));
    if (utf16) {
      yield (utf16 as Utf16).end();
      facts.replaced = (utf16 as Utf16).replaced;
    } else if (carry.length > 0) facts.invalidAt ??= checked;
    if (facts.invalidAt !== undefined) facts.encoding = 'windows-1252';
  }
  return { chunks: chunks(), fill, facts };
}

/** Text that was kept as one character a byte, in the encoding that the whole file turned out to have. */
export function textOf(binary: string, encoding: Encoding): string {
  // U+0000 (as C0 80) and lone surrogates come out of UTF-16 and JSON as they are, and only their display is replaced
  const shown =
    encoding === 'windows-1252' ? binary : binary.replace(/\xc0\x80|\xed[\xa0-\xbf][\x80-\xbf]/g, '\xef\xbf\xbd');
  const decoder = new TextDecoder(encoding === 'windows-1252' ? 'windows-1252' : 'utf-8', { ignoreBOM: true });
  return decoder.decode(Buffer.from(shown, 'latin1'));
}

/** A file without a single byte is no table. */
export function requireBytes(bytes: number): void {
  if (bytes === 0) throw new DatasetError('The file is empty', { byte: 0 }, 'Upload a file with a header and rows.');
}
