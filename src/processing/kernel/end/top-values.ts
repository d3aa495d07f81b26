// The ten most frequent values of a column, of equals those that come first by their bytes: an insertion into a list of
// ten, so O(n) for n values of which most do not enter it. Memory: 160 bytes, once per thread.
import { CLASSES, NULL_CLASSES } from '../border/classes.ts';
import { IN_RECORD, RECORD_TEXT, TOP_BYTES, TOP_LENGTH, TOP_TEXT } from '../border/layout.ts';
import { EXAMPLES, SHOWN_BYTES } from '../border/limits.ts';
import { candidateSlots, SLOT } from '../columns/candidates.ts';
import { columnAt, countsOf } from '../columns/column-state.ts';
import { allocate } from '../memory/memory.ts';
import { keyLength } from '../values/field.ts';

/** Past the bound a candidate is frequent when it makes up at least one in this many of the column's values. */
const CANDIDATE_SHARE: f64 = 512;

let tops: usize = 0;
/** Count f64, text and its length u32: the first the most frequent. */
export function topsAt(): usize {
  if (tops === 0) tops = allocate(EXAMPLES * TOP_BYTES);
  return tops;
}

// @inline
function topAt(i: u32): usize {
  return tops + i * TOP_BYTES;
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
    const other = topAt(at - 1),
      times = load<f64>(other);
    if (
      times > count ||
      (times === count && !precedes(text, length, load<u32>(other, TOP_TEXT), load<u32>(other, TOP_LENGTH)))
    )
      break;
  }
  if (at === EXAMPLES) return n;
  const kept = min(n, EXAMPLES - 1);
  memory.copy(topAt(at + 1), topAt(at), (kept - at) * TOP_BYTES);
  store<f64>(topAt(at), count);
  store<u32>(topAt(at), <u32>text, TOP_TEXT);
  store<u32>(topAt(at), length, TOP_LENGTH);
  return kept + 1;
}

/**
 * The most frequent of `count` values of the arrays that entryTotals wrote; those with a count of 0 are skipped.
 * @returns how many are at topsAt()
 */
export function topEntries(counts: usize, texts: usize, count: u32): u32 {
  topsAt();
  let n: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const times = load<f64>(counts + ((<usize>i) << 3));
    if (times === 0 || (n === EXAMPLES && times < load<f64>(topAt(EXAMPLES - 1)))) continue;
    const text: usize = load<u32>(texts + ((<usize>i) << 3)),
      length = load<u32>(texts + ((<usize>i) << 3), 4);
    if (length === IN_RECORD) n = offer(n, times, text + RECORD_TEXT, min(load<u32>(text), SHOWN_BYTES));
    else n = offer(n, times, text, length);
  }
  return n;
}
/**
 * The most frequent candidates of column i, which is past the bound, if they are frequent among all its values.
 * @returns how many there are
 */
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
    if (record !== 0) n = offer(n, count, record + RECORD_TEXT, min(load<u32>(record), SHOWN_BYTES));
    else n = offer(n, count, at, keyLength(load<u64>(at), load<u64>(at, 8)));
  }
  return n;
}
