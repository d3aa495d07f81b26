// Dates and datetimes by calendar unit: minutes, hours, days, months, years, decades or centuries of UTC, the finest of
// which at most DATE_BARS reach from the earliest to the latest so far. The units are nested and the range only grows,
// so counts are added up into the next unit when they become too many: exact whatever comes, in one table of 120
// counts. Which unit it is in the end follows from the earliest and the latest alone. Memory: 496 bytes per column that
// has a date, behind the texts of times.ts. O(1) per value; a table is made coarser at most six times, and moved at
// most 120 times for each unit.

import { DATE_COUNT, DATE_COUNTS, DATE_FIRST, DATE_UNIT } from '../border/layout.ts';
import { DATE_BARS } from '../border/limits.ts';
import { take } from '../memory/memory.ts';
import { daysFrom } from '../values/timestamp-parser.ts';
import { Column } from './column-state.ts';

const MINUTES: u32 = 0,
  HOURS: u32 = 1,
  DAYS: u32 = 2,
  MONTHS: u32 = 3,
  YEARS: u32 = 4,
  DECADES: u32 = 5;
/** From year 0 to 1970. */
const DAYS_BEFORE: i64 = 719_528;

// @inline
function floorDiv(value: i64, by: i64): i64 {
  return (value >= 0 ? value : value - by + 1) / by;
}
/** Months from year 0 to a day counted from 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms"). */
function monthOf(day: i64): i64 {
  const z = <i32>day + 719468,
    era = (z >= 0 ? z : z - 146096) / 146097,
    ofEra = z - era * 146097,
    yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36524 - ofEra / 146096) / 365,
    ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100),
    fromMarch = (5 * ofYear + 2) / 153;
  return (era * 400 + yearOfEra) * 12 + fromMarch + 2;
}
/** The unit after `unit` that holds number `n` of `unit`. */
function coarser(unit: u32, n: i64): i64 {
  if (unit === DAYS) return monthOf(n);
  return floorDiv(n, unit === MINUTES ? 60 : unit === HOURS ? 24 : unit === MONTHS ? 12 : 10);
}
/** The number of the unit that holds an instant. */
function numberOf(unit: u32, seconds: i64): i64 {
  if (unit <= DAYS) return floorDiv(seconds, unit === MINUTES ? 60 : unit === HOURS ? 3600 : 86400);
  let n = monthOf(floorDiv(seconds, 86400));
  for (let at = MONTHS; at < unit; at++) n = coarser(at, n);
  return n;
}

/** An empty table. @param times of the column */
export function clearDates(times: usize): void {
  memory.fill(times + DATE_UNIT, 0, DATE_COUNTS - DATE_UNIT + DATE_BARS * 4);
}
/** Adds up all counts of a table into the next unit. */
export function coarsen(times: usize): void {
  const counts = times + DATE_COUNTS,
    unit = load<u32>(times, DATE_UNIT),
    n = load<u32>(times, DATE_COUNT),
    first = load<i64>(times, DATE_FIRST),
    newFirst = coarser(unit, first);
  let to: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const many = load<u32>(counts + (i << 2));
    if (many === 0) continue; // a unit between, and the first of the table: never the last one
    store<u32>(counts + (i << 2), 0);
    to = <u32>(coarser(unit, first + <i64>i) - newFirst);
    store<u32>(counts + (to << 2), load<u32>(counts + (to << 2)) + many); // to <= i
  }
  store<u32>(times, unit + 1, DATE_UNIT);
  store<u32>(times, to + 1, DATE_COUNT);
  store<i64>(times, newFirst, DATE_FIRST);
}
/** Makes room for a number of the table's unit. @returns false when the unit is too fine */
function reach(times: usize, number: i64): bool {
  const n = load<u32>(times, DATE_COUNT),
    first = load<i64>(times, DATE_FIRST);
  if (n === 0 || number < first) {
    const more: i64 = n === 0 ? 0 : first - number;
    if (more + <i64>n > <i64>DATE_BARS) return false;
    const counts = times + DATE_COUNTS,
      bytes = (<u32>more) << 2;
    memory.copy(counts + bytes, counts, n << 2);
    memory.fill(counts, 0, bytes);
    store<i64>(times, number, DATE_FIRST);
    store<u32>(times, n === 0 ? 1 : n + <u32>more, DATE_COUNT);
  } else if (number >= first + <i64>n) {
    if (number - first >= <i64>DATE_BARS) return false;
    store<u32>(times, <u32>(number - first) + 1, DATE_COUNT);
  }
  return true;
}
// @inline
function add(times: usize, number: i64, n: u32): void {
  const at = times + DATE_COUNTS + ((<usize>(number - load<i64>(times, DATE_FIRST))) << 2);
  store<u32>(at, load<u32>(at) + n);
}

/** Adds n values of one instant. addTime comes before it. */
export function countDate(c: Column, seconds: i64, n: u32): void {
  const times = c.times;
  for (;;) {
    const number = numberOf(load<u32>(times, DATE_UNIT), seconds);
    if (reach(times, number)) {
      add(times, number, n);
      return;
    }
    coarsen(times);
  }
}
/**
 * Adds an instant whose day is known. addTime comes before it.
 * @param day days from year 0 on @param ofDay seconds of it @param packed what packStamp makes of it
 */
// @inline
export function countInstant(c: Column, day: u32, ofDay: u32, packed: u64): void {
  const times = c.times,
    unit = load<u32>(times, DATE_UNIT);
  let number = <i64>day - DAYS_BEFORE;
  if (unit > DAYS) number = longUnitOf(packed, unit);
  else if (unit < DAYS) number = unit === MINUTES ? number * 1440 + ofDay / 60 : number * 24 + ofDay / 3600;
  const place = <u64>(number - load<i64>(times, DATE_FIRST));
  if (place >= <u64>load<u32>(times, DATE_COUNT)) {
    countStamps(c, packed, 1);
    return;
  }
  const at = times + DATE_COUNTS + ((<usize>place) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** By how many bits a stamp of packStamp is shifted right so that those of one unit become equal, or finer. */
// @inline
export function stampShift(c: Column): u64 {
  const unit = load<u32>(c.times, DATE_UNIT);
  return (<u64>(min(unit, YEARS) + 1)) << 3;
}
/** The number of the unit, MONTHS or a coarser one, that holds a stamp of packStamp. */
// @inline
function longUnitOf(packed: u64, unit: u32): i64 {
  const year = <u32>(packed >> 48) * 100 + (<u32>(packed >> 40) & 255);
  if (unit === MONTHS) return year * 12 + (<u32>(packed >> 32) & 255) - 1;
  return unit === YEARS ? year : unit === DECADES ? year / 10 : year / 100;
}
/** Adds n values whose stamps of packStamp are equal as far as their unit goes. */
function countStamps(c: Column, packed: u64, n: u32): void {
  const times = c.times,
    year = <u32>(packed >> 48) * 100 + (<u32>(packed >> 40) & 255),
    month = <u32>(packed >> 32) & 255;
  for (;;) {
    const unit = load<u32>(times, DATE_UNIT);
    let number: i64;
    if (unit <= DAYS) {
      number = daysFrom(year, month, <u32>(packed >> 24) & 255);
      if (unit < DAYS) number = number * 24 + (<i64>(packed >> 16) & 255);
      if (unit < HOURS) number = number * 60 + (<i64>(packed >> 8) & 255);
    } else number = longUnitOf(packed, unit);
    if (reach(times, number)) {
      add(times, number, n);
      return;
    }
    coarsen(times);
  }
}

// Stamps of one batch that are of one unit, or a finer one, are counted together before they go into the table: stamp
// u64 and count u32, 0 for none, in SHELVES places of 16 bytes, once per thread.
const SHELVES: u32 = 64;
let shelves: usize = 0;
/** Once per thread. */
export function attachStamps(): void {
  shelves = take(SHELVES * 16);
  memory.fill(shelves, 0, SHELVES * 16);
}
// @inline
function shelfOf(packed: u64, shift: u64): usize {
  const unit = packed >> shift;
  // five bits of the unit, and one of the next larger one, which is 8 bits higher
  return shelves + ((<usize>((unit ^ (unit >> 3)) & <u64>(SHELVES - 1))) << 4);
}
/** Counts a stamp of packStamp. @returns false when one of another unit is in its place */
// @inline
export function countAgain(packed: u64, shift: u64): bool {
  const shelf = shelfOf(packed, shift),
    n = load<u32>(shelf, 8);
  if (n === 0 || (load<u64>(shelf) ^ packed) >> shift !== 0) return false;
  store<u32>(shelf, n + 1, 8);
  return true;
}
/** Counts a stamp that countAgain did not. */
export function countAnother(c: Column, packed: u64, shift: u64): void {
  const shelf = shelfOf(packed, shift),
    n = load<u32>(shelf, 8);
  if (n > 0) countStamps(c, load<u64>(shelf), n);
  store<u64>(shelf, packed);
  store<u32>(shelf, 1, 8);
}
/** After a batch: all its stamps go into the column's table. */
export function settleStamps(c: Column): void {
  for (let i: u32 = 0; i < SHELVES; i++) {
    const shelf = shelves + ((<usize>i) << 4),
      n = load<u32>(shelf, 8);
    if (n === 0) continue;
    countStamps(c, load<u64>(shelf), n);
    store<u32>(shelf, 0, 8);
  }
}
