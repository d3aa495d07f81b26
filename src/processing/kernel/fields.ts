// What a field is to a pass. A pass is compiled four times, for CSV and JSON and with and without the row hash; its type parameter
// says which, so that no loop asks: u8 CSV with the hash, u16 CSV without (deferred.ts), u32 JSON with, u64 JSON without.
import { findKey, hashOf, keyHigh, keyLow, setText } from './field';
import { addToRow } from './row-hash';

/** Kinds of JSON's values, for each field a byte. Of the last two the text is preceded by pointer and length of a canonical form. */
export const NULL_VALUE: u32 = 0, STRING_VALUE: u32 = 1, NUMBER_VALUE: u32 = 2, LITERAL_VALUE: u32 = 3, NESTED_VALUE: u32 = 4, WRITTEN_NUMBER: u32 = 5;

// @ts-ignore: decorator
@inline
export function isCsv<M>(): bool {
  return sizeof<M>() <= 2;
}
// @ts-ignore: decorator
@inline
export function wantsHash<M>(): bool {
  return sizeof<M>() == 1 || sizeof<M>() == 4;
}
// @ts-ignore: decorator
@inline
export function tagOf(kind: u32): u64 {
  return <u64>(kind - 1);
}
/** Adds a value of JSON whose text is not what it is compared by. */
export function hashValue(row: usize, at: usize, kind: u32, a: u64, b: u64): void {
  setText(load<u32>(at - 8), load<u32>(at - 4));
  findKey();
  addToRow(row, keyLow, keyHigh, hashOf(keyLow, keyHigh), tagOf(kind == WRITTEN_NUMBER ? NUMBER_VALUE : kind), a, b);
}
