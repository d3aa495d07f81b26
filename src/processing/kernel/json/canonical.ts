// The canonical form of a nested value from its compact text: keys by their bytes, the last value of a repeated key,
// numbers by value. And, where a key is repeated or is an index of an array, the text that JSON.stringify writes of the
// parsed value. Both are made of pieces of the compact text: sorting relinks them, and only the end result is copied.
// O(n log n); memory: some 80 bytes per key beside the texts.

import { give, take } from '../memory/memory.ts';
import { out, reserve, setOut, start } from './arena.ts';
import { repeatedNestedKey } from './host.ts';
import { isCanonical, putCanonical, readNumber } from './numbers.ts';

const QUOTE: u32 = 34,
  BACKSLASH: u32 = 92,
  COMMA: u32 = 44,
  OPEN_LIST: u32 = 91,
  CLOSE_LIST: u32 = 93,
  OPEN: u32 = 123,
  CLOSE: u32 = 125;

/** The column of the value that is read. */
let inColumn: u32 = 0;
/** Sets the column that a repeated key inside a value is reported with. */
// @inline
export function setColumn(column: u32): void {
  inColumn = column;
}
/** The text to show: its offset in the open text, and its length. */
export let shownAt: usize = 0,
  shownLength: u32 = 0;

/** Lists of pieces: offset u32, length u32, next u32 (0: none). */
let pieces: usize = 0,
  pieceBytes: u32 = 0,
  pieceCount: u32 = 0;
const PIECE: u32 = 16;
/**
 * Members of the objects that are open: offset of the key u32, its length u32, first and last piece u32, end u32, @24
 * rank u64.
 */
let members: usize = 0,
  memberBytes: u32 = 0,
  memberCount: u32 = 0;
let sorted: usize = 0,
  sortedBytes: u32 = 0;
const MEMBER: u32 = 32;

/** Where the walk is, offset in the open text; the last piece of the list; a comma. */
let at: usize = 0,
  tail: u32 = 0,
  comma: usize = 0;
let shows: bool = false,
  otherNumbers: bool = false;
/** The repeated key that was complete first, as a parser sees it. */
let repeatEnd: usize = 0,
  repeatKey: usize = 0,
  repeatLength: u32 = 0,
  isReported: bool = false;

/**
 * Makes both forms of the open text, which is the compact text: the text to show is at shownAt, and the 8 bytes before
 * it are set to pointer and length of the canonical form. O(n log n).
 * @param indexKeys a key may be an index of an array
 * @param numbers one is not canonical
 */
export function canonicalise(row: f64, indexKeys: bool, numbers: bool): void {
  const length = out - start;
  otherNumbers = numbers;
  reserve(16);
  store<u8>(out, <u8>COMMA);
  setOut(out + 1);
  comma = length;
  repeatEnd = usize.MAX_VALUE;
  const canonical = build(false, 0),
    canonicalLength = out - start - canonical;
  shownAt = 0;
  shownLength = <u32>length;
  if (repeatEnd !== usize.MAX_VALUE && !isReported) {
    isReported = true;
    repeatedNestedKey(row, inColumn, start + repeatKey, repeatLength);
  }
  if (indexKeys || repeatEnd !== usize.MAX_VALUE) {
    shownAt = build(true, 16);
    shownLength = <u32>(out - start - shownAt);
  }
  store<u32>(start + shownAt - 8, <u32>(start + canonical));
  store<u32>(start + shownAt - 4, <u32>canonicalLength);
}

/** Appends one of the two forms, `behind` bytes behind what is there. @returns its offset in the open text */
function build(show: bool, behind: u32): usize {
  shows = show;
  pieceCount = 1; // 0 stands for no piece
  memberCount = 0;
  const head = newPiece();
  tail = head;
  at = 0;
  value();
  let total: u32 = 0;
  for (let i = head; i !== 0; i = load<u32>(piece(i), 8)) total += load<u32>(piece(i), 4);
  reserve(total + behind);
  setOut((out + behind) & ~(<usize>behind >> 1));
  const result = out - start;
  for (let i = head; i !== 0; i = load<u32>(piece(i), 8)) {
    const from: usize = load<u32>(piece(i)),
      length: usize = load<u32>(piece(i), 4);
    if (otherNumbers && !show) copyByValue(from, from + length);
    else copy(from, from + length);
  }
  return result;
}
function copy(from: usize, to: usize): void {
  reserve(<u32>(to - from));
  memory.copy(out, start + from, to - from);
  setOut(out + (to - from));
}
/** The same with numbers in their canonical form. */
function copyByValue(from: usize, to: usize): void {
  for (let p = from; p < to; ) {
    const byte = byteAt(p);
    if (byte === QUOTE) p += stringBytes(p);
    else if (byte !== 45 && byte - 48 > 9) p++;
    else {
      const end = readNumber(start + p) - start;
      if (!isCanonical()) {
        copy(from, p);
        putCanonical();
        from = end;
      }
      p = end;
    }
  }
  copy(from, to);
}

// @inline
function piece(i: u32): usize {
  return pieces + <usize>(i * PIECE);
}
function larger(old: usize, bytes: u32): usize {
  const made = take(max<u32>(bytes * 2, 4096));
  if (bytes > 0) {
    memory.copy(made, old, bytes);
    give(old, bytes);
  }
  return made;
}
function newPiece(): u32 {
  const bytes = (pieceCount + 1) * PIECE;
  if (bytes > pieceBytes) {
    pieces = larger(pieces, pieceBytes);
    pieceBytes = max<u32>(pieceBytes * 2, 4096);
  }
  memory.fill(piece(pieceCount), 0, PIECE);
  return pieceCount++;
}
/** Appends the bytes between two offsets to the list. */
function extend(from: usize, to: usize): void {
  const length: usize = load<u32>(piece(tail), 4);
  if (length > 0 && load<u32>(piece(tail)) + length !== from) {
    const made = newPiece();
    store<u32>(piece(tail), made, 8);
    tail = made;
    store<u32>(piece(tail), <u32>from);
    store<u32>(piece(tail), <u32>(to - from), 4);
    return;
  }
  if (length === 0) store<u32>(piece(tail), <u32>from);
  store<u32>(piece(tail), <u32>(length + to - from), 4);
}
// @inline
function byteAt(offset: usize): u32 {
  return load<u8>(start + offset);
}
/** Takes the next n bytes as they are. */
// @inline
function keep(n: usize): void {
  extend(at, at + n);
  at += n;
}
/** Bytes of the string at an offset of the open text, with its quotes. */
function stringBytes(from: usize): usize {
  let end = from + 1;
  for (; byteAt(end) !== QUOTE; end++) if (byteAt(end) === BACKSLASH) end++;
  return end + 1 - from;
}

function value(): void {
  const byte = byteAt(at);
  if (byte === QUOTE) keep(stringBytes(at));
  else if (byte === OPEN) object();
  else if (byte === OPEN_LIST) list();
  else if (byte === 110 || byte === 116) keep(4);
  else if (byte === 102) keep(5);
  else keep(readNumber(start + at) - start - at);
}
function list(): void {
  keep(1);
  if (byteAt(at) === CLOSE_LIST) {
    keep(1);
    return;
  }
  for (;;) {
    value();
    const byte = byteAt(at);
    keep(1);
    if (byte === CLOSE_LIST) return;
  }
}
function object(): void {
  keep(1);
  if (byteAt(at) === CLOSE) {
    keep(1);
    return;
  }
  const first = memberCount,
    outer = tail;
  for (;;) {
    const key = at + 1,
      length = <u32>stringBytes(at) - 2,
      head = newPiece();
    tail = head;
    keep(length + 3);
    value();
    push(key, length, head);
    if (byteAt(at++) === CLOSE) break;
  }
  const close = at - 1,
    count = inOrder(first);
  tail = outer;
  for (let i = first; i < first + count; i++) {
    const m = member(i),
      key: usize = load<u32>(m);
    if (i > first) {
      const before = byteAt(key - 2) === COMMA ? key - 2 : comma;
      extend(before, before + 1);
    }
    append(load<u32>(m, 8), load<u32>(m, 12));
  }
  memberCount = first;
  extend(close, close + 1);
}
/** Appends a list of pieces to the list. */
function append(head: u32, last: u32): void {
  const end = load<u32>(piece(tail)) + load<u32>(piece(tail), 4);
  if (end !== load<u32>(piece(head))) {
    store<u32>(piece(tail), head, 8);
    tail = last;
    return;
  }
  store<u32>(piece(tail), load<u32>(piece(tail), 4) + load<u32>(piece(head), 4), 4);
  store<u32>(piece(tail), load<u32>(piece(head), 8), 8);
  if (last !== head) tail = last;
}

// @inline
function member(i: u32): usize {
  return members + <usize>(i * MEMBER);
}
function push(key: usize, length: u32, head: u32): void {
  if ((memberCount + 1) * MEMBER > memberBytes) {
    members = larger(members, memberBytes);
    memberBytes = max<u32>(memberBytes * 2, 4096);
  }
  const m = member(memberCount++);
  store<u32>(m, <u32>key);
  store<u32>(m, length, 4);
  store<u32>(m, head, 8);
  store<u32>(m, tail, 12);
  store<u32>(m, <u32>at, 16);
}
/** Brings the members from `first` on into their order; the last of equal keys stays. @returns how many are left */
function inOrder(first: u32): u32 {
  sort(first, false);
  let count = first;
  for (let i = first; i < memberCount; ) {
    const m = member(i),
      to = member(count++);
    const position = load<u32>(m);
    let last = i++;
    for (; i < memberCount && compareKeys(m, member(i)) === 0; i++) {
      if (last === i - 1 && member(last) === m && load<u32>(member(i), 16) < repeatEnd) {
        repeatEnd = load<u32>(member(i), 16);
        repeatKey = position;
        repeatLength = load<u32>(m, 4);
      }
      last = i;
    }
    memory.copy(to, member(last), MEMBER);
    if (shows) store<u64>(to, rank(to, position), 24);
  }
  memberCount = count;
  if (shows) sort(first, true);
  return count - first;
}
/** JavaScript's order of properties: indices of arrays by their value, then the others as they came. */
function rank(m: usize, position: u32): u64 {
  const key: usize = start + load<u32>(m),
    length = load<u32>(m, 4);
  let index: u64 = 0;
  let isIndex = length > 0 && length <= 10 && (length === 1 || load<u8>(key) !== 48);
  for (let i: u32 = 0; isIndex && i < length; i++) {
    const digit = <u32>load<u8>(key + i) - 48;
    isIndex = digit < 10;
    index = index * 10 + digit;
  }
  return isIndex && index < 0xffffffff ? index : ((<u64>1) << 32) + <u64>position;
}
/** Compares two texts by their bytes; a prefix comes first. @returns below, above or equal to 0 */
export function compareTexts(a: usize, aLength: u32, b: usize, bLength: u32): i32 {
  const n = min(aLength, bLength),
    order = memory.compare(a, b, n);
  return order !== 0 ? order : <i32>aLength - <i32>bLength;
}
function compareKeys(a: usize, b: usize): i32 {
  return compareTexts(start + load<u32>(a), load<u32>(a, 4), start + load<u32>(b), load<u32>(b, 4));
}
// @inline
function rises(a: usize, b: usize, byRank: bool): bool {
  return byRank ? load<u64>(a, 24) <= load<u64>(b, 24) : compareKeys(a, b) <= 0;
}
/** A merge sort from below; equals stay in their order. */
function sort(first: u32, byRank: bool): void {
  const n = memberCount - first;
  let done: bool = true;
  for (let i = first + 1; done && i < memberCount; i++) done = rises(member(i - 1), member(i), byRank);
  if (done) return;
  if (sortedBytes < n * MEMBER) {
    if (sorted !== 0) give(sorted, sortedBytes);
    sortedBytes = memberBytes;
    sorted = take(sortedBytes);
  }
  for (let width: u32 = 1; width < n; width *= 2) {
    let to = sorted;
    for (let from: u32 = 0; from < n; from += width * 2) {
      let a = member(first + from),
        b = member(first + min(from + width, n));
      const aEnd = b,
        bEnd = member(first + min(from + width * 2, n));
      while (a < aEnd || b < bEnd) {
        if (b === bEnd || (a < aEnd && rises(a, b, byRank))) {
          memory.copy(to, a, MEMBER);
          a += MEMBER;
        } else {
          memory.copy(to, b, MEMBER);
          b += MEMBER;
        }
        to += MEMBER;
      }
    }
    memory.copy(member(first), sorted, n * MEMBER);
  }
}
