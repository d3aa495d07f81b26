// The values of `count` rows of a data page, some thousands, which begin at `from`. `valid` has for each row whether it
// has a value, u32 each, or is 0 where all have.

import { STRING_VALUE } from '../border/classes.ts';
import { TAKEN, TRUTH, UNFIT } from '../border/parquet.ts';
import { resetArena } from '../json/arena.ts';
import { shared } from '../memory/shared.ts';
import {
  column,
  form,
  hasDictionary,
  isDirect,
  knownValues,
  leaveEntries,
  rows,
  scale,
  storedValue,
  storedValues,
  width,
} from './chunk.ts';
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
import { instantsPass, isOfInstants } from './instant-pass.ts';
import { isOfNumbers, numbersPass } from './number-pass.ts';
import { dictionary, enlarge, numbers, offsets, sums, textPlace } from './pieces.ts';
import { batchTexts, makeField } from './stored-fields.ts';
import { textBegin, textEnd, textKind, writeValue } from './texts.ts';
import { isCleanText } from './utf8.ts';
import { cachedEntry, cacheEntry, MOST_CACHED } from './value-cache.ts';

/** So many different values are no sign that all are different. */
const FEW_ENTRIES: u32 = 1024;

/** How many of the first n rows have a value. */
export function sumOf(levels: usize, n: u32): u32 {
  let sums = i32x4.splat(0),
    r: u32 = 0;
  for (; r + 4 <= n; r += 4) sums = i32x4.add(sums, v128.load(levels + (r << 2)));
  let sum =
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3);
  for (; r < n; r++) sum += load<u32>(levels + (r << 2));
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
  for (let r: u32 = 0; r < count; r += BATCH) {
    const n = min(BATCH, count - r);
    for (let i: u32 = 0; i < n; i++) {
      const value = load<u32>(at + ((r + i) << 2));
      if (width > 0) {
        store<u32>(begins + (i << 2), value === 0 ? 0 : <u32>dictionary.at + (value - 1) * width);
        continue;
      }
      store<u8>(kinds + i, value === 0 ? 0 : <u8>STRING_VALUE);
      if (value === 0) continue;
      const text = load<u32>(offsets.at + ((value - 1) << 2));
      store<u32>(begins + (i << 2), text - 1);
      store<u32>(ends + (i << 2), text + load<u32>(text - 4));
    }
    if (!takeBatch(r, n)) return UNFIT;
  }
  return TAKEN;
}
/**
 * Takes a batch of rows, from row r of the page's on: of texts the fields at begins, ends and kinds; of numbers those
 * that are stored at begins, 0 for null.
 * @returns false when one has no text
 */
function takeBatch(r: u32, n: u32): bool {
  const hashes = sums.at + ((<usize>(rows + r)) << 4),
    firstRow = shared().rowCount + <f64>(rows + r + 1);
  resetArena();
  if (width > 0) {
    if (isOfNumbers(column)) return numbersPass(column, n, hashes, firstRow);
    if (isOfInstants(column)) return instantsPass(column, n, hashes, firstRow);
    const texts = batchTexts();
    for (let i: u32 = 0; i < n; i++) {
      const at: usize = load<u32>(begins + (i << 2));
      if (at === 0) store<u8>(kinds + i, 0);
      else if (!makeField(i, texts, at)) return false;
    }
  }
  takeFieldBatch(n, hashes, firstRow);
  return true;
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
  const seen = rows,
    few = max<u32>(FEW_ENTRIES, knownValues);
  for (let i: u32 = 0; i < values; i++, from += width) {
    const value = storedValue(from);
    let entry = cachedEntry(<u64>value);
    if (entry === 0) {
      if (entries > MOST_CACHED || (entries > few && entries > (seen + i) / 2)) return i;
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
  for (let r: u32 = 0; r < count; r += BATCH) {
    const n = min(BATCH, count - r);
    for (let i: u32 = 0; i < n; i++) {
      const is = valid === 0 || load<u32>(valid + ((r + i) << 2)) !== 0;
      store<u32>(begins + (i << 2), is ? <u32>from : 0);
      if (is) from += width;
    }
    if (!takeBatch(r, n)) return UNFIT;
  }
  return TAKEN;
}
/** Texts, each behind its length: all of them are at hand. */
export function takeStrings(from: usize, count: u32, valid: usize): u32 {
  leaveEntries();
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
    takeBatch(r, n);
  }
  return TAKEN;
}
