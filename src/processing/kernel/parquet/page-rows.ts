// The rows of a data page, some thousands at a time: their levels first, then as many of them as have their values at
// hand (plain.ts). Memory: 8 bytes for each row of a step.

import { MORE, TAKEN, TRUTH, UNFIT } from '../border/parquet.ts';
import { addRows, form, isOptional, longest, MOST_TEXT_BYTES, noteText, width } from './chunk.ts';
import { beginRuns, passRun, Runs, readRuns } from './hybrid.ts';
import { sumOf, takeIndices, takeNumbers, takeStrings, takeTruths } from './page-values.ts';
import { enlarge, levels, numbers } from './pieces.ts';
import { isComplete, pass, plainAt, plainEnd } from './plain.ts';

/** Rows whose levels are read at once. */
const STEP: u32 = 16_384;

const levelRuns = changetype<Runs>(memory.data(offsetof<Runs>(), 8)),
  indexRuns = changetype<Runs>(memory.data(offsetof<Runs>(), 8));
let isOfEntries: bool = false;
/** Rows to come, and how many of them are passed over. */
let left: u32 = 0,
  skipped: u32 = 0;
/** Rows whose levels are read, and where these begin. */
let held: u32 = 0,
  heldAt: u32 = 0;
/** They may have some: nearly always one run of levels says that there are none. */
let hasNulls: bool = false;
/** The next value of booleans. */
let bit: u32 = 0;

/** Begins the rows of a page, whose values are at plainAt. @param isDictionary they are numbers of entries */
export function beginRows(levelsAt: usize, levelBytes: u32, isDictionary: bool, skip: u32, wanted: u32): void {
  beginRuns(levelRuns, levelsAt, levelsAt + levelBytes, 1);
  isOfEntries = isDictionary;
  // behind a byte with their width
  if (isDictionary) {
    const begin = min(plainAt + 1, plainEnd);
    beginRuns(indexRuns, begin, plainEnd, plainAt < plainEnd ? <u32>load<u8>(plainAt) : 0);
  }
  left = skip + wanted;
  skipped = skip;
  held = heldAt = bit = 0;
}
/** Takes the rows whose values are at hand. @returns MORE when there are more rows, whose values may come */
export function takeHeld(): u32 {
  while (left > 0) {
    if (held === 0) {
      held = min(STEP, left);
      heldAt = 0;
      hasNulls = isOptional && !passRun(levelRuns, held, 1);
      if (hasNulls && readRuns(levelRuns, held, enlarge(levels, STEP * 4 + 32), 0) > 1) return UNFIT;
    }
    let valid: usize = hasNulls ? levels.at + ((<usize>heldAt) << 2) : 0;
    const most = skipped > 0 ? min(held, skipped) : held,
      n = rowsAtHand(valid, most);
    if (n === 0) return isComplete() || longest > MOST_TEXT_BYTES ? UNFIT : MORE;
    if (values === n) valid = 0;
    if (skipped === 0) {
      const status = take(n, valid);
      if (status !== TAKEN) return status;
      addRows(n);
    } else {
      if (isOfEntries && !skipIndices()) return UNFIT;
      skipped -= n;
    }
    bit += values;
    if (!isOfEntries && form !== TRUTH) pass(behind);
    heldAt += n;
    held -= n;
    left -= n;
  }
  return TAKEN;
}
function take(n: u32, valid: usize): u32 {
  if (isOfEntries) return takeIndices(indexRuns, n, values, valid);
  if (form === TRUTH) return takeTruths(plainAt, bit, n, values, valid);
  return width > 0 ? takeNumbers(plainAt, n, values, valid) : takeStrings(plainAt, n, valid);
}
function skipIndices(): bool {
  return indexRuns.width <= 32 && readRuns(indexRuns, values, enlarge(numbers, values * 4 + 32), 0) < u32.MAX_VALUE;
}

/** What rowsAtHand found: values of these rows, and where those behind them begin. */
let values: u32 = 0,
  behind: usize = 0;
/** How many of the next `most` rows have all of their values at hand. */
function rowsAtHand(valid: usize, most: u32): u32 {
  values = valid === 0 ? most : sumOf(valid, most);
  behind = plainAt;
  if (isOfEntries) return indexRuns.width <= 32 ? most : 0;
  const bytes = plainEnd - plainAt;
  if (form === TRUTH) return (<u64>bytes) << 3 < <u64>bit + values ? 0 : most;
  if (width > 0 && <u64>values * width <= <u64>bytes) {
    behind += <usize>(values * width);
    return most;
  }
  values = 0;
  let r: u32 = 0,
    largest: u64 = 0;
  for (; r < most; r++) {
    if (valid !== 0 && load<u32>(valid + ((<usize>r) << 2)) === 0) continue;
    const room = <u64>(plainEnd - behind),
      size: u64 = width > 0 ? <u64>width : room < 4 ? 4 : <u64>load<u32>(behind) + 4;
    largest = max(largest, size);
    if (size > room) break;
    behind += <usize>size;
    values++;
  }
  // before there is room for all of it
  if (width === 0) noteText(<u32>min<u64>(largest, u32.MAX_VALUE));
  return r;
}
