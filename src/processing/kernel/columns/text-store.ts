// Texts over 16 bytes of the values that are counted: length u32, code points u32, value f64 (a number, the seconds of
// an instant), class u32, whether notes.ts found anything u32, then as many bytes as can ever be shown, and what was
// found. Two texts that differ only behind those look the same in a report, so their order does not matter.

import { RECORD_TEXT } from '../border/layout.ts';
import { SHOWN_BYTES } from '../border/limits.ts';
import { give, take } from '../memory/memory.ts';
import { base, Shared } from '../memory/shared.ts';
import { Column } from './column-state.ts';

const CHUNK: u32 = 16384,
  FIRST: u32 = 2048;

/** @returns the record */
export function keepText(
  c: Column,
  text: usize,
  length: u32,
  points: u32,
  kind: u32,
  value: f64,
  hasFound: bool,
): usize {
  const bytes = min(length, SHOWN_BYTES);
  const size = ((RECORD_TEXT + bytes + 7) & ~7) + 16; // readers load 16 bytes at a time; what was found has room there
  if (c.textAt + size > c.textEnd) {
    const chunk = c.texts === 0 ? FIRST : CHUNK,
      piece = take(chunk);
    atomic.add<u32>(base() + offsetof<Shared>('tableBytes'), chunk);
    store<u32>(piece, <u32>c.texts);
    store<u32>(piece, chunk, 4);
    c.texts = piece;
    c.textAt = piece + 8;
    c.textEnd = piece + chunk;
  }
  const record = c.textAt;
  c.textAt += size;
  store<u32>(record, length);
  store<u32>(record, points, 4);
  store<f64>(record, value, 8);
  store<u32>(record, kind, 16);
  store<u32>(record, u32(hasFound), 20);
  memory.copy(record + RECORD_TEXT, text, bytes);
  return record;
}
/** Whether notes.ts found anything of the record's text. */
export function hasFound(record: usize): bool {
  return load<u32>(record, 20) !== 0;
}
/** Where in the record that is, 16 bytes aligned to 8. */
export function foundAt(record: usize): usize {
  return (record + RECORD_TEXT + min(load<u32>(record), SHOWN_BYTES) + 7) & ~7;
}
/** Gives all records of the column back. O(chunks). */
export function dropTexts(c: Column): void {
  let piece = c.texts;
  while (piece !== 0) {
    const next: usize = load<u32>(piece);
    const bytes = load<u32>(piece, 4);
    give(piece, bytes);
    atomic.sub<u32>(base() + offsetof<Shared>('tableBytes'), bytes);
    piece = next;
  }
  c.texts = c.textAt = c.textEnd = 0;
}
