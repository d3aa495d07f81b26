// The instants of a column past the bound whose values are times mostly: what temporal-pass.ts reads in their text is
// known here, and what goes into their hashes is put together from the text of the day and pairs of digits.

import { DATETIME, STRING_VALUE, TIMES } from '../border/classes.ts';
import { INSTANT } from '../border/parquet.ts';
import { countCandidate } from '../columns/candidates.ts';
import { addLength, Column, count, countNull, TEMPORAL } from '../columns/column-state.ts';
import { countInstant } from '../columns/date-counts.ts';
import { tagOf } from '../columns/fields.ts';
import { addHash } from '../columns/hyperloglog.ts';
import { addTime } from '../columns/times.ts';
import { wantsExample } from '../columns/watch.ts';
import { allocate, take } from '../memory/memory.ts';
import { findKeyOfTwo, hashOf, keyHigh, keyLow } from '../values/field.ts';
import { addToRow, factorOf } from '../values/row-hash.ts';
import { packStamp, parseTime } from '../values/timestamp-parser.ts';
import { form, scale, storedValue } from './chunk.ts';
import { twoDigits } from './digits.ts';
import { begins } from './entries.ts';
import { takeField } from './stored-fields.ts';
import { TEXT_ROOM, textBegin, textEnd, writeValue } from './texts.ts';

/** Marks instants that are adjusted to UTC, in the scale. */
const UTC: u32 = 16,
  MILLISECONDS: u32 = 3;
const COLON: u32 = 58,
  Z: u32 = 90;
const SECONDS: u32 = 86_400;
/** From the beginning of year 0 to 1970, and of the years that have four digits. */
const BEFORE: i64 = 62_167_219_200,
  ALL_SECONDS: u64 = 315_569_520_000;
/**
 * Days by their lowest bits, 32 bytes each: `YYYY-MM-` u64, what packStamp makes of the day u64 @8, `DDT` u32 @16, the
 * day from year 0 on u32 @20.
 */
const DAYS: u32 = 512,
  STAMP: usize = 8,
  REST: usize = 16,
  DAY: usize = 20;
let days: usize = 0,
  written: usize = 0;
/** Once per thread. */
export function attachInstantPass(): void {
  days = allocate(DAYS << 5);
  written = take(TEXT_ROOM);
  for (let i: u32 = 0; i < DAYS; i++) store<u32>(days + (i << 5), u32.MAX_VALUE, DAY);
}
/** Whether instantsPass takes the column's rows: as they are stored, and as far as they have come. */
export function isOfInstants(c: Column): bool {
  return c.mode === TEMPORAL && form === INSTANT;
}
function keepDay(kept: usize, day: u32): void {
  writeValue(written, INSTANT, MILLISECONDS, (<i64>day * SECONDS - BEFORE) * 1000);
  store<u64>(kept, load<u64>(textBegin));
  store<u64>(kept, packStamp(textBegin) & ~255, STAMP);
  store<u32>(kept, load<u32>(textBegin, 8) & 0xffffff, REST);
  store<u32>(kept, day, DAY);
}
function addInstant(c: Column, value: i64): void {
  writeValue(written, INSTANT, scale, value);
  const length = <u32>(textEnd - textBegin);
  parseTime(textBegin, length);
  addTime(c, textBegin, length);
}

/**
 * Takes n rows, at most BATCH. Instants with a fraction of a second take the way of all fields.
 * @param c a column of isOfInstants @param begins (entries.ts) for each row where its value is stored, 0 for null
 * @param hashes 16 bytes per row
 * @returns false when one has no text
 */
export function instantsPass(c: Column, n: u32, hashes: usize, firstRow: f64): bool {
  const registers = c.registers,
    candidates = c.candidates,
    a = factorOf(c.index, 0),
    b = factorOf(c.index, 1),
    isUtc = scale >= UTC,
    digits = scale & (UTC - 1),
    length: u32 = isUtc ? 20 : 19,
    // what of the text is before its last 16 bytes, in bits
    cut: u64 = isUtc ? 32 : 24;
  let got: u32 = 0,
    others: u32 = 0,
    empty: u32 = 0,
    least = i64.MAX_VALUE,
    most = i64.MIN_VALUE;
  for (let r: u32 = 0; r < n; r++) {
    const at: usize = load<u32>(begins + (r << 2));
    if (at === 0) {
      empty++;
      continue;
    }
    const value = storedValue(at);
    let seconds: i64, isWhole: bool;
    // constants: a division by a variable takes several times as long
    if (digits === 6) {
      seconds = value / 1000000;
      isWhole = seconds * 1000000 === value;
    } else if (digits === MILLISECONDS) {
      seconds = value / 1000;
      isWhole = seconds * 1000 === value;
    } else {
      seconds = value / 1000000000;
      isWhole = seconds * 1000000000 === value;
    }
    const all = <u64>(seconds + BEFORE);
    if (!isWhole || all >= ALL_SECONDS || wantsExample(c, TIMES)) {
      if (!takeField(at, hashes + (r << 4), firstRow + <f64>r)) return false;
      others++;
      continue;
    }
    const day = <u32>(all / SECONDS),
      ofDay = <u32>(all - <u64>day * SECONDS),
      minutes = ofDay / 60,
      second = ofDay - minutes * 60,
      hour = minutes / 60,
      minute = minutes - hour * 60,
      kept = days + ((<usize>(day & (DAYS - 1))) << 5);
    if (load<u32>(kept, DAY) !== day) keepDay(kept, day);
    const first = load<u64>(kept),
      next =
        <u64>load<u32>(kept, REST) |
        ((<u64>twoDigits(hour)) << 24) |
        ((<u64>COLON) << 40) |
        ((<u64>twoDigits(minute)) << 48),
      last = <u64>COLON | ((<u64>twoDigits(second)) << 8) | ((<u64>Z) << 24);
    findKeyOfTwo(length, first, next, (first >> cut) | (next << (64 - cut)), (next >> cut) | (last << (64 - cut)));
    const low = keyLow,
      high = keyHigh,
      hash = hashOf(low, high),
      packed = load<u64>(kept, STAMP) | ((<u64>hour) << 16) | ((<u64>minute) << 8) | <u64>second | 128;
    addToRow(hashes + (r << 4), high, hash, tagOf(STRING_VALUE), a, b);
    addHash(registers, hash);
    if (candidates !== 0) countCandidate(candidates, low, high, hash, 1);
    least = min(least, value);
    most = max(most, value);
    countInstant(c, day, ofDay, packed);
    got++;
  }
  c.taken += <f64>(n - others);
  if (empty > 0) countNull(c, 0, empty);
  if (got === 0) return true;
  addInstant(c, least);
  addInstant(c, most);
  count(c, DATETIME, got);
  addLength(c, length, length, got);
  return true;
}
