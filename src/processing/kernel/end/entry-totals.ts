// Totals of the counted values of a column, in one walk over its tables: totals by class and null token, lengths, the
// numbers with their counts in rising order, and dates by calendar unit (columns/date-counts.ts). O(n log n) for n
// values, at most the bound; memory: 32 bytes per slot, once per thread.
import { DECIMAL, INTEGER, TEXTS, TIMES, TOKEN } from '../border/classes.ts';
import { ENTRY_NULLS, ENTRY_SUMS, EntrySums, IN_RECORD, PAIR_BYTES } from '../border/layout.ts';
import { columnAt } from '../columns/column-state.ts';
import { clearDates, countDate } from '../columns/date-counts.ts';
import {
  classifyEntry,
  entryBytes,
  entryClass,
  entryNumber,
  entryPoints,
  entrySeconds,
  isPlainEntry,
  noteEntry,
} from '../columns/entry-facts.ts';
import { clearLengths, countLength, newLengths } from '../columns/text-lengths.ts';
import { entry, entryCount, entryHigh, entryLow, isRecord, readSlot, slotsOf } from '../columns/value-table.ts';
import { give, take } from '../memory/memory.ts';
import { hashOf } from '../values/field.ts';
import { groupOf } from '../values/value-class.ts';
import { useRules } from '../values/value-rules.ts';

/** Where the pairs are: behind the counts and the sums. */
const PAIRS: u32 = ENTRY_SUMS + <u32>offsetof<EntrySums>();
let region: usize = 0,
  regionBytes: u32 = 0,
  lengthList: usize = 0;
/** Counts of texts by length (LENGTHS_ of text-lengths.ts) of the column that entryTotals was called for last. */
export function entryLengths(): usize {
  return lengthList;
}
/**
 * The totals of column i, all of whose values are counted.
 * @returns where they are (border/layout.ts), until the next call
 */
export function entryTotals(i: u32): usize {
  const c = columnAt(i);
  useRules(c.declared);
  const slots = slotsOf(c),
    bytes: u32 = 1 << (32 - clz(PAIRS + slots * 32 - 1));
  if (bytes > regionBytes) {
    if (region !== 0) give(region, regionBytes);
    region = take(bytes);
    regionBytes = bytes;
  }
  memory.fill(region, 0, PAIRS);
  const nulls = region + ENTRY_NULLS,
    sums = changetype<EntrySums>(region + ENTRY_SUMS),
    pairs = region + PAIRS,
    counts = pairs + slots * PAIR_BYTES,
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
  if (c.times !== 0) clearDates(c.times);
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (!readSlot(c, slot)) continue;
    classifyEntry();
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
    if (groupOf(kind) === TIMES) countDate(c, entrySeconds, times);
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
  sums.pointsMin = <f64>pointsMin;
  sums.pointsMax = <f64>pointsMax;
  sums.pointsSum = <f64>pointsSum;
  sums.bytesMin = <f64>bytesMin;
  sums.bytesMax = <f64>bytesMax;
  sums.bytesSum = <f64>bytesSum;
  sums.numbers = <f64>n;
  sums.values = <f64>values;
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
