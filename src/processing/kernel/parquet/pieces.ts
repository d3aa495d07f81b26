// Memory of a column chunk that is read: pieces that grow, and the texts of its values. Of one thread.
import { give, take } from '../memory/memory.ts';
import { TEXT_ROOM } from './texts.ts';

/** Beyond a piece of memory, for what reads or writes some bytes more. */
export const SLACK: u32 = 128;

/** More is none that `take` has. */
const MOST_BYTES: u32 = 0x80000000 - SLACK;

/** A piece of memory that grows. */
// @unmanaged
export class Piece {
  at: usize;
  bytes: u32;
}
/** Bytes of the file, with pages as they stand there; a part of a large one; and a page as it is decompressed. */
export const fileBytes = changetype<Piece>(memory.data(8, 8)),
  stored = changetype<Piece>(memory.data(8, 8)),
  page = changetype<Piece>(memory.data(8, 8)),
  /** A page whose texts are those of the dictionary. */
  dictionary = changetype<Piece>(memory.data(8, 8)),
  /** Where its texts begin, u32 each, when it has too many to be kept with what is known of them. */
  offsets = changetype<Piece>(memory.data(8, 8)),
  /** For each value of a step the number of its entry, and for each row whether it has one, u32 each. */
  numbers = changetype<Piece>(memory.data(8, 8)),
  levels = changetype<Piece>(memory.data(8, 8)),
  /** The levels of a page that is taken in parts, as they are stored. */
  runBytes = changetype<Piece>(memory.data(8, 8)),
  /** Texts of a batch. */
  scratch = changetype<Piece>(memory.data(8, 8)),
  /** The two sums of each row of the row group (values/row-hash.ts). */
  sums = changetype<Piece>(memory.data(8, 8));

/** Once per job. */
export function clearPieces(): void {
  clear(fileBytes);
  clear(stored);
  clear(page);
  clear(dictionary);
  clear(offsets);
  clear(numbers);
  clear(levels);
  clear(runBytes);
  clear(scratch);
  clear(sums);
}
function clear(piece: Piece): void {
  piece.at = 0;
  piece.bytes = 0;
}
/** Makes a piece of at least `bytes`; its content is not kept. Traps where memory cannot have it. */
export function enlarge(piece: Piece, bytes: u32): usize {
  if (bytes > MOST_BYTES) unreachable();
  if (piece.bytes < bytes + SLACK) {
    if (piece.bytes > 0) give(piece.at, piece.bytes);
    const double: u32 = 1 << (32 - clz(max<u32>(bytes + SLACK, 4096) - 1)),
      less = (double >> 2) * 3;
    piece.bytes = less < bytes + SLACK ? double : less;
    piece.at = take(piece.bytes);
  }
  return piece.at;
}
/** The same, but its content is kept. */
export function extend(piece: Piece, bytes: u32): usize {
  const old = piece.at,
    oldBytes = piece.bytes;
  if (oldBytes >= bytes + SLACK) return old;
  piece.bytes = 0;
  enlarge(piece, bytes);
  if (oldBytes > 0) {
    memory.copy(piece.at, old, oldBytes);
    give(old, oldBytes);
  }
  return piece.at;
}
/**
 * Keeps the page, of `length` bytes, as the dictionary's: the next page gets another piece. Of a piece that is much
 * larger, for a page of 50 MB before, a copy is kept: there would be two such pieces else.
 */
export function keepPage(length: u32): void {
  if (page.bytes >> 2 > length + SLACK) {
    const at = enlarge(dictionary, length);
    memory.copy(at, page.at, length + 32);
    return;
  }
  const other = dictionary.at,
    bytes = dictionary.bytes;
  dictionary.at = page.at;
  dictionary.bytes = page.bytes;
  page.at = other;
  page.bytes = bytes;
}

/** Texts of entries: chunks, the last first. */
const TEXT_CHUNK: u32 = 65536;
let textAt: usize = 0,
  textChunkEnd: usize = 0,
  textChunks: usize = 0;
/** Gives the texts of all entries back. */
export function dropTexts(): void {
  while (textChunks !== 0) {
    const next: usize = load<u32>(textChunks);
    give(textChunks, TEXT_CHUNK);
    textChunks = next;
  }
  textAt = textChunkEnd = 0;
}
/** Room for the text of an entry, TEXT_ROOM bytes. */
export function textPlace(): usize {
  if (textAt + TEXT_ROOM + SLACK > textChunkEnd) {
    const chunk = take(TEXT_CHUNK);
    store<u32>(chunk, <u32>textChunks);
    textChunks = chunk;
    textAt = chunk + 16;
    textChunkEnd = chunk + TEXT_CHUNK;
  }
  const at = textAt;
  textAt += TEXT_ROOM;
  return at;
}
