// What the counted values of a column say together, in one walk over its tables: totals by class and null token, lengths, and the
// numbers with their counts in rising order. O(n log n) for n values, at most the bound; memory: 32 bytes a slot, once a thread.
import { columnAt } from '../columns/column-state';
import {
  entryBytes,
  entryClass,
  entryNumber,
  entryPoints,
  isPlainEntry,
  judgeEntry,
  noteEntry,
} from '../columns/entry-facts';
import { clearLengths, countLength, newLengths } from '../columns/text-lengths';
import { entry, entryCount, entryHigh, entryLow, isRecord, readSlot, slotsOf } from '../columns/value-table';
import { give, take } from '../memory/memory';
import { hashOf } from '../values/field';
import { DECIMAL, INTEGER } from '../values/number-parser';
import { CLASSES, groupOf, MAX_TOKENS, TEXTS, TOKEN } from '../values/value-class';
import { IN_RECORD } from './top-values';

/** Doubles in front: counts by class, by null token, then lengths (KernelThread of the host knows the order). */
const NULLS: u32 = MAX_TOKENS + 1,
  LENGTHS: u32 = 6,
  COUNTS: u32 = 2;
const FRONT: u32 = (CLASSES + NULLS + LENGTHS + COUNTS) * 8;
let region: usize = 0,
  regionBytes: u32 = 0,
  lengthList: usize = 0;
/** Texts by length: text-lengths.ts. Of the column asked last. */
export function entryLengths(): usize {
  return lengthList;
}
/**
 * Behind the doubles at the result: pairs of number and count (f64 each) that rise, counts of all values (f64), and for each value
 * pointer and length of its text (u32), each with room for `slots`.
 */
export function entryTotals(i: u32): usize {
  const c = columnAt(i),
    slots = slotsOf(c),
    bytes: u32 = 1 << (32 - clz(FRONT + slots * 32 - 1));
  if (bytes > regionBytes) {
    if (region !== 0) give(region, regionBytes);
    region = take(bytes);
    regionBytes = bytes;
  }
  memory.fill(region, 0, FRONT);
  const nulls = region + CLASSES * 8,
    lengths = nulls + NULLS * 8,
    front = region + FRONT;
  const pairs = front,
    counts = pairs + slots * 16,
    texts = counts + slots * 8;
  let pointsMin: u32 = u32.MAX_VALUE,
    pointsMax: u32 = 0,
    pointsSum: u64 = 0,
    bytesMin: u32 = u32.MAX_VALUE,
    bytesMax: u32 = 0,
    bytesSum: u64 = 0;
  let n: u32 = 0,
    values: u32 = 0,
    hasTexts: bool = false;
  if (lengthList === 0) lengthList = newLengths();
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (!readSlot(c, slot)) continue;
    judgeEntry();
    const kind = entryClass & 255,
      times = entryCount;
    if (kind <= TOKEN) {
      add(nulls + ((entryClass >> 8) << 3), times);
      continue;
    }
    add(region + (kind << 3), times);
    if (kind === INTEGER || kind === DECIMAL) {
      store<f64>(pairs + (n << 4), entryNumber);
      store<f64>(pairs + (n << 4), <f64>times, 8);
      n++;
    }
    const length = entryBytes(),
      isPlain = isPlainEntry(length),
      points = isPlain ? length : entryPoints();
    pointsMin = min(pointsMin, points);
    if (!isPlain) noteEntry(c);
    if (groupOf(kind) === TEXTS) {
      if (!hasTexts) clearLengths(lengthList);
      hasTexts = true;
      countLength(lengthList, points, times, hashOf(entryLow, entryHigh));
    }
    pointsMax = max(pointsMax, points);
    pointsSum += <u64>points * <u64>times;
    bytesMin = min(bytesMin, length);
    bytesMax = max(bytesMax, length);
    bytesSum += <u64>length * <u64>times;
    store<f64>(counts + (values << 3), <f64>times);
    store<u32>(texts + (values << 3), <u32>(isRecord() ? <usize>load<u32>(entry, 20) : entry));
    store<u32>(texts + (values << 3), isRecord() ? IN_RECORD : length, 4);
    values++;
  }
  if (n > 1) sortPairs(pairs, pairs + ((n - 1) << 4));
  store<f64>(lengths, <f64>pointsMin);
  store<f64>(lengths, <f64>pointsMax, 8);
  store<f64>(lengths, <f64>pointsSum, 16);
  store<f64>(lengths, <f64>bytesMin, 24);
  store<f64>(lengths, <f64>bytesMax, 32);
  store<f64>(lengths, <f64>bytesSum, 40);
  store<f64>(lengths, <f64>n, 48);
  store<f64>(lengths, <f64>values, 56);
  return region;
}
// @inline
function add(at: usize, n: u32): void {
  store<f64>(at, load<f64>(at) + <f64>n);
}

/** Quicksort (Hoare 1962) of pairs of doubles by the first, from `low` to `high` inclusive; short runs by insertion. */
function sortPairs(low: usize, high: usize): void {
  while (high - low > 16 * 16) {
    const middle = low + (((high - low) >> 5) << 4);
    const a = load<f64>(low),
      b = load<f64>(middle),
      c = load<f64>(high);
    const pivot = max(min(a, b), min(max(a, b), c));
    let from = low,
      to = high;
    while (from <= to) {
      while (load<f64>(from) < pivot) from += 16;
      while (load<f64>(to) > pivot) to -= 16;
      if (from > to) break;
      const one = v128.load(from);
      v128.store(from, v128.load(to));
      v128.store(to, one);
      from += 16;
      to -= 16;
    }
    // the shorter part first: the depth stays logarithmic
    if (to - low < high - from) {
      if (to > low) sortPairs(low, to);
      low = from;
    } else {
      if (high > from) sortPairs(from, high);
      high = to;
    }
    if (high < low) return;
  }
  for (let at = low + 16; at <= high; at += 16) {
    const one = v128.load(at),
      value = load<f64>(at);
    let to = at;
    while (to > low && load<f64>(to - 16) > value) {
      v128.store(to, v128.load(to - 16));
      to -= 16;
    }
    v128.store(to, one);
  }
}
