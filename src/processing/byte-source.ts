/** The bytes of a file, in order, once. A piece is valid until the next one is asked for. */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /**
   * Reads what follows the pieces so far straight to where it is needed, which saves a copy.
   * @returns how many bytes, 0 at the end
   */
  readInto?(place: Uint8Array): number;
}
