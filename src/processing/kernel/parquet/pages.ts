// The pages of flat columns, one column chunk after another: every row of a page is a value of entries.ts or a field of
// a batch. The hashes of the rows of a row group are kept until all of its columns have been taken.
//
// A page that has something that is not read here is UNFIT: nothing is described, the host reads the file again, in the
// other way. Memory: 16 bytes per row of the row group, a page as it is decompressed, 4 bytes for each of its values.

import { LITERAL_VALUE, STRING_VALUE } from '../border/classes.ts';
import { FLOAT, MOST_GROUP_ROWS, MOST_PAGE_VALUES, STRING, TAKEN, TRUTH, UNFIT, UNSIGNED } from '../border/parquet.ts';
import { columnAt } from '../columns/column-state.ts';
import { appendRow } from '../end/duplicates.ts';
import { resetArena } from '../json/arena.ts';
import { give, take } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import {
  addEntry,
  addPlainEntry,
  attachEntries,
  BATCH,
  beginEntries,
  begins,
  ends,
  entries,
  isChosen,
  kinds,
  reserveEntries,
  settleEntries,
  takeEntries,
  takeEntryFields,
  takeFieldBatch,
} from './entries.ts';
import { unpackHybrid } from './hybrid.ts';
import { unpackSnappy } from './snappy.ts';
import { attachTexts, TEXT_ROOM, textBegin, textEnd, textKind, writeValue } from './texts.ts';
import { isCleanText } from './utf8.ts';
import { cachedEntry, cacheEntry, clearCache, MOST_CACHED } from './value-cache.ts';

/** Beyond a piece of memory, for what reads or writes some bytes more. */
const SLACK: u32 = 128;

/** A piece of memory that grows. */
// @unmanaged
class Piece {
  at: usize;
  bytes: u32;
}
const stored = changetype<Piece>(memory.data(8, 8)),
  page = changetype<Piece>(memory.data(8, 8)),
  dictionary = changetype<Piece>(memory.data(8, 8)),
  numbers = changetype<Piece>(memory.data(8, 8)),
  levels = changetype<Piece>(memory.data(8, 8)),
  scratch = changetype<Piece>(memory.data(8, 8)),
  sums = changetype<Piece>(memory.data(8, 8));

/** Makes a piece of at least `bytes`; its content is not kept. */
function enlarge(piece: Piece, bytes: u32): usize {
  if (piece.bytes < bytes + SLACK) {
    if (piece.bytes > 0) give(piece.at, piece.bytes);
    piece.bytes = 1 << (32 - clz(max<u32>(bytes + SLACK, 4096) - 1));
    piece.at = take(piece.bytes);
  }
  return piece.at;
}

let form: u32 = 0,
  scale: u32 = 0,
  width: u32 = 0,
  isOptional: bool = false,
  /** Rows of the row group, and of the chunk so far. */
  groupRows: u32 = 0,
  rows: u32 = 0,
  /** Rows go the way of all fields: there are too many different values. */
  isDirect: bool = false,
  hasDictionary: bool = false,
  /** Of a chunk of numbers: their entries are found by value. */
  isCached: bool = false,
  textAt: usize = 0,
  textChunkEnd: usize = 0,
  textChunks: usize = 0;

/** Once per job, after prepare. */
export function openColumns(): void {
  clearPiece(stored);
  clearPiece(page);
  clearPiece(dictionary);
  clearPiece(numbers);
  clearPiece(levels);
  clearPiece(scratch);
  clearPiece(sums);
  attachTexts();
  attachEntries();
}
function clearPiece(piece: Piece): void {
  piece.at = 0;
  piece.bytes = 0;
}
/** Begins a row group. @returns UNFIT when it has too many rows */
export function beginGroup(n: u32): u32 {
  if (n > MOST_GROUP_ROWS) return UNFIT;
  memory.fill(enlarge(sums, n << 4), 0, (<usize>n) << 4);
  groupRows = n;
  return TAKEN;
}
/** All columns of the row group have been taken: its rows go on to the duplicates. */
export function endGroup(): void {
  const s = shared();
  for (let r: u32 = 0; r < groupRows; r++) {
    const at = sums.at + ((<usize>r) << 4);
    appendRow(load<u64>(at), load<u64>(at, 8), <u32>(s.rowCount + <f64>(r + 1)));
  }
  s.rowCount += <f64>groupRows;
}
/**
 * Begins the chunk of a column in the row group.
 * @param bytes of a stored value: 4 or 8; 0 for bits and byte arrays
 */
export function beginChunk(column: u32, asForm: u32, asScale: u32, bytes: u32, optional: u32): void {
  form = asForm;
  scale = asScale;
  width = bytes;
  isOptional = optional !== 0;
  rows = 0;
  isDirect = form === STRING;
  hasDictionary = false;
  isCached = width > 0;
  resetArena();
  beginEntries(columnAt(column));
  dropTextChunks();
  if (form === TRUTH) {
    const text = enlarge(dictionary, 64);
    store<u64>(text, 0x65757274);
    store<u64>(text + 16, 0x65736c6166);
    reserveEntries(3);
    addEntry(text + 16, text + 21, LITERAL_VALUE);
    addEntry(text, text + 4, LITERAL_VALUE);
  }
  if (isCached) clearCache();
}
/** The chunk is complete. @returns UNFIT when it has another number of rows than the row group */
export function endChunk(): u32 {
  settleEntries();
  return rows === groupRows ? TAKEN : UNFIT;
}
/** Where the host writes a page as it stands in the file, of this many bytes. */
export function storedPage(bytes: u32): usize {
  return enlarge(stored, bytes);
}
/** Where the host writes a page that it has decompressed. */
export function plainPage(bytes: u32): usize {
  return enlarge(page, bytes);
}
/**
 * Decompresses `bytes` bytes of Snappy, `from` bytes behind the beginning of storedPage, to `to` bytes behind that of
 * plainPage.
 * @returns UNFIT when they are not `length` bytes then
 */
export function decompressPage(from: u32, bytes: u32, to: u32, length: u32): u32 {
  const begin = stored.at + from;
  return unpackSnappy(begin, begin + bytes, page.at + to, length) ? TAKEN : UNFIT;
}

/** Texts of entries: chunks, the last first. */
const TEXT_CHUNK: u32 = 65536;
function dropTextChunks(): void {
  while (textChunks !== 0) {
    const next: usize = load<u32>(textChunks);
    give(textChunks, TEXT_CHUNK);
    textChunks = next;
  }
  textAt = textChunkEnd = 0;
}
function textPlace(): usize {
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
// @inline
function storedValue(at: usize): i64 {
  if (width === 8) return load<i64>(at);
  if (form === FLOAT) return reinterpret<i64>(<f64>load<f32>(at));
  return form === UNSIGNED ? <i64>load<u32>(at) : <i64>load<i32>(at);
}

/**
 * Takes a dictionary page, whose `length` bytes are at plainPage.
 * @param count values @param ofRows rows of the chunk
 */
export function takeDictionary(length: u32, count: u32, ofRows: u32): u32 {
  if (hasDictionary || rows > 0 || form === TRUTH || count > MOST_PAGE_VALUES) return UNFIT;
  hasDictionary = true;
  isDirect = <u64>count * 3 > <u64>ofRows;
  reserveEntries(count + 1);
  if (width > 0) {
    if (<u64>count * width > <u64>length) return UNFIT;
    for (let i: u32 = 0; i < count; i++) {
      writeValue(textPlace(), form, scale, storedValue(page.at + <usize>(i * width)));
      if (textKind === 0) return UNFIT;
      keepEntry(textBegin, textEnd, textKind);
    }
    return TAKEN;
  }
  // the texts stay where they are: the page is the dictionary from now on
  const other = dictionary.at,
    bytes = dictionary.bytes;
  dictionary.at = page.at;
  dictionary.bytes = page.bytes;
  page.at = other;
  page.bytes = bytes;
  let at = dictionary.at;
  const end = at + length;
  for (let i: u32 = 0; i < count; i++) {
    if (at + 4 > end) return UNFIT;
    const n = load<u32>(at);
    at += 4;
    if (<u64>n > <u64>(end - at) || !isCleanText(at, n)) return UNFIT;
    keepEntry(at, at + n, STRING_VALUE);
    at += n;
  }
  return TAKEN;
}
function keepEntry(begin: usize, end: usize, kind: u32): void {
  if (isDirect) addPlainEntry(begin, end, kind);
  else addEntry(begin, end, kind);
}

/**
 * Takes a data page of `count` rows, all of whose bytes are at plainPage.
 * @param levelsAt where the definition levels begin in it, and their bytes; of optional columns
 * @param valuesAt where the values begin, up to `length`
 * @param isDictionary the values are numbers of entries
 */
export function takePage(
  count: u32,
  levelsAt: u32,
  levelBytes: u32,
  valuesAt: u32,
  length: u32,
  isDictionary: u32,
): u32 {
  if (count > MOST_PAGE_VALUES || count > groupRows - rows || levelsAt + levelBytes > length || valuesAt > length)
    return UNFIT;
  if (count === 0) return TAKEN;
  const end = page.at + length;
  let values = count;
  let valid: usize = 0;
  if (isOptional) {
    valid = enlarge(levels, count * 4 + 32);
    const begin = page.at + levelsAt;
    if (unpackHybrid(begin, begin + levelBytes, 1, count, valid, 0) > 1) return UNFIT;
    values = sumOf(valid, count);
    if (values === count) valid = 0;
  }
  const from = page.at + valuesAt;
  let status = TAKEN;
  if (isDictionary !== 0) status = takeIndices(from, end, count, values, valid);
  else if (form === TRUTH) status = takeTruths(from, end, count, values, valid);
  else if (width > 0) status = takeNumbers(from, end, count, values, valid);
  else status = takeStrings(from, end, count, valid);
  rows += count;
  return status;
}
function sumOf(levels: usize, n: u32): u32 {
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
    if (isDirect || !isChosen())
      takeEntryFields(at + ((<usize>r) << 2), n, hashes + ((<usize>r) << 4), firstRow + <f64>r);
    else {
      takeEntries(at + ((<usize>r) << 2), count - r, hashes + ((<usize>r) << 4), firstRow + <f64>r);
      return;
    }
    r += n;
  }
}
function takeIndices(from: usize, end: usize, count: u32, values: u32, valid: usize): u32 {
  if (!hasDictionary && form !== TRUTH) return UNFIT;
  const out = enlarge(numbers, values * 4 + 32);
  if (values > 0) {
    if (from >= end) return UNFIT;
    const bits = <u32>load<u8>(from);
    if (bits > 32) return UNFIT;
    // one more: entry 0 is null
    const most = unpackHybrid(from + 1, end, bits, values, out, 1);
    if (most >= entries - 1) return UNFIT;
  }
  takeRows(spread(out, count, valid), count);
  return TAKEN;
}
function takeTruths(from: usize, end: usize, count: u32, values: u32, valid: usize): u32 {
  if ((<u64>(end - from)) << 3 < <u64>values) return UNFIT;
  const out = enlarge(numbers, values * 4 + 32);
  for (let i: u32 = 0; i < values; i++)
    store<u32>(out + (i << 2), 1 + ((<u32>load<u8>(from + (i >> 3)) >> (i & 7)) & 1));
  takeRows(spread(out, count, valid), count);
  return TAKEN;
}
function takeNumbers(from: usize, end: usize, count: u32, values: u32, valid: usize): u32 {
  if (<u64>values * width > <u64>(end - from)) return UNFIT;
  if (isCached && !hasDictionary && !isDirect) {
    const out = enlarge(numbers, values * 4 + 32);
    const n = findEntries(from, values, out);
    if (n === values) {
      takeRows(spread(out, count, valid), count);
      return TAKEN;
    }
    if (textKind === 0) return UNFIT;
    isDirect = true;
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
  settleEntries();
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
      writeValue(texts + <usize>(i * TEXT_ROOM), form, scale, storedValue(from));
      if (textKind === 0) return UNFIT;
      from += width;
      store<u32>(begins + (i << 2), <u32>textBegin - 1);
      store<u32>(ends + (i << 2), <u32>textEnd);
      store<u8>(kinds + i, <u8>textKind);
    }
    takeFieldBatch(n, sums.at + ((<usize>(rows + r)) << 4), firstRow + <f64>(rows + r));
  }
  return TAKEN;
}
function takeStrings(from: usize, end: usize, count: u32, valid: usize): u32 {
  settleEntries();
  isDirect = true;
  const firstRow = shared().rowCount + 1;
  for (let r: u32 = 0; r < count; r += BATCH) {
    const n = min(BATCH, count - r);
    for (let i: u32 = 0; i < n; i++) {
      if (valid !== 0 && load<u32>(valid + ((r + i) << 2)) === 0) {
        store<u8>(kinds + i, 0);
        continue;
      }
      if (from + 4 > end) return UNFIT;
      const length = load<u32>(from);
      from += 4;
      if (<u64>length > <u64>(end - from) || !isCleanText(from, length)) return UNFIT;
      store<u32>(begins + (i << 2), <u32>from - 1);
      from += length;
      store<u32>(ends + (i << 2), <u32>from);
      store<u8>(kinds + i, <u8>STRING_VALUE);
    }
    takeFieldBatch(n, sums.at + ((<usize>(rows + r)) << 4), firstRow + <f64>(rows + r));
  }
  return TAKEN;
}
