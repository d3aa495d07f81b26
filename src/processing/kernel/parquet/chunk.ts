// The column chunk that is read: how its values are stored, and its dictionary.

import { LITERAL_VALUE, STRING_VALUE } from '../border/classes.ts';
import { MAX_RECORD_BYTES } from '../border/limits.ts';
import {
  FLOAT,
  MOST_DICTIONARY_VALUES,
  MOST_ENTRIES,
  STRING,
  TAKEN,
  TRUTH,
  UNFIT,
  UNSIGNED,
} from '../border/parquet.ts';
import { COUNTING, Column, columnAt } from '../columns/column-state.ts';
import { resetArena } from '../json/arena.ts';
import { addEntry, beginEntries, reserveEntries, settleEntries } from './entries.ts';
import { dictionary, dropTexts, enlarge, keepPage, offsets, page, textPlace } from './pieces.ts';
import { textBegin, textEnd, textKind, writeValue } from './texts.ts';
import { isCleanText } from './utf8.ts';
import { clearCache } from './value-cache.ts';

export let column: Column = changetype<Column>(0);
/** How its values become text (border/parquet.ts), and the bytes of one; 0 of bits and byte arrays. */
export let form: u32 = 0,
  scale: u32 = 0,
  width: u32 = 0;
export let isOptional: bool = false;
/** Rows so far. */
export let rows: u32 = 0;
/** There are too many different values to count by entries: all rows are taken as fields. */
export let isDirect: bool = false;
export let hasDictionary: bool = false;
/** Different values that the column had before, while they are counted: as many may come again. */
export let knownValues: u32 = 0;
/** Values of a dictionary that is kept as it is stored, and read for each row: it has too many of them. */
export let storedValues: u32 = 0;
/** Bytes of the longest text so far, of the dictionary too. */
export let longest: u32 = 0;
/**
 * Texts of a row, with room for names and escapes in its record. What is larger is left to the other way, which knows
 * how large the record is.
 */
export const MOST_TEXT_BYTES: u32 = (MAX_RECORD_BYTES / 4) * 3;

/**
 * Begins the chunk of a column in the row group.
 * @param bytes of a stored value: 4 or 8; 0 for bits and byte arrays
 */
export function beginChunk(index: u32, asForm: u32, asScale: u32, bytes: u32, optional: u32): void {
  column = columnAt(index);
  form = asForm;
  scale = asScale;
  width = bytes;
  isOptional = optional !== 0;
  rows = 0;
  isDirect = form === STRING;
  hasDictionary = false;
  storedValues = 0;
  longest = 0;
  knownValues = column.mode === COUNTING ? column.distinct : 0;
  dropEntries();
  if (form === TRUTH) {
    const text = enlarge(dictionary, 64);
    store<u64>(text, 0x65757274);
    store<u64>(text + 16, 0x65736c6166);
    reserveEntries(3);
    addEntry(text + 16, text + 21, LITERAL_VALUE);
    addEntry(text, text + 4, LITERAL_VALUE);
  }
  if (width > 0) clearCache();
}
function dropEntries(): void {
  beginEntries(column);
  dropTexts();
  resetArena();
}
/** From here on all rows of the chunk are taken as fields, by themselves: nothing of its entries is needed any more. */
export function leaveEntries(): void {
  settleEntries();
  if (isDirect && !hasDictionary) return;
  isDirect = true;
  hasDictionary = false;
  dropEntries();
}
export function noteText(bytes: u32): void {
  longest = max(longest, bytes);
}
/** Counts rows that have been taken. */
export function addRows(n: u32): void {
  rows += n;
}
/** The value at `at`, as 64 bits: of floating-point numbers those of a double. */
// @inline
export function storedValue(at: usize): i64 {
  if (width === 8) return load<i64>(at);
  if (form === FLOAT) return reinterpret<i64>(<f64>load<f32>(at));
  return form === UNSIGNED ? <i64>load<u32>(at) : <i64>load<i32>(at);
}

/**
 * Takes a dictionary page, whose `length` bytes are at plainPage.
 * @param count values @param ofRows rows whose values are in it, at about
 */
export function takeDictionary(length: u32, count: u32, ofRows: u32): u32 {
  if (hasDictionary || rows > 0 || form === TRUTH || count > MOST_DICTIONARY_VALUES) return UNFIT;
  hasDictionary = true;
  isDirect = count > MOST_ENTRIES || <u64>count * 3 > <u64>ofRows;
  if (isDirect) storedValues = count;
  else reserveEntries(count + 1);
  return width > 0 ? takeNumbers(length, count) : takeTexts(length, count);
}
function takeNumbers(length: u32, count: u32): u32 {
  if (<u64>count * width > <u64>length) return UNFIT;
  if (isDirect) {
    keepPage(length);
    return TAKEN;
  }
  for (let i: u32 = 0; i < count; i++) {
    writeValue(textPlace(), form, scale, storedValue(page.at + <usize>(i * width)));
    if (textKind === 0) return UNFIT;
    addEntry(textBegin, textEnd, textKind);
  }
  return TAKEN;
}
/** The texts stay where they are. */
function takeTexts(length: u32, count: u32): u32 {
  keepPage(length);
  let at = dictionary.at;
  const end = at + length,
    begins = isDirect ? enlarge(offsets, count << 2) : 0;
  for (let i: u32 = 0; i < count; i++) {
    if (at + 4 > end) return UNFIT;
    const n = load<u32>(at);
    at += 4;
    if (<u64>n > <u64>(end - at) || !isCleanText(at, n)) return UNFIT;
    if (isDirect) store<u32>(begins + (i << 2), <u32>at);
    else addEntry(at, at + n, STRING_VALUE);
    noteText(n);
    at += n;
  }
  return longest <= MOST_TEXT_BYTES ? TAKEN : UNFIT;
}
