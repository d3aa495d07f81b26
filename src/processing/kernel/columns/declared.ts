// The types that a person has given to columns (border/value-rules.ts). Of CSV the host names columns by number; those
// of JSON are found while records are read, so their names are kept in a list: the next u32, type u32, length u32,
// bytes.

import { NO_GROUPS } from '../border/classes.ts';
import { allocate } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { columnAt } from './column-state.ts';

const TYPE: u32 = 4,
  LENGTH: u32 = 8,
  NAME: u32 = 12;

/** Gives column i a type, before its first row. */
export function declareColumn(i: u32, type: u32): void {
  const c = columnAt(i);
  c.declared = type;
  c.pointed = NO_GROUPS; // what its numbers are has been said
}
/** Gives the column of JSON with a name a type, before the first record. @returns where the host writes the name */
export function addDeclared(type: u32, length: u32): usize {
  const s = shared(),
    at = allocate(NAME + length);
  store<u32>(at, <u32>s.declaredNames);
  store<u32>(at, type, TYPE);
  store<u32>(at, length, LENGTH);
  s.declaredNames = at;
  return at + NAME;
}
/** Column i of JSON has this name. O(names of the list). */
export function declareNamed(i: u32, name: usize, length: u32): void {
  for (let at: usize = shared().declaredNames; at !== 0; at = load<u32>(at))
    if (load<u32>(at, LENGTH) === length && memory.compare(at + NAME, name, length) === 0)
      declareColumn(i, load<u32>(at, TYPE));
}
