// Where the fields of a unit are: three arrays for each column, of `stride` rows: begin - 1 u32, end u32, kind u8. The kinds of
// a column are zeroed when it is first touched in a unit, so columns that a unit does not have cost nothing.
import { allocate } from './memory';

let begins: usize = 0, ends: usize = 0, kinds: usize = 0;
/** Rows from one column to the next, rows that are used of them, columns there is room for. */
let stride: u32 = 0, rows: u32 = 0, room: u32 = 0;
let batchRows: u32 = 0, cells: u32 = 0;

/** @param batch rows of a unit at most @param limit fields of a unit at most: rows get fewer as columns get more */
export function prepareFieldArrays(batch: u32, limit: u32): void {
  batchRows = batch;
  allocateArrays(limit);
}
function allocateArrays(n: u32): void {
  cells = n;
  begins = allocate(n * 4);
  ends = allocate(n * 4);
  kinds = allocate(n);
}
/** Lays the arrays out for so many columns and some more. @returns rows of the unit */
export function beginUnit(columns: u32): u32 {
  if (columns < room) return rows;
  room = max<u32>(columns + (columns >> 1) + 2, 32); // one of them is taken for what has no room
  if (cells < room * 2) allocateArrays(room * 2); // a row at least
  rows = min(batchRows, max(cells / room - 1, 1));
  // not a power of two: columns would share the same places of the cache
  stride = min((rows + 16) | 1, cells / room);
  return rows;
}
// @ts-ignore: decorator
@inline
export function hasRoom(column: u32): bool {
  return column + 1 < room;
}
/** The first field of a column in this unit. @returns false when there is no room for it */
// @ts-ignore: decorator
@inline
export function beginColumn(column: u32): bool {
  if (!hasRoom(column)) return false;
  memory.fill(kinds + <usize>(column * stride), 0, stride);
  return true;
}
/** Takes the fields that have no room. */
// @ts-ignore: decorator
@inline
export function spareColumn(): u32 {
  return room - 1;
}
// @ts-ignore: decorator
@inline
export function setField(column: u32, row: u32, begin: usize, end: usize, kind: u32): void {
  const i = <usize>(column * stride + row);
  store<u32>(begins + (i << 2), <u32>begin - 1);
  store<u32>(ends + (i << 2), <u32>end);
  store<u8>(kinds + i, <u8>kind);
}
export function fieldBegins(): usize { return begins; }
export function fieldEnds(): usize { return ends; }
export function fieldKinds(): usize { return kinds; }
export function fieldStride(): u32 { return stride; }
