// Where the fields of a unit of JSON are: three arrays for each column, of `columnRows` rows: begin - 1 u32, end u32,
// kind u8. The kinds of a column are zeroed when it is first touched in a unit, so columns that a unit does not have
// cost nothing. One thread writes them; the unit is the next to be emitted.
import { allocate, give, take } from '../memory/memory.ts';
import { shared, Unit, unitOf } from '../memory/shared.ts';

let unit: Unit = changetype<Unit>(0);
let begins: usize = 0,
  ends: usize = 0,
  kinds: usize = 0;
/** Rows from one column to the next, rows that are used of them, columns there is room for. */
let stride: u32 = 0,
  rows: u32 = 0,
  room: u32 = 0;

/** The byte before each field of a column in a unit: u32 per row. */
// @inline
export function beginsOf(u: Unit, column: u32): usize {
  return u.fields + ((<usize>(column * u.columnRows)) << 2);
}
/** The byte behind each field: u32 per row. */
// @inline
export function endsOf(u: Unit, column: u32): usize {
  return u.ends + ((<usize>(column * u.columnRows)) << 2);
}
/** The kind of each field (border/classes.ts): u8 per row. */
// @inline
export function kindsOf(u: Unit, column: u32): usize {
  return u.kinds + <usize>(column * u.columnRows);
}

function allocateArrays(u: Unit, n: u32): void {
  const cells: u32 = 1 << (32 - clz(max<u32>(n, 64) - 1));
  if (u.cells > 0) {
    give(u.fields, u.cells * 4);
    give(u.ends, u.cells * 4);
    give(u.kinds, u.cells);
  }
  u.cells = cells;
  u.fields = take(cells * 4);
  u.ends = take(cells * 4);
  u.kinds = take(cells);
}
/** Lays out the arrays of the next unit for `columns` columns and some more. @returns rows of the unit */
export function beginUnit(columns: u32): u32 {
  const s = shared();
  unit = unitOf(s.emitted);
  if (columns >= room) room = max<u32>(columns + (columns >> 1) + 2, 32); // one of them is taken for what has no room
  if (unit.cells < max(room * 2, s.unitCells)) allocateArrays(unit, max(room * 2, s.unitCells)); // at least one row
  // the fields of a unit are bounded: the more columns, the fewer rows
  rows = min(s.unitRows, max(s.unitCells / room, 2) - 1);
  // not a power of two: columns would share the same places of the cache
  stride = min((rows + 16) | 1, unit.cells / room);
  unit.columnRows = stride;
  begins = unit.fields;
  ends = unit.ends;
  kinds = unit.kinds;
  return rows;
}
/** Whether the unit has room for the column; the last place is the spare column's. */
// @inline
export function hasRoom(column: u32): bool {
  return column + 1 < room;
}
/** The first field of a column in this unit. @returns false when there is no room for it */
// @inline
export function beginColumn(column: u32): bool {
  if (!hasRoom(column)) return false;
  memory.fill(kinds + <usize>(column * stride), 0, stride);
  return true;
}
/** The column that takes the fields that have no room. */
// @inline
export function spareColumn(): u32 {
  return room - 1;
}
/** Sets the field of a row. @param begin its first byte @param end the byte behind it */
// @inline
export function setField(column: u32, row: u32, begin: usize, end: usize, kind: u32): void {
  const i = <usize>(column * stride + row);
  store<u32>(begins + (i << 2), <u32>begin - 1);
  store<u32>(ends + (i << 2), <u32>end);
  store<u8>(kinds + i, <u8>kind);
}
/** The unit that was walked last, for its columns and texts. */
// @inline
export function currentUnit(): Unit {
  return unit;
}
/** Gives every unit its list of touched columns, u32 each. Once per job. */
export function prepareTouched(columns: u32): void {
  for (let n: u32 = 0; n < shared().places; n++) unitOf(n).touched = allocate(columns * 4);
}
