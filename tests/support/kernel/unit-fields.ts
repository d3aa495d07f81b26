// AssemblyScript, compiled into the kernel of tests/support/json-fields.ts: what the walker of JSON has put into the
// unit it walked last.
import { beginsOf, currentUnit, endsOf, hasRoom, kindsOf } from '../../../src/processing/kernel/json/fields.ts';
import { lastRecord, unitBegin } from '../../../src/processing/kernel/json/records.ts';

/** The columns that a record of the unit has, u32 each: only their fields may be read. */
export function touchedColumns(): usize {
  return currentUnit().touched;
}
export function touchedColumnCount(): u32 {
  return currentUnit().touchedCount;
}
/** Whether it is one of them. */
export function isTouched(column: u32): bool {
  return hasRoom(column) && load<u32>(lastRecord + ((<usize>column) << 2)) >= unitBegin;
}
export function fieldBegins(column: u32): usize {
  return beginsOf(currentUnit(), column);
}
export function fieldEnds(column: u32): usize {
  return endsOf(currentUnit(), column);
}
export function fieldKinds(column: u32): usize {
  return kindsOf(currentUnit(), column);
}
