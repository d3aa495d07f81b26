// Notes on single values of a column, whatever its type: white space at the ends, characters that do not show, rows
// that a quote swallowed. For each the number of values and the first of them with its row. Memory: 2 KiB for a column
// that has any.

import { NOTE_BYTES, NOTE_COUNT, NOTE_LENGTH, NOTE_TEXT } from '../border/layout.ts';
import { SHOWN_BYTES } from '../border/limits.ts';
import { NOTES, SPACED, SWALLOWED } from '../border/marks.ts';
import { allocate } from '../memory/memory.ts';
import { beginnings, breaks } from '../values/field.ts';
import { findMarks, marks, setMarks } from '../values/invisible.ts';
import { Column } from './column-state.ts';
import { swallowedLines } from './swallowed.ts';

/** Behind the notes (border/layout.ts): lines of the swallowed rows, f64. */
const LINES: u32 = NOTES * NOTE_BYTES;

/** A field that swallowed rows has at least this many line ends. */
export const FEW_BREAKS: u32 = 3;
/** What `inspect` found of the value it looked at last, besides its marks. */
let isSpaced: bool = false,
  lines: u32 = 0;

/**
 * Looks at a value that is not null and not nested, after `codePoints` of it.
 * @returns whether there is anything to note; `addNotes` takes it
 */
// @inline
export function inspect(c: Column, from: usize, length: u32, kind: u32, trimmedLength: u32): bool {
  return beginnings === length && breaks < FEW_BREAKS && trimmedLength === length
    ? false
    : inspectAll(c, from, length, kind, trimmedLength);
}
function inspectAll(c: Column, from: usize, length: u32, kind: u32, trimmedLength: u32): bool {
  isSpaced = trimmedLength !== length;
  lines = breaks < FEW_BREAKS ? 0 : swallowedLines(c, from, length);
  if (beginnings === length) setMarks(0);
  else findMarks(from, length, kind);
  return isSpaced || marks !== 0 || lines > 0;
}

/** Stores what `inspect` found of a text over 16 bytes at `at`, 16 bytes in its record of text-store.ts. */
export function keepFound(at: usize): void {
  store<u64>(at, marks);
  store<u32>(at, lines, 8);
  store<u32>(at, u32(isSpaced), 12);
}
/** Sets what `inspect` found of a value to what keepFound stored at `at`. */
export function recallFound(at: usize): void {
  setMarks(load<u64>(at));
  lines = load<u32>(at, 8);
  isSpaced = load<u32>(at, 12) !== 0;
}

/** Adds what was found to the column: n values, or, when a row is given, the first of them. */
export function addNotes(c: Column, n: u32, row: f64, text: usize, length: u32): void {
  if (c.notes === 0) {
    c.notes = allocate(LINES + 8);
    memory.fill(c.notes, 0, LINES + 8);
  }
  const notes = c.notes;
  for (let bits = marks; bits !== 0; bits &= bits - 1) addItem(notes, <u32>ctz(bits), n, row, text, length);
  if (isSpaced) addItem(notes, SPACED, n, row, text, length);
  if (lines === 0) return;
  addItem(notes, SWALLOWED, n, row, text, length);
  store<f64>(notes, load<f64>(notes, LINES) + <f64>lines * <f64>n, LINES);
}
function addItem(notes: usize, item: u32, n: u32, row: f64, text: usize, length: u32): void {
  const at = notes + item * NOTE_BYTES;
  store<u32>(at, load<u32>(at, NOTE_COUNT) + n, NOTE_COUNT);
  if (row === 0 || load<f64>(at) !== 0) return;
  const kept = min(length, SHOWN_BYTES),
    copy = allocate(kept);
  memory.copy(copy, text, kept);
  store<f64>(at, row);
  store<u32>(at, <u32>copy, NOTE_TEXT);
  store<u32>(at, kept, NOTE_LENGTH);
}
