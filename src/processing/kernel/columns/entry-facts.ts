// What follows from one entry of a value table (value-table.ts), the one that readSlot found.

import { DECIMAL, INTEGER, NESTED, TEXT, TOKEN } from '../border/classes.ts';
import { take } from '../memory/memory.ts';
import { codePoints } from '../values/field.ts';
import { number } from '../values/number-parser.ts';
import { seconds } from '../values/timestamp-parser.ts';
import { classify, token, trimmedLength } from '../values/value-class.ts';
import { Column } from './column-state.ts';
import { addNotes, inspect, recallFound } from './notes.ts';
import { foundAt, hasFound } from './text-store.ts';
import { entry, entryCount, entryHigh, entryLength, entryLow, isRecord } from './value-table.ts';

/**
 * Of the entry classified last: class, with the null token << 8; the number, NaN when it is none; the instant, of dates
 * and datetimes.
 */
export let entryClass: u32 = 0,
  entryNumber: f64 = 0,
  entrySeconds: i64 = 0;
let scratch: usize = 0;

/** Text of up to 16 bytes is classified again, which costs less than storing the class in every entry. */
export function classifyEntry(): void {
  if (isRecord()) {
    const record: usize = load<u32>(entry, 20);
    entryClass = load<u32>(record, 16);
    entryNumber = load<f64>(record, 8);
    entrySeconds = <i64>entryNumber; // of other classes it means nothing
  } else {
    if (scratch === 0) {
      scratch = take(64);
      memory.fill(scratch, 0, 64);
    }
    store<u64>(scratch, entryLow);
    store<u64>(scratch, entryHigh, 8);
    entryClass = classify(scratch, entryLength());
    entryClass |= token << 8;
    entryNumber = number;
    entrySeconds = seconds;
  }
  if (entryClass !== INTEGER && entryClass !== DECIMAL) entryNumber = NaN;
}
/** Whether the entry classified last is null. */
export function isNullEntry(): bool {
  return (entryClass & 255) <= TOKEN;
}
/** Length in bytes. */
export function entryBytes(): u32 {
  return isRecord() ? load<u32>(load<u32>(entry, 20)) : entryLength();
}
/** Length in code points of UTF-8. */
export function entryPoints(): u32 {
  return isRecord() ? load<u32>(load<u32>(entry, 20), 4) : codePoints(entry, entryLength());
}
/** Whether it is a number, boolean or time and nothing else: ASCII then. @param bytes of it */
// @inline
export function isPlainEntry(bytes: u32): bool {
  return (entryClass & 255) < TEXT && !isRecord() && trimmedLength === bytes;
}
/**
 * What notes.ts finds of the entry, as often as it came; after classifyEntry and entryPoints, of a value that is not
 * null.
 */
export function noteEntry(c: Column): void {
  const kind = entryClass & 255;
  if (kind === NESTED) return;
  if (isRecord()) {
    const record: usize = load<u32>(entry, 20);
    if (!hasFound(record)) return;
    recallFound(foundAt(record));
    addNotes(c, entryCount, 0, 0, 0);
  } else if (inspect(c, scratch, entryLength(), kind, trimmedLength)) addNotes(c, entryCount, 0, 0, 0);
}
