/**
 * The bytes of a file, in order, once. A piece is valid until the next one is asked for. What only some sources can do
 * is an optional member: a format that needs ranges of a file will find them here.
 */
export interface ByteSource extends AsyncIterable<Uint8Array> {
  /**
   * Reads what follows the pieces so far straight to where it is needed, which saves a copy.
   * @returns how many bytes, 0 at the end
   */
  readInto?(place: Uint8Array): number;
}
