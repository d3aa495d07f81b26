// The rows of a CSV's head under one delimiter: how many fields each has, and up to which one there is something in
// them. Byte by byte as formats/csv/scanner.ts reads them, for a few hundred kilobytes at the most; the state lives
// over pieces. Used before a job is prepared, in the same memory: nothing of it is left afterwards. Memory: 1.1 MiB.
import { HEAD_BYTES, HEAD_ROWS, MAX_COLUMNS } from '../border/limits.ts';
import { COMPLETE, FAULT, GOES_ON } from '../border/statuses.ts';
import { base, SHARED_BYTES } from '../memory/shared.ts';

const QUOTE: u32 = 34,
  LF: u32 = 10,
  CR: u32 = 13,
  SPACE: u32 = 32;

const FIELD_START: u32 = 0,
  UNQUOTED: u32 = 1,
  QUOTED: u32 = 2,
  QUOTE_SEEN: u32 = 3;

// @unmanaged
class Reading {
  end: u32;
  state: u32;
  afterCr: bool;
  /** The field so far has a character other than white space. */
  isFilled: bool;
  /** The row so far is nothing but spaces. */
  onlySpaces: bool;
  rows: u32;
  /** Of the row so far: fields that have ended, and those up to the last with something in it. */
  width: u32;
  filled: u32;
}
const ROW_BYTES: usize = 8;
const READING: usize = (offsetof<Reading>() + 63) & ~63;

// @inline
function readingAt(i: u32): Reading {
  return changetype<Reading>(
    ((base() + SHARED_BYTES + 63) & ~63) + <usize>i * (READING + <usize>HEAD_ROWS * ROW_BYTES),
  );
}
/** Rows of reading i so far: for each its width u32 and its filled fields u32. */
export function headRows(i: u32): usize {
  return changetype<usize>(readingAt(i)) + READING;
}
/** How many rows reading i has so far, HEAD_ROWS at most. */
export function headRowCount(i: u32): u32 {
  return readingAt(i).rows;
}
/** Where the host writes pieces of the head: behind the state of all `readings` readings. */
export function headPiece(readings: u32): usize {
  return changetype<usize>(readingAt(readings));
}
/** Bytes of the room at headPiece(). */
export function headPieceBytes(): u32 {
  return HEAD_BYTES;
}
/** Begins reading i anew. */
export function openHead(i: u32): void {
  const r = readingAt(i);
  memory.fill(changetype<usize>(r), 0, READING);
  r.onlySpaces = true;
}

function endField(r: Reading): void {
  r.width++;
  if (r.isFilled) r.filled = r.width;
  r.isFilled = false;
  r.state = FIELD_START;
}
function endRow(i: u32, r: Reading): void {
  if (!r.onlySpaces || r.width > 1) {
    const row = headRows(i) + <usize>r.rows * ROW_BYTES;
    store<u32>(row, r.width);
    store<u32>(row, r.filled, 4);
    if (++r.rows === HEAD_ROWS) r.end = COMPLETE;
  }
  r.width = r.filled = 0;
  r.onlySpaces = true;
}
// @inline
function isWhite(byte: u32): bool {
  return byte === SPACE || byte - 9 < 5;
}

/**
 * Takes the next `length` bytes of reading i. O(bytes).
 * @returns GOES_ON, COMPLETE when it has all rows, FAULT when the host must read the head to describe an error
 */
export function readHead(i: u32, from: usize, length: u32, delimiter: u32): u32 {
  const r = readingAt(i),
    end = from + length;
  let at = from;
  while (at < end && r.end === GOES_ON) {
    let byte = <u32>load<u8>(at);
    if (r.afterCr) {
      r.afterCr = false;
      if (byte === LF) {
        at++;
        continue;
      }
    }
    if (r.state === QUOTED) {
      let filled = r.isFilled;
      while (byte !== QUOTE) {
        if (!isWhite(byte)) filled = true;
        if (++at === end) break;
        byte = load<u8>(at);
      }
      r.isFilled = filled;
      if (at === end) break;
      r.state = QUOTE_SEEN;
      at++;
      continue;
    }
    if (r.state === QUOTE_SEEN) {
      if (byte === QUOTE) {
        r.isFilled = true;
        r.state = QUOTED;
        at++;
        continue;
      }
      r.state = UNQUOTED;
    } else if (r.state === FIELD_START) {
      if (byte === SPACE) {
        at++;
        continue;
      }
      if (byte === QUOTE) {
        r.onlySpaces = false;
        r.state = QUOTED;
        at++;
        continue;
      }
      r.state = UNQUOTED;
    }
    const begin = at;
    let filled = r.isFilled;
    while (byte !== delimiter && byte !== LF && byte !== CR) {
      if (!isWhite(byte)) filled = true;
      if (++at === end) break;
      byte = load<u8>(at);
    }
    r.isFilled = filled;
    if (at > begin) r.onlySpaces = false;
    if (at === end) break;
    at++;
    if (r.width === MAX_COLUMNS) {
      r.end = FAULT;
      continue;
    }
    endField(r);
    if (byte === delimiter) r.onlySpaces = false;
    else {
      r.afterCr = byte === CR;
      endRow(i, r);
    }
  }
  return r.end;
}
/** After the last byte of the file: the last row may have no line end. @returns as readHead */
export function endHead(i: u32): u32 {
  const r = readingAt(i);
  if (r.end !== GOES_ON) return r.end;
  if (r.state === QUOTED) r.end = FAULT;
  else if (r.state !== FIELD_START || r.width > 0) {
    if (r.width === MAX_COLUMNS) r.end = FAULT;
    else {
      endField(r);
      endRow(i, r);
    }
  }
  return r.end;
}
