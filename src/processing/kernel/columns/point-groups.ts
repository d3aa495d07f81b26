// Numbers such as 1.200 count as decimals, but are thousands where points separate groups of digits. A column can hold
// the latter only while every number with a point has one to three digits before it, no zero in front, and three behind
// it, and every number without one is below 1,000.

import { DECIMAL, INTEGER, NO_GROUPS, ROUND } from '../border/classes.ts';
import { Column } from './column-state.ts';

/** A number of the column, trimmed. @param kind INTEGER or DECIMAL */
// @inline
export function notePoint(c: Column, kind: u32, from: usize, length: u32): void {
  if ((c.pointed & NO_GROUPS) === 0) c.pointed |= groupingOf(kind, from, length);
}
function groupingOf(kind: u32, from: usize, length: u32): u32 {
  const first = <u32>load<u8>(from);
  if (first === 43 || first === 45) {
    from++;
    length--;
  }
  if (kind === INTEGER) return length > 3 ? NO_GROUPS : 0;
  if (kind !== DECIMAL || length - 5 > 2 || load<u8>(from) === 48 || load<u8>(from + length - 4) !== 46)
    return NO_GROUPS;
  const end = from + length;
  if (<u32>load<u8>(end - 1) - 48 > 9 || <u32>load<u8>(end - 2) - 48 > 9 || <u32>load<u8>(end - 3) - 48 > 9)
    return NO_GROUPS;
  return load<u8>(end - 1) === 48 ? ROUND : 0;
}
