/**
 * Where what grows with the rows goes when memory is short: append, and read again by what `write` gave. Calls do not
 * wait.
 */
export interface Spill {
  /** @returns the offset to read it again from */
  write(bytes: Uint8Array): number;
  read(offset: number, into: Uint8Array): void;
}
