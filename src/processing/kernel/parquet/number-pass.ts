// The numbers of a column past the bound whose values are numbers mostly: what numeric-pass.ts reads in their text is
// known here.

import { DECIMAL, INTEGER, NO_GROUPS, NUMBER_VALUE, NUMBERS } from '../border/classes.ts';
import { DOUBLE, FLOAT, SIGNED, UNSIGNED } from '../border/parquet.ts';
import { countCandidate } from '../columns/candidates.ts';
import { Column, countNull, NUMERIC } from '../columns/column-state.ts';
import { tagOf } from '../columns/fields.ts';
import { addHash } from '../columns/hyperloglog.ts';
import { addNumbers } from '../columns/numeric-pass.ts';
import { notePoint } from '../columns/point-groups.ts';
import { wantsExample } from '../columns/watch.ts';
import { take } from '../memory/memory.ts';
import { hashOf } from '../values/field.ts';
import { addToRow, factorOf } from '../values/row-hash.ts';
import { form, storedValue } from './chunk.ts';
import { BATCH, begins } from './entries.ts';
import {
  FEW_DIGITS,
  fewDigits,
  fewNumber,
  fewPlaces,
  findFew,
  layOut,
  textBytes,
  textHigh,
  textLow,
} from './number-texts.ts';
import { takeField } from './stored-fields.ts';

/** Numbers of a batch with their rows, before they go into the store, and room for one text. */
let fresh: usize = 0,
  freshRows: usize = 0,
  written: usize = 0;
/** Once per thread. */
export function attachNumberPass(): void {
  fresh = take(BATCH * 8);
  freshRows = take(BATCH * 4);
  written = take(64);
}
/** Whether numbersPass takes the column's rows: as they are stored, and as far as they have come. */
export function isOfNumbers(c: Column): bool {
  return c.mode === NUMERIC && (form === SIGNED || form === UNSIGNED || form === DOUBLE || form === FLOAT);
}

/**
 * Takes n rows, at most BATCH.
 * @param c a column of isOfNumbers @param begins (entries.ts) for each row where its value is stored, 0 for null
 * @param hashes 16 bytes per row
 * @returns false when one has no text
 */
export function numbersPass(c: Column, n: u32, hashes: usize, firstRow: f64): bool {
  const registers = c.registers,
    candidates = c.candidates,
    a = factorOf(c.index, 0),
    b = factorOf(c.index, 1),
    isSingle = form === FLOAT,
    isFloat = isSingle || form === DOUBLE;
  let got: u32 = 0,
    decimals: u32 = 0,
    others: u32 = 0,
    empty: u32 = 0,
    least = Infinity,
    most = -Infinity;
  let shortest = u32.MAX_VALUE,
    longest: u32 = 0,
    bytes: u64 = 0,
    mayGroup = (c.pointed & NO_GROUPS) === 0;
  for (let r: u32 = 0; r < n; r++) {
    const at: usize = load<u32>(begins + (r << 2));
    if (at === 0) {
      empty++;
      continue;
    }
    const value = storedValue(at);
    let isFew: bool,
      isNegative: bool,
      whole: u64,
      places: u32 = 0,
      number: f64;
    if (isFloat) {
      // of -0 too
      isNegative = value < 0;
      isFew = value !== i64.MIN_VALUE && findFew(Math.abs(reinterpret<f64>(value)), isSingle);
      whole = fewDigits;
      places = fewPlaces;
      number = isNegative ? -fewNumber : fewNumber;
    } else {
      isNegative = form === SIGNED && value < 0;
      whole = <u64>(isNegative ? -value : value);
      isFew = whole < FEW_DIGITS;
      number = <f64>value;
    }
    if (!isFew || wantsExample(c, NUMBERS) || c.mode !== NUMERIC || !layOut(whole, places, isNegative)) {
      if (!takeField(at, hashes + (r << 4), firstRow + <f64>r)) return false;
      others++;
      continue;
    }
    const low = textLow,
      high = textHigh,
      length = textBytes,
      hash = hashOf(low, high),
      hasPoint = places > 0;
    addToRow(hashes + (r << 4), high, hash, tagOf(NUMBER_VALUE), a, b);
    addHash(registers, hash);
    if (candidates !== 0) countCandidate(candidates, low, high, hash, 1);
    decimals += u32(hasPoint);
    if (mayGroup) {
      store<u64>(written, low);
      store<u64>(written, high, 8);
      notePoint(c, hasPoint ? DECIMAL : INTEGER, written, length);
      mayGroup = (c.pointed & NO_GROUPS) === 0;
    }
    least = min(least, number);
    most = max(most, number);
    shortest = min(shortest, length);
    longest = max(longest, length);
    bytes += length;
    store<f64>(fresh + (got << 3), number);
    store<u32>(freshRows + (got << 2), r);
    got++;
  }
  c.taken += <f64>(n - others);
  if (empty > 0) countNull(c, 0, empty);
  if (got > 0) addNumbers(c, fresh, freshRows, got, decimals, least, most, shortest, longest, bytes, firstRow);
  return true;
}
