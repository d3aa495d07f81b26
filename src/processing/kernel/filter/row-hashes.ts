// The hashes of a unit's rows (values/row-hash.ts), where fields are not read for anything else.
import { readValue } from '../columns/fields.ts';
import { beginsOf, endsOf, kindsOf } from '../json/fields.ts';
import { Shared, Unit } from '../memory/shared.ts';
import { factorOf } from '../values/row-hash.ts';

/** Makes the sums of all rows, as one thread alone does while it counts. */
export function hashRows(s: Shared, unit: Unit): void {
  const n = unit.rows,
    hashes = unit.hashes;
  memory.fill(hashes, 0, n << 4);
  store<u8>(unit.begun, 1);
  if (s.isJson) {
    for (let k: u32 = 0; k < unit.touchedCount; k++) {
      const i = load<u32>(unit.touched + ((<usize>k) << 2));
      hashColumn<u32>(i, beginsOf(unit, i), endsOf(unit, i), kindsOf(unit, i), hashes, n);
    }
    return;
  }
  for (let i: u32 = 0; i < unit.width; i++) {
    const begins = unit.fields + i * s.stride;
    hashColumn<u8>(i, begins, begins + s.stride, 0, hashes, n);
  }
}
function hashColumn<M>(i: u32, begins: usize, ends: usize, kinds: usize, hashes: usize, n: u32): void {
  const a = factorOf(i, 0),
    b = factorOf(i, 1);
  for (let r: u32 = 0; r < n; r++) readValue<M>(begins, ends, kinds, hashes, r, a, b);
}
