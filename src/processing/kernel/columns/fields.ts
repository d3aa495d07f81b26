// What a field is to a pass. A pass is compiled four times, for CSV and JSON and with and without the row hash; its
// type parameter selects the variant, so that no loop has to test it: u8 CSV with the hash, u16 CSV without
// (deferred.ts), u32 JSON with, u64 JSON without.
//
// Every pass has the parameters of a batch, n fields of column c in the order of their rows:
//
//   begins    u32 for each field: the byte before its first
//   ends      u32 for each: the byte behind its last
//   kinds     u8 for each of JSON (border/classes.ts); 0 in CSV
//   hashes    16 bytes for each: the two sums of its row (values/row-hash.ts); 0 in variants without the row hash
//   n         how many fields
//   firstRow  the row of the first, from 1; the others follow without a gap
import { NESTED_VALUE, NULL_VALUE, NUMBER_VALUE, WRITTEN_NUMBER } from '../border/classes.ts';
import { shared } from '../memory/shared.ts';
import { findKey, hashOf, keyHigh, keyLow, nestedKey, readField, setText, text, textLength } from '../values/field.ts';
import { addToRow } from '../values/row-hash.ts';
import { AS_LITERAL, AS_NESTED, BY_TEXT } from '../values/value-class.ts';
import { isTwofold } from '../values/value-rules.ts';

/** Whether the variant is one of CSV. Known when it is compiled: the other branch costs nothing. */
// @inline
export function isCsv<M>(): bool {
  return sizeof<M>() <= 2;
}
/** Whether the variant adds each field to its row's hash. */
// @inline
export function wantsHash<M>(): bool {
  return sizeof<M>() === 1 || sizeof<M>() === 4;
}
/** The number that distinguishes JSON values with the same text in a row's hash. @param kind not NULL_VALUE */
// @inline
export function tagOf(kind: u32): u64 {
  return <u64>(kind - 1);
}
/** Adds a value of JSON whose text is not what it is compared by. */
export function hashValue(row: usize, at: usize, kind: u32, a: u64, b: u64): void {
  setText(load<u32>(at - 8), load<u32>(at - 4));
  findKey();
  addToRow(row, keyHigh, hashOf(keyLow, keyHigh), tagOf(kind === WRITTEN_NUMBER ? NUMBER_VALUE : kind), a, b);
}

/** Whether numbers of JSON can be others as strings: points stand between groups. */
// @inline
export function mayBeTwofold(): bool {
  return shared().thousands === 46;
}

/** The value that readValue read: its text after unquoting, its key and that one's hash. */
export let valueText: usize = 0,
  valueLength: u32 = 0,
  valueLow: u64 = 0,
  valueHigh: u64 = 0,
  valueHash: u64 = 0,
  valueWay: u32 = BY_TEXT;

/** Reads field r of a batch and adds it to its row's hash. @returns false when there is nothing: null */
// @inline
export function readValue<M>(begins: usize, ends: usize, kinds: usize, hashes: usize, r: u32, a: u64, b: u64): bool {
  const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
  if (!isCsv<M>() && kind === NULL_VALUE) return false;
  const at: usize = load<u32>(begins + (r << 2)) + 1,
    bytes = load<u32>(ends + (r << 2)) - <u32>at;
  valueWay = !isCsv<M>() && kind === NESTED_VALUE ? AS_NESTED : BY_TEXT;
  if (valueWay === AS_NESTED) {
    setText(at, bytes);
    nestedKey(at, bytes);
  } else readField(at, bytes);
  valueText = text;
  valueLength = textLength;
  valueLow = keyLow;
  valueHigh = keyHigh;
  valueHash = hashOf(keyLow, keyHigh);
  if (isCsv<M>() && valueLength === 0) return false;
  if (wantsHash<M>()) {
    if (isCsv<M>()) addToRow(hashes + (r << 4), valueHigh, valueHash, 0, a, b);
    else if (kind >= NESTED_VALUE) hashValue(hashes + (r << 4), at, kind, a, b);
    else addToRow(hashes + (r << 4), valueHigh, valueHash, tagOf(kind), a, b);
  }
  if (!isCsv<M>() && mayBeTwofold() && isTwofold(kind, valueText, valueLength)) {
    nestedKey(valueText, valueLength);
    valueLow = keyLow;
    valueHigh = keyHigh;
    valueHash = hashOf(keyLow, keyHigh);
    valueWay = AS_LITERAL;
  }
  return true;
}
