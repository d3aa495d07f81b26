// Sequences that grow with the rows: row hashes and numbers, in chunks. Beyond the budget a full chunk is written out
// by the host and its memory used again. A sequence is filled by one thread at a time. Memory: the budget, and one
// chunk of each sequence.
import { spillIn, spillOut } from '../host.ts';
import { give, take } from './memory.ts';
import { base, Shared, shared } from './shared.ts';

/** Bytes of a sequence's first chunk; each next one has twice as many, up to Shared.chunkBytes. */
const FIRST: u32 = 1024;

/** The chunks of one sequence, and where its next record goes; all zeros is an empty one. */
// @unmanaged
export class Sequence {
  /** Where the next record goes, and where its chunk ends; both 0 at first. */
  at: usize;
  end: usize;
  /** 16 bytes for each chunk: pointer u32 (0: written out), bytes u32, offset f64. */
  list: usize;
  count: u32;
  room: u32;
}
// @inline
function chunkOf(s: Sequence, i: u32): usize {
  return s.list + ((<usize>i) << 4);
}

/** The chunk is full, or there is none yet: makes room for the next record. */
export function nextChunk(s: Sequence): void {
  const all = shared(),
    most = all.chunkBytes;
  let bytes = FIRST,
    piece: usize = 0;
  if (s.count > 0) {
    const last = chunkOf(s, s.count - 1),
      size = load<u32>(last, 4);
    bytes = min(size * 2, most);
    if (all.spills && size >= most && atomic.load<u32>(offsetof<Shared>('heldBytes') + base()) >= all.budget) {
      piece = load<u32>(last);
      bytes = size;
      store<f64>(last, spillOut(piece, size), 8);
      store<u32>(last, 0);
    }
  }
  if (piece === 0) {
    piece = take(bytes);
    atomic.add<u32>(offsetof<Shared>('heldBytes') + base(), bytes);
  }
  if (s.count === s.room) {
    const larger = max(s.room * 2, 4),
      list = take(larger << 4);
    if (s.room > 0) {
      memory.copy(list, s.list, s.room << 4);
      give(s.list, s.room << 4);
    }
    s.list = list;
    s.room = larger;
  }
  const chunk = chunkOf(s, s.count++);
  store<u32>(chunk, <u32>piece);
  store<u32>(chunk, bytes, 4);
  s.at = piece;
  s.end = piece + bytes;
}

/** Where the content of the chunk that `part` found last ends. */
export let partEnd: usize = 0;
/**
 * Chunk i of the sequence, read into `scratch` when it was written out; `scratch` has room for the largest chunk.
 * @returns where it begins; it ends at `partEnd`
 */
export function part(s: Sequence, i: u32, scratch: usize): usize {
  const chunk = chunkOf(s, i),
    bytes = load<u32>(chunk, 4);
  let at: usize = load<u32>(chunk);
  if (at === 0) {
    at = scratch;
    spillIn(load<f64>(chunk, 8), at, bytes);
  }
  partEnd = i + 1 === s.count ? s.at : at + bytes;
  return at;
}
/** Bytes in the sequence. O(chunks). */
export function sequenceBytes(s: Sequence): f64 {
  let bytes: f64 = 0;
  for (let i: u32 = 0; i < s.count; i++) bytes += <f64>load<u32>(chunkOf(s, i), 4);
  return bytes - <f64>(s.end - s.at);
}
/** Gives the memory of a sequence back, which is empty then. O(chunks). */
export function dropSequence(s: Sequence): void {
  for (let i: u32 = 0; i < s.count; i++) {
    const chunk = chunkOf(s, i),
      piece: usize = load<u32>(chunk),
      bytes = load<u32>(chunk, 4);
    if (piece === 0) continue;
    give(piece, bytes);
    atomic.sub<u32>(offsetof<Shared>('heldBytes') + base(), bytes);
  }
  if (s.room > 0) give(s.list, s.room << 4);
  s.at = s.end = s.list = 0;
  s.count = s.room = 0;
}
/** Reads what was written out back into memory when the sequence has at most `most` bytes. O(bytes). */
export function loadSequence(s: Sequence, most: u32): void {
  if (sequenceBytes(s) > <f64>most) return;
  for (let i: u32 = 0; i < s.count; i++) {
    const chunk = chunkOf(s, i),
      bytes = load<u32>(chunk, 4);
    if (load<u32>(chunk) !== 0) continue;
    const piece = take(bytes);
    spillIn(load<f64>(chunk, 8), piece, bytes);
    store<u32>(chunk, <u32>piece);
    atomic.add<u32>(offsetof<Shared>('heldBytes') + base(), bytes);
  }
}
