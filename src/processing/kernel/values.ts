// Numbers of a column past the bound: each as a double, in chunks that the host owns (it may move full ones to disk).
import { Column } from './column-state';
import { nextChunk } from './host';

/** Bytes of a chunk, of values or of row hashes. */
export let chunkBytes: u32 = 32768;
export function setChunkBytes(bytes: u32): void {
  chunkBytes = bytes;
}
const VALUES: u32 = 1;

export function storeValue(c: Column, value: f64): void {
  if (c.valueAt == c.valueEnd) newChunk(c);
  store<f64>(c.valueAt, value);
  c.valueAt += 8;
  c.min = min(c.min, value);
  c.max = max(c.max, value);
}
/** The doubles in [from, to); minimum and maximum are the caller's. */
export function storeValues(c: Column, from: usize, to: usize): void {
  while (from < to) {
    if (c.valueAt == c.valueEnd) newChunk(c);
    const bytes = min(to - from, c.valueEnd - c.valueAt);
    memory.copy(c.valueAt, from, bytes);
    c.valueAt += bytes;
    from += bytes;
  }
}
function newChunk(c: Column): void {
  const full = c.valueEnd == 0 ? 0 : c.valueEnd - chunkBytes;
  c.valueAt = nextChunk(VALUES, c.index, full);
  c.valueEnd = c.valueAt + chunkBytes;
}
