const LF = 10;
const CR = 13;

/**
 * Leaves out the first lines of a text, chunk by chunk, whatever is in them. O(bytes); keeps nothing of them, so there
 * may be any number of any length.
 */
export class LineSkipper {
  /** Bytes of the file that were left out, and the line of what comes next. */
  bytes = 0;
  line = 1;
  #left: number;
  /** The last line ended in CR: a LF that follows is part of the same line end. */
  #afterCr = false;
  readonly #utf16: boolean;

  /** @param utf16 the text was made of UTF-16, of which it counts the bytes */
  constructor(lines: number, utf16: boolean) {
    this.#left = lines;
    this.#utf16 = utf16;
  }
  /** @returns what is behind these lines; empty as long as nothing is */
  rest(chunk: Buffer): Buffer {
    let at = 0;
    while (at < chunk.length && (this.#left > 0 || this.#afterCr)) {
      const byte = chunk[at]!;
      if (this.#afterCr) {
        this.#afterCr = false;
        if (byte === LF) at++;
        continue;
      }
      at++;
      if (byte !== LF && byte !== CR) continue;
      this.#left--;
      this.line++;
      this.#afterCr = byte === CR;
    }
    this.bytes += this.#utf16 ? bytesInUtf16(chunk, at) : at;
    return chunk.subarray(at);
  }
}

/** Bytes in UTF-16 of the first bytes of some UTF-8. */
function bytesInUtf16(text: Buffer, end: number): number {
  let bytes = 0;
  for (let i = 0; i < end; i++) {
    const byte = text[i]!;
    if ((byte & 0xc0) !== 0x80) bytes += byte >= 0xf0 ? 4 : 2;
  }
  return bytes;
}
