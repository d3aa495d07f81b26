/** Values that are bytes: the one with index i is `length[i]` bytes from `begin[i]` on. */
export interface ByteArrays {
  bytes: Buffer;
  begin: Uint32Array;
  length: Uint32Array;
}
