// The ten most frequent values of a column, of equals those that come first by their bytes: an insertion into a list of ten, so
// O(n) for n values that mostly are none of them. Memory: 160 bytes, once a thread.
import { candidateSlots, SLOT } from '../columns/candidates';
import { columnAt, countsOf } from '../columns/column-state';
import { HEADER, SHOWN_BYTES } from '../columns/text-store';
import { allocate } from '../memory/memory';
import { keyLength } from '../values/field';
import { CLASSES } from '../values/value-class';

const TOP: u32 = 10;
/** Of a text: it is in a record of text-store.ts. */
export const IN_RECORD: u32 = 0x80000000;
/** Past the bound a candidate counts when it is one value in so many. */
const CANDIDATE_SHARE: f64 = 512;
const NULL_CLASSES: u32 = 2;

let tops: usize = 0;
/** Count f64, text and its length u32: the first the most frequent. */
export function topsAt(): usize {
  if (tops === 0) tops = allocate(TOP * 16);
  return tops;
}

// @inline
function precedes(text: usize, length: u32, other: usize, otherLength: u32): bool {
  const order = memory.compare(text, other, min(length, otherLength));
  return order === 0 ? length < otherLength : order < 0;
}
/** @returns how many there are now */
function offer(n: u32, count: f64, text: usize, length: u32): u32 {
  let at = n;
  for (; at > 0; at--) {
    const other = tops + ((at - 1) << 4),
      times = load<f64>(other);
    if (times > count || (times === count && !precedes(text, length, load<u32>(other, 8), load<u32>(other, 12)))) break;
  }
  if (at === TOP) return n;
  const kept = min(n, TOP - 1);
  memory.copy(tops + ((at + 1) << 4), tops + (at << 4), (kept - at) << 4);
  store<f64>(tops + (at << 4), count);
  store<u32>(tops + (at << 4), <u32>text, 8);
  store<u32>(tops + (at << 4), length, 12);
  return kept + 1;
}

/** Of the arrays that entryTotals wrote; a count of 0 is none. @returns how many there are */
export function topEntries(counts: usize, texts: usize, count: u32): u32 {
  topsAt();
  let n: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const times = load<f64>(counts + ((<usize>i) << 3));
    if (times === 0 || (n === TOP && times < load<f64>(tops + ((TOP - 1) << 4)))) continue;
    const text: usize = load<u32>(texts + ((<usize>i) << 3)),
      length = load<u32>(texts + ((<usize>i) << 3), 4);
    if (length === IN_RECORD) n = offer(n, times, text + HEADER, min(load<u32>(text), SHOWN_BYTES));
    else n = offer(n, times, text, length);
  }
  return n;
}
/** Of the candidates of a column past the bound, those that are frequent in the whole of it. @returns how many there are */
export function topCandidates(i: u32): u32 {
  const c = columnAt(i);
  topsAt();
  let all: f64 = 0;
  for (let kind = NULL_CLASSES; kind < CLASSES; kind++) all += <f64>load<u32>(countsOf(c) + ((<usize>kind) << 2));
  let n: u32 = 0;
  for (let slot: u32 = 0; slot < candidateSlots(c); slot++) {
    const at = c.candidates + <usize>slot * SLOT,
      count = <f64>load<u32>(at, 16),
      record: usize = load<u32>(at, 20);
    if (count === 0 || count * CANDIDATE_SHARE < all) continue;
    if (record !== 0) n = offer(n, count, record + HEADER, min(load<u32>(record), SHOWN_BYTES));
    else n = offer(n, count, at, keyLength(load<u64>(at), load<u64>(at, 8)));
  }
  return n;
}
