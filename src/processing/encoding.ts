import { DatasetError } from './errors.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The bytes of a file as UTF-8 without a byte order mark, or as they are when they turn out to be windows-1252. */
export interface DecodedSource {
  chunks: AsyncIterable<Uint8Array>;
  /** Settled when the chunks have ended. */
  facts: {
    encoding: Encoding;
    bom: boolean;
    /** Of the file as it came. */
    bytes: number;
    /** Offset of the first byte that is not UTF-8. */
    invalidAt: number | undefined;
    /** UTF-16 had a surrogate without its other half: shown as U+FFFD. */
    replaced: boolean;
  };
}

/** The longest unfinished sequence that a chunk of UTF-8 can end with. */
const CARRY = 3;

/** Bytes at the end of the chunk that may be the beginning of a sequence the next chunk completes. */
function unfinishedBytes(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(CARRY, chunk.length); back++) {
    const byte = chunk[chunk.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** Offset of the first byte that is not UTF-8, by halving: isValid is the runtime's SIMD check. */
function firstInvalid(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const isValid = (length: number) => {
    try {
      decoder.decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    } finally {
      try {
        decoder.decode();
      } catch {
        // ends the stream
      }
    }
  };
  let low = 0; // valid with this length
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isValid(middle)) low = middle;
    else high = middle;
  }
  // the sequence that cannot be completed began up to three bytes before
  let start = low;
  while (start > 0 && low - start < CARRY && (bytes[start]! & 0xc0) === 0x80 && !isComplete(bytes, start)) start--;
  return start;
}
const isComplete = (bytes: Uint8Array, at: number) => (bytes[at - 1] ?? 0) < 0x80;

/** Finds the encoding by its byte order mark, checks UTF-8 and turns UTF-16 into UTF-8, all on the way. */
export function decode(source: AsyncIterable<Uint8Array>): DecodedSource {
  const facts: DecodedSource['facts'] = {
    encoding: 'utf-8',
    bom: false,
    bytes: 0,
    invalidAt: undefined,
    replaced: false,
  };

  async function* chunks(): AsyncGenerator<Uint8Array> {
    let head: Uint8Array | undefined = new Uint8Array(0);
    let utf16: TextDecoder | undefined;
    let carry: Uint8Array = new Uint8Array(0);
    let checked = 0; // bytes of the file before `carry`

    const begin = (bytes: Uint8Array): Uint8Array => {
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
        facts.bom = true;
        checked = 3;
        return bytes.subarray(3);
      }
      const le = bytes[0] === 0xff && bytes[1] === 0xfe;
      if (!le && !(bytes[0] === 0xfe && bytes[1] === 0xff)) return bytes;
      facts.bom = true;
      facts.encoding = le ? 'utf-16le' : 'utf-16be';
      utf16 = new TextDecoder(facts.encoding);
      return bytes.subarray(2);
    };
    const check = (chunk: Uint8Array): void => {
      if (facts.invalidAt !== undefined) return;
      const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
      const whole = bytes.subarray(0, bytes.length - unfinishedBytes(bytes));
      if (!isUtf8(whole)) facts.invalidAt = checked + firstInvalid(whole);
      carry = bytes.slice(whole.length);
      checked += whole.length;
    };
    const convert = (text: string): Uint8Array => {
      if (text.includes('\ufffd')) facts.replaced = true;
      return Buffer.from(text, 'utf8');
    };

    for await (const chunk of source) {
      facts.bytes += chunk.length;
      let bytes: Uint8Array = chunk;
      if (head) {
        bytes = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
        if (bytes.length < 3) {
          head = bytes.slice();
          continue;
        }
        head = undefined;
        bytes = begin(bytes);
      }
      if (utf16) yield convert(utf16.decode(bytes, { stream: true }));
      else {
        check(bytes);
        yield bytes;
      }
    }
    if (head && head.length > 0) {
      const bytes = begin(head);
      if (utf16) yield convert((utf16 as TextDecoder).decode(bytes, { stream: true }));
      else {
        check(bytes);
        yield bytes;
      }
    }
    if (utf16) {
      const rest = utf16.decode();
      if (rest) yield convert(rest);
    } else if (carry.length > 0) facts.invalidAt ??= checked;
    if (facts.invalidAt !== undefined) facts.encoding = 'windows-1252';
  }
  return { chunks: chunks(), facts };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text that was kept as one character a byte, in the encoding that the whole file turned out to have. */
export function textOf(binary: string, encoding: Encoding): string {
  const decoder = new TextDecoder(encoding === 'windows-1252' ? 'windows-1252' : 'utf-8', { ignoreBOM: true });
  return decoder.decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** A file without a single byte is no table. */
export function requireBytes(bytes: number): void {
  if (bytes === 0) throw new DatasetError('The file is empty', { byte: 0 }, 'Upload a file with a header and rows.');
}
