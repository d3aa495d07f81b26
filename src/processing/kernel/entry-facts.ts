// What follows from one entry of a value table (value-table.ts), the one that readSlot found.
import { codePoints } from './field';
import { allocate } from './memory';
import { DECIMAL, INTEGER, number } from './number-parser';
import { classify } from './value-class';
import { entry, entryClass, entryHigh, entryLength, entryLow, isRecord } from './value-table';

let scratch: usize = 0;

/** Length in bytes. */
export function entryBytes(): u32 {
  return isRecord() ? load<u32>(load<u32>(entry, 24)) : entryLength();
}
/** Length in code points of UTF-8. */
export function entryPoints(): u32 {
  return isRecord() ? load<u32>(load<u32>(entry, 24), 4) : codePoints(entry, entryLength());
}
/** The number; NaN when it is none. */
export function entryValue(): f64 {
  const kind = entryClass & 255;
  if (kind != INTEGER && kind != DECIMAL) return NaN;
  if (isRecord()) return load<f64>(load<u32>(entry, 24), 8);
  if (entryHigh != 0) return load<f64>(entry, 24);
  // 8 bytes: parsed again, which costs less than a place in every entry
  if (scratch == 0) {
    scratch = allocate(32);
    memory.fill(scratch, 0, 32);
  }
  store<u64>(scratch, entryLow);
  classify(scratch, entryLength());
  return number;
}
