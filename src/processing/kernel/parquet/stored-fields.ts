// Stored numbers as fields of a batch (entries.ts), with their texts.

import { takeFields } from '../columns/column-pass.ts';
import { column, form, scale, storedValue } from './chunk.ts';
import { BATCH, begins, ends, kinds } from './entries.ts';
import { enlarge, scratch } from './pieces.ts';
import { TEXT_ROOM, textBegin, textEnd, textKind, writeValue } from './texts.ts';

/** Where the texts of a batch go. */
export function batchTexts(): usize {
  return enlarge(scratch, BATCH * TEXT_ROOM);
}
/** Makes the number that is stored at `from` field i. @param texts batchTexts @returns false when it has no text */
// @inline
export function makeField(i: u32, texts: usize, from: usize): bool {
  writeValue(texts + <usize>(i * TEXT_ROOM), form, scale, storedValue(from));
  store<u32>(begins + (i << 2), <u32>textBegin - 1);
  store<u32>(ends + (i << 2), <u32>textEnd);
  store<u8>(kinds + i, <u8>textKind);
  return textKind !== 0;
}
/** Takes one row by itself, as field 0. @param hash of the row, 16 bytes @returns false when it has no text */
export function takeField(from: usize, hash: usize, row: f64): bool {
  if (!makeField(0, batchTexts(), from)) return false;
  takeFields<u32>(column, begins, ends, kinds, hash, 1, row);
  return true;
}
