// Keys and their columns. A record is expected to go on as the one before: each key has an entry with the raw bytes
// that stood between the value before and its own value, the comma, white space, the key and the colon, and the entry
// that came next. What equals those bytes needs no parsing. Everything else is parsed, and its key looked up in a hash
// table by its unescaped text.

import { MAX_COLUMNS } from '../border/limits.ts';
import { allocate, give, take } from '../memory/memory.ts';
import { openText, out, start } from './arena.ts';
import { addColumn } from './columns.ts';
import { fail, stops, unescapeString } from './strings.ts';

const QUOTE: u32 = 34,
  CLOSE: u32 = 125,
  COMMA: u32 = 44,
  COLON: u32 = 58,
  LF: u32 = 10;
/** Longer gaps are parsed each time. */
const MAX_GAP: u32 = 1024;
/** Keys that may be missing before the next is looked up. */
const SKIPS: u32 = 3;

/** An entry of a key, which has two: one for where it comes first in a record (no comma), one for elsewhere. */
// @unmanaged
export class Entry {
  /** The first 16 bytes of the gap and a mask of those that are there: 32 bytes. */
  first0: u64;
  first1: u64;
  mask0: u64;
  mask1: u64;
  /** Bytes of the gap; 0: never matches. */
  length: u32;
  column: u32;
  next: Entry;
  /** All of the gap when it is longer than 16 bytes, zeros behind, and the room for it. */
  gap: usize;
  gapBytes: u32;
}
const ENTRY: u32 = 64;

/** What is known of a column. */
// @unmanaged
class Key {
  text: usize;
  length: u32;
  hash: u32;
  first: Entry;
  other: Entry;
  /** The host knows that the key was repeated. */
  repeated: bool;
}
const KEY: u32 = 32;

let keys: usize = 0,
  columns: u32 = 0;
/** Slots of column + 1. */
let table: usize = 0,
  slots: u32 = 0;
/** Never matches; and where each record begins. */
let never: Entry = changetype<Entry>(0);
export let root: Entry = changetype<Entry>(0);

/** Columns found so far: different keys. */
export function columnsSoFar(): u32 {
  return columns;
}
/** Where the unescaped text of a column's key is, in UTF-8; keyLength() bytes. */
export function keyText(column: u32): usize {
  return keyAt(column).text;
}
/** Bytes of that text. */
export function keyLength(column: u32): u32 {
  return keyAt(column).length;
}
// @inline
function keyAt(column: u32): Key {
  return changetype<Key>(keys + <usize>(column * KEY));
}
/** @returns whether this is the first time */
export function markRepeated(column: u32): bool {
  const key = keyAt(column),
    first = !key.repeated;
  key.repeated = true;
  return first;
}

/** Begins without any column. Once per job; 512 KiB, of which only what is used is touched. */
export function prepareKeys(): void {
  keys = allocate(MAX_COLUMNS * KEY); // touched as columns come
  columns = 0;
  slots = 256;
  table = take(slots * 4);
  memory.fill(table, 0, slots * 4);
  never = newEntry(0);
  never.next = never;
  root = newEntry(0);
}
function newEntry(column: u32): Entry {
  const entry = changetype<Entry>(allocate(ENTRY));
  memory.fill(changetype<usize>(entry), 0, ENTRY);
  entry.first0 = entry.mask0 = ~(<u64>0); // no text has these bytes
  entry.column = column;
  entry.next = never;
  return entry;
}

/** Whether the gap at p is the one of this entry. */
// @inline
export function matches(entry: Entry, p: usize): bool {
  const at = changetype<usize>(entry);
  if (v128.any_true(v128.and(v128.xor(v128.load(p), v128.load(at)), v128.load(at, 16)))) return false;
  return entry.length <= 16 || restMatches(entry, p);
}
function restMatches(entry: Entry, p: usize): bool {
  const gap = entry.gap,
    n: usize = entry.length;
  let i: usize = 16;
  for (; i + 16 < n; i += 16) if (v128.any_true(v128.xor(v128.load(p + i), v128.load(gap + i)))) return false;
  return !v128.any_true(v128.xor(v128.load(p + n - 16), v128.load(gap + n - 16)));
}
function learn(entry: Entry, from: usize, to: usize): void {
  const n = <u32>(to - from);
  if (n > MAX_GAP) return;
  entry.length = n;
  entry.first0 = entry.first1 = entry.mask0 = entry.mask1 = 0;
  const at = changetype<usize>(entry),
    head = min(n, 16);
  memory.copy(at, from, head);
  memory.fill(at + 16, 255, head);
  if (n <= 16) return;
  if (n > entry.gapBytes) {
    if (entry.gap !== 0) give(entry.gap, entry.gapBytes);
    entry.gapBytes = max<u32>(1 << (32 - clz(n - 1)), 64);
    entry.gap = take(entry.gapBytes);
  }
  memory.copy(entry.gap, from, n);
}

/** Skips white space from p on. @returns where the next other byte is */
// @inline
export function skipSpace(p: usize): usize {
  return <u32>load<u8>(p) > 32 ? p : skipSpaces(p);
}
function skipSpaces(p: usize): usize {
  for (; ; p++) {
    const byte = <u32>load<u8>(p);
    if (byte !== 32 && byte !== LF && byte !== 13 && byte !== 9) return p;
  }
  return 0;
}

/** What findGap found: where the value begins, or what is behind the record. */
export let gapEnd: usize = 0;
/** Too many columns: findGap failed, and not because of what it read. */
export let tooMany: bool = false;

/**
 * The gap at p behind a value or, where `before` is the root, behind the opening brace.
 * @returns its entry; root at the end of the record; null (0) when it is broken
 */
export function findGap(p: usize, before: Entry): Entry {
  let entry = before.next;
  for (let i: u32 = 0; i < SKIPS && before !== root; i++) {
    entry = entry.next;
    if (matches(entry, p)) {
      gapEnd = skipSpace(p + entry.length);
      return entry;
    }
  }
  const from = p;
  p = skipSpace(p);
  if (load<u8>(p) === CLOSE) {
    gapEnd = p + 1;
    return root;
  }
  if (before !== root) {
    if (load<u8>(p) !== COMMA) return broken(p);
    p = skipSpace(p + 1);
  }
  if (load<u8>(p) !== QUOTE) return broken(p);
  const column = readKey(p + 1);
  if (gapEnd === 0) return changetype<Entry>(0);
  p = skipSpace(gapEnd + 1);
  if (load<u8>(p) !== COLON) return broken(p);
  p = skipSpace(p + 1);
  const key = keyAt(column);
  if (before === root) {
    if (changetype<usize>(key.first) === 0) key.first = newEntry(column);
    entry = key.first;
  } else {
    if (changetype<usize>(key.other) === 0) key.other = newEntry(column);
    entry = key.other;
  }
  learn(entry, from, p);
  before.next = entry;
  gapEnd = p;
  return entry;
}
function broken(p: usize): Entry {
  fail(p);
  return changetype<Entry>(0);
}

/**
 * The column of the key behind the opening quote at p - 1; gapEnd is then where its closing quote stands, 0 when it is
 * broken.
 */
function readKey(p: usize): u32 {
  let end = p,
    found = stops(v128.load(end));
  while (found === 0) {
    end += 16;
    found = stops(v128.load(end));
  }
  end += <usize>ctz(found);
  if (load<u8>(end) === QUOTE) {
    gapEnd = end;
    return columnOf(p, <u32>(end - p));
  }
  openText();
  gapEnd = unescapeString(p);
  return gapEnd === 0 ? 0 : columnOf(start, <u32>(out - start));
}
function hashKey(text: usize, length: u32): u32 {
  let hash: u64 = 0x9e3779b97f4a7c15 ^ <u64>length,
    i: u32 = 0;
  for (; i + 8 <= length; i += 8) {
    hash = (hash ^ load<u64>(text + i)) * 0xc2b2ae3d27d4eb4f;
    hash ^= hash >> 29;
  }
  let last: u64 = 0;
  for (; i < length; i++) last = (last << 8) | <u64>load<u8>(text + i);
  hash = (hash ^ last) * 0xd6e8feb86659fd93;
  return <u32>(hash >> 32);
}
function columnOf(text: usize, length: u32): u32 {
  const hash = hashKey(text, length);
  let slot = hash & (slots - 1);
  for (;;) {
    const column: u32 = load<u32>(table + ((<usize>slot) << 2));
    if (column === 0) break;
    const key = keyAt(column - 1);
    if (key.hash === hash && key.length === length && memory.compare(key.text, text, length) === 0) return column - 1;
    slot = (slot + 1) & (slots - 1);
  }
  if (columns === MAX_COLUMNS) {
    tooMany = true;
    gapEnd = 0;
    return 0;
  }
  const column = addColumn(),
    key = keyAt(column);
  memory.fill(changetype<usize>(key), 0, KEY);
  key.text = allocate(length);
  memory.copy(key.text, text, length);
  key.length = length;
  key.hash = hash;
  columns++;
  store<u32>(table + ((<usize>slot) << 2), column + 1);
  if (columns * 2 > slots) grow();
  return column;
}
function grow(): void {
  give(table, slots * 4);
  slots *= 4;
  table = take(slots * 4);
  memory.fill(table, 0, slots * 4);
  for (let column: u32 = 0; column < columns; column++) {
    let slot = keyAt(column).hash & (slots - 1);
    while (load<u32>(table + ((<usize>slot) << 2)) !== 0) slot = (slot + 1) & (slots - 1);
    store<u32>(table + ((<usize>slot) << 2), column + 1);
  }
}
