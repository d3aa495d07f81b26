// The values of `count` rows of a data page, some thousands, which begin at `from`. `valid` has for each row whether it
// has a value, u32 each, or is 0 where all have.

import { STRING_VALUE } from '../border/classes.ts';
import { TAKEN, TRUTH, UNFIT } from '../border/parquet.ts';
import { resetArena } from '../json/arena.ts';
import { shared } from '../memory/shared.ts';
import { form, hasDictionary, isDirect, leaveEntries, rows, scale, storedValue, storedValues, width } from './chunk.ts';
import {
  addEntry,
  BATCH,
  begins,
  ends,
  entries,
  isChosen,
  kinds,
  reserveEntries,
  takeEntries,
  takeEntryFields,
  takeFieldBatch,
} from './entries.ts';
import { Runs, readRuns } from './hybrid.ts';
import { dictionary, enlarge, numbers, offsets, scratch, sums, textPlace } from './pieces.ts';
import { TEXT_ROOM, textBegin, textEnd, textKind, writeValue } from './texts.ts';
import { isCleanText } from './utf8.ts';
import { cachedEntry, cacheEntry, MOST_CACHED } from './value-cache.ts';

/** How many of the first n rows have a value. */
export function sumOf(levels: usize, n: u32): u32 {
  let sum: u32 = 0;
  for (let i: u32 = 0; i < n; i++) sum += load<u32>(levels + (i << 2));
  return sum;
}
/** Numbers of entries at `from`, of the values of a page, with null where a row has none. @returns where */
function spread(from: usize, count: u32, valid: usize): usize {
  if (valid === 0) return from;
  // over the levels: what is read is never behind what is written
  let k = from;
  for (let r: u32 = 0; r < count; r++) {
    const is = load<u32>(valid + (r << 2));
    store<u32>(valid + (r << 2), load<u32>(k) & (0 - is));
    k += <usize>(is << 2);
  }
  return valid;
}
/** Takes rows of the page by the numbers of their entries. */
function takeRows(at: usize, count: u32): void {
  const s = shared(),
    hashes = sums.at + ((<usize>rows) << 4),
    firstRow = s.rowCount + <f64>rows + 1;
  let r: u32 = 0;
  while (r < count) {
    const n = min(BATCH, count - r);
    if (!isChosen()) takeEntryFields(at + ((<usize>r) << 2), n, hashes + ((<usize>r) << 4), firstRow + <f64>r);
    else {
      takeEntries(at + ((<usize>r) << 2), count - r, hashes + ((<usize>r) << 4), firstRow + <f64>r);
      return;
    }
    r += n;
  }
}
/** Numbers of entries: those of `values` of `count` rows. */
export function takeIndices(runs: Runs, count: u32, values: u32, valid: usize): u32 {
  if (!hasDictionary && form !== TRUTH) return UNFIT;
  const out = enlarge(numbers, values * 4 + 32);
  // one more: entry 0 is null
  if (values > 0 && readRuns(runs, values, out, 1) >= (isDirect ? storedValues : entries - 1)) return UNFIT;
  const at = spread(out, count, valid);
  if (isDirect) return takeStoredFields(at, count);
  takeRows(at, count);
  return TAKEN;
}
/** Rows by the numbers of their values in the dictionary as it is stored, from 1; 0 for null. */
function takeStoredFields(at: usize, count: u32): u32 {
  const texts = width > 0 ? enlarge(scratch, BATCH * TEXT_ROOM) : 0,
    firstRow = shared().rowCount + 1;
  for (let r: u32 = 0; r < count; r += BATCH) {
    const n = min(BATCH, count - r);
    resetArena();
    for (let i: u32 = 0; i < n; i++) {
      const value = load<u32>(at + ((r + i) << 2)) - 1;
      if (value === u32.MAX_VALUE) store<u8>(kinds + i, 0);
      else if (width === 0) {
        const text = load<u32>(offsets.at + (value << 2));
        store<u32>(begins + (i << 2), text - 1);
        store<u32>(ends + (i << 2), text + load<u32>(text - 4));
        store<u8>(kinds + i, <u8>STRING_VALUE);
      } else if (!takeNumberField(i, texts, dictionary.at + <usize>(value * width))) return UNFIT;
    }
    takeFieldBatch(n, sums.at + ((<usize>(rows + r)) << 4), firstRow + <f64>(rows + r));
  }
  return TAKEN;
}
/** Makes the stored number at `from` the batch's field i. @returns false when it has no text */
// @inline
function takeNumberField(i: u32, texts: usize, from: usize): bool {
  writeValue(texts + <usize>(i * TEXT_ROOM), form, scale, storedValue(from));
  store<u32>(begins + (i << 2), <u32>textBegin - 1);
  store<u32>(ends + (i << 2), <u32>textEnd);
  store<u8>(kinds + i, <u8>textKind);
  return textKind !== 0;
}
/** A bit for each value, from bit `first` on. */
export function takeTruths(from: usize, first: u32, count: u32, values: u32, valid: usize): u32 {
  const out = enlarge(numbers, values * 4 + 32);
  for (let i: u32 = 0, bit = first; i < values; i++, bit++)
    store<u32>(out + (i << 2), 1 + ((<u32>load<u8>(from + (bit >> 3)) >> (bit & 7)) & 1));
  takeRows(spread(out, count, valid), count);
  return TAKEN;
}
/** Numbers of `width` bytes. */
export function takeNumbers(from: usize, count: u32, values: u32, valid: usize): u32 {
  if (!hasDictionary && !isDirect) {
    const out = enlarge(numbers, values * 4 + 32);
    if (findEntries(from, values, out) === values) {
      takeRows(spread(out, count, valid), count);
      return TAKEN;
    }
    if (textKind === 0) return UNFIT;
  }
  return takeNumberFields(from, count, valid);
}
/** @returns for how many values an entry was found: fewer when there are too many different ones */
function findEntries(from: usize, values: u32, out: usize): u32 {
  const seen = rows;
  for (let i: u32 = 0; i < values; i++, from += width) {
    const value = storedValue(from);
    let entry = cachedEntry(<u64>value);
    if (entry === 0) {
      if (entries > MOST_CACHED || (entries > 1024 && entries > (seen + i) / 2)) return i;
      writeValue(textPlace(), form, scale, value);
      if (textKind === 0) return i;
      reserveEntries(entries + 1);
      entry = addEntry(textBegin, textEnd, textKind);
      cacheEntry(<u64>value, entry);
    }
    store<u32>(out + (i << 2), entry);
  }
  return values;
}
function takeNumberFields(from: usize, count: u32, valid: usize): u32 {
  leaveEntries();
  const texts = enlarge(scratch, BATCH * TEXT_ROOM),
    firstRow = shared().rowCount + 1;
  for (let r: u32 = 0; r < count; r += BATCH) {
    const n = min(BATCH, count - r);
    resetArena();
    for (let i: u32 = 0; i < n; i++) {
      if (valid !== 0 && load<u32>(valid + ((r + i) << 2)) === 0) {
        store<u8>(kinds + i, 0);
        continue;
      }
      if (!takeNumberField(i, texts, from)) return UNFIT;
      from += width;
    }
    takeFieldBatch(n, sums.at + ((<usize>(rows + r)) << 4), firstRow + <f64>(rows + r));
  }
  return TAKEN;
}
/** Texts, each behind its length: all of them are at hand. */
export function takeStrings(from: usize, count: u32, valid: usize): u32 {
  leaveEntries();
  const firstRow = shared().rowCount + 1;
  for (let r: u32 = 0; r < count; r += BATCH) {
    const n = min(BATCH, count - r);
    for (let i: u32 = 0; i < n; i++) {
      if (valid !== 0 && load<u32>(valid + ((r + i) << 2)) === 0) {
        store<u8>(kinds + i, 0);
        continue;
      }
      const length = load<u32>(from);
      from += 4;
      if (!isCleanText(from, length)) return UNFIT;
      store<u32>(begins + (i << 2), <u32>from - 1);
      from += length;
      store<u32>(ends + (i << 2), <u32>from);
      store<u8>(kinds + i, <u8>STRING_VALUE);
    }
    takeFieldBatch(n, sums.at + ((<usize>(rows + r)) << 4), firstRow + <f64>(rows + r));
  }
  return TAKEN;
}
