/**
 * The bytes of a file, in order, once. A piece is valid until the next one is asked for. What only some sources can do
 * is an optional member.
 */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /**
   * Reads what follows the pieces so far straight to where it is needed, which saves a copy.
   * @returns how many bytes, 0 at the end
   */
  readInto?(place: Uint8Array): number;
  /**
   * The same bytes by their places, instead of in order: called once, and no further piece is asked for then. A stream
   * is written to a temporary file first. Missing where neither is possible.
   * @param given the pieces that were asked for before
   */
  ranges?(given?: readonly Uint8Array[]): Promise<ByteRanges>;
}

/** The bytes of a file by their places, as formats with a directory or a footer need them. */
export interface ByteRanges extends AsyncDisposable {
  readonly size: number;
  /**
   * @param from the first byte @param length bytes, all of them within `size`
   * @param into as many bytes of the caller's, where they may be put
   * @returns exactly these; the caller's own from then on
   */
  read(from: number, length: number, into?: Buffer): Promise<Buffer>;
  /** Bytes in order from `from` up to `end`; a piece is valid until the next one is asked for. */
  stream(from: number, end: number): AsyncIterable<Uint8Array>;
}
