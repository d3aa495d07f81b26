// Passes over the stored numbers of a column, after the last row: sums with buckets and histogram, deviations with the
// gathering of buckets, outliers. host/stored-numbers.ts, which calls them, describes their purpose. Numbers may be on
// disk, so what can be found in one pass is: chunk by chunk, each loop over a chunk while it is in the cache. Sums run
// in four lanes, each a pair of doubles, so that additions do not wait for each other; the order is that of the rows,
// so a sum is always the same. O(n) each, no memory.

import { RESULT_BINS, RESULT_SUMS } from '../border/layout.ts';
import { BINS, MOST_BUCKETS, SIDE_BINS } from '../border/limits.ts';
import { columnAt, numbersOf } from '../columns/column-state.ts';
import { part, partEnd } from '../memory/chunks.ts';
import { allocate, give, take } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';

/** Edges between the bins of one side. */
const INNER_EDGES: u32 = SIDE_BINS - 1;
let scratch: usize = 0,
  results: usize = 0;
/**
 * 21 edges of the histogram as a parameter, then sums (11 doubles) and counts of bins (20); behind them the sums of the
 * chunks so far.
 */
export function resultsAt(): usize {
  if (results === 0) results = allocate(512 + 128);
  return results;
}
/** Behind the results, the sums of the chunks so far: two high parts, two low parts, other sums; 16 bytes each. */
const SO_FAR: usize = 512;
function scratchAt(): usize {
  if (scratch === 0) scratch = take(shared().chunkBytes);
  return scratch;
}

/** One step of a sum in pairs of doubles (Knuth's two-sum): what rounding loses goes to the second. */
// @inline
function lost(before: v128, value: v128, sum: v128): v128 {
  const part = f64x2.sub(sum, before);
  return f64x2.add(f64x2.sub(before, f64x2.sub(sum, part)), f64x2.sub(value, part));
}

/**
 * Sums value * scale: four high parts, four low parts, the sum of the absolute values, and how many are zero and below.
 * Counts buckets (rank-selection.ts of the host has their function of the value) and bins of the histogram whose
 * edges are set.
 */
export function surveyNumbers(
  i: u32,
  scale: f64,
  bucketHalf: f64,
  bucketScale: f64,
  buckets: u32,
  binScale: f64,
): void {
  const s = numbersOf(columnAt(i)),
    out = resultsAt() + RESULT_SUMS,
    sums = results + SO_FAR;
  memory.fill(sums, 0, 128);
  memory.fill(bucketsAt(), 0, MOST_BUCKETS * 4);
  memory.fill(binsAt(), 0, 512);
  for (let k: u32 = 0; k < s.count; k++) {
    const at = part(s, k, scratchAt());
    surveyChunk(at, partEnd, scale, bucketHalf, bucketScale, buckets, binScale);
  }
  memory.copy(out, sums, 64);
  const size = v128.load(sums, 64),
    zeros = v128.load(sums, 80),
    negatives = v128.load(sums, 96);
  store<f64>(out, f64x2.extract_lane(size, 0) + f64x2.extract_lane(size, 1), 64);
  store<f64>(out, <f64>(i64x2.extract_lane(zeros, 0) + i64x2.extract_lane(zeros, 1)), 72);
  store<f64>(out, <f64>(i64x2.extract_lane(negatives, 0) + i64x2.extract_lane(negatives, 1)), 80);
  sumBins();
}
/** The bins' counts as results. */
function sumBins(): void {
  for (let bin = 0; bin < <i32>BINS; bin++) {
    const counter = binsAt() + bin * 4;
    store<f64>(
      results + RESULT_BINS + bin * 8,
      <f64>(load<u32>(counter) + load<u32>(counter, 128) + load<u32>(counter, 256) + load<u32>(counter, 384)),
    );
  }
}
/** One chunk of surveyNumbers: the numbers in [at, end). */
export function surveyChunk(
  at: usize,
  end: usize,
  scale: f64,
  bucketHalf: f64,
  bucketScale: f64,
  buckets: u32,
  binScale: f64,
): void {
  const sums = results + SO_FAR,
    factor = f64x2.splat(scale),
    zero = f64x2.splat(0);
  let a = v128.load(sums),
    b = v128.load(sums, 16),
    aLow = v128.load(sums, 32),
    bLow = v128.load(sums, 48);
  let size = v128.load(sums, 64),
    zeros = v128.load(sums, 80),
    negatives = v128.load(sums, 96);
  if (buckets > 0) countBuckets(at, end, bucketHalf, bucketScale, buckets);
  countBins(at, end, binScale);
  for (; at + 32 <= end; at += 32) {
    const x = f64x2.mul(v128.load(at), factor),
      y = f64x2.mul(v128.load(at, 16), factor);
    // a comparison that holds is -1
    zeros = i64x2.sub(i64x2.sub(zeros, f64x2.eq(v128.load(at), zero)), f64x2.eq(v128.load(at, 16), zero));
    negatives = i64x2.sub(i64x2.sub(negatives, f64x2.lt(v128.load(at), zero)), f64x2.lt(v128.load(at, 16), zero));
    const xs = f64x2.add(a, x),
      ys = f64x2.add(b, y);
    aLow = f64x2.add(aLow, lost(a, x, xs));
    bLow = f64x2.add(bLow, lost(b, y, ys));
    a = xs;
    b = ys;
    size = f64x2.add(size, f64x2.add(f64x2.abs(x), f64x2.abs(y)));
  }
  for (; at < end; at += 8) {
    zeros = i64x2.add(zeros, i64x2(i64(load<f64>(at) === 0), 0));
    negatives = i64x2.add(negatives, i64x2(i64(load<f64>(at) < 0), 0));
    const x = f64x2.replace_lane(f64x2.splat(0), 0, load<f64>(at) * scale),
      xs = f64x2.add(a, x);
    aLow = f64x2.add(aLow, lost(a, x, xs));
    a = xs;
    size = f64x2.add(size, f64x2.abs(x));
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, aLow, 32);
  v128.store(sums, bLow, 48);
  v128.store(sums, size, 64);
  v128.store(sums, zeros, 80);
  v128.store(sums, negatives, 96);
}

/**
 * Sums the squares of value * scale - mean - rest: four high parts, four low parts, and the plain sum of the distances.
 * Gathers the numbers of the wanted buckets, `total` of them.
 * @returns where they are, until the next call
 */
export function collectNumbers(
  i: u32,
  scale: f64,
  mean: f64,
  rest: f64,
  bucketHalf: f64,
  bucketScale: f64,
  buckets: u32,
  total: u32,
): usize {
  const s = numbersOf(columnAt(i)),
    out = resultsAt() + RESULT_SUMS,
    sums = results + SO_FAR;
  memory.fill(sums, 0, 128);
  beginGathering(total);
  for (let k: u32 = 0; k < s.count; k++) {
    const at = part(s, k, scratchAt());
    collectChunk(at, partEnd, scale, mean, rest, bucketHalf, bucketScale, buckets);
  }
  memory.copy(out, sums, 64);
  store<f64>(out, load<f64>(sums, 64) + load<f64>(sums, 72), 64);
  return gathered;
}
/** One chunk of collectNumbers: the numbers in [at, end). */
export function collectChunk(
  at: usize,
  end: usize,
  scale: f64,
  mean: f64,
  rest: f64,
  bucketHalf: f64,
  bucketScale: f64,
  buckets: u32,
): void {
  const sums = results + SO_FAR,
    factor = f64x2.splat(scale),
    m = f64x2.splat(mean),
    r = f64x2.splat(rest);
  let a = v128.load(sums),
    b = v128.load(sums, 16),
    aLow = v128.load(sums, 32),
    bLow = v128.load(sums, 48),
    distances = v128.load(sums, 64);
  if (buckets > 0) gatherBuckets(at, end, bucketHalf, bucketScale, buckets);
  for (; at + 32 <= end; at += 32) {
    const x = f64x2.sub(f64x2.sub(f64x2.mul(v128.load(at), factor), m), r),
      y = f64x2.sub(f64x2.sub(f64x2.mul(v128.load(at, 16), factor), m), r);
    const xx = f64x2.mul(x, x),
      yy = f64x2.mul(y, y),
      xs = f64x2.add(a, xx),
      ys = f64x2.add(b, yy);
    aLow = f64x2.add(aLow, lost(a, xx, xs));
    bLow = f64x2.add(bLow, lost(b, yy, ys));
    a = xs;
    b = ys;
    distances = f64x2.add(distances, f64x2.add(x, y));
  }
  for (; at < end; at += 8) {
    const distance = load<f64>(at) * scale - mean - rest;
    const xx = f64x2.replace_lane(f64x2.splat(0), 0, distance * distance),
      xs = f64x2.add(a, xx);
    aLow = f64x2.add(aLow, lost(a, xx, xs));
    a = xs;
    distances = f64x2.replace_lane(distances, 0, f64x2.extract_lane(distances, 0) + distance);
  }
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, aLow, 32);
  v128.store(sums, bLow, 48);
  v128.store(sums, distances, 64);
}

let buckets: usize = 0;
/** Where counts of MOST_BUCKETS buckets are, u32 each; behind them one u8 per bucket, 0 unless it is wanted. */
export function bucketsAt(): usize {
  if (buckets === 0) buckets = allocate(MOST_BUCKETS * 5);
  return buckets;
}
// @inline
function bucketOf(value: f64, half: f64, scale: f64, last: i32): usize {
  return <usize>min(<i32>((value / 2 - half) * scale * 2), last);
}
function countBuckets(at: usize, end: usize, half: f64, scale: f64, count: u32): void {
  const counts = bucketsAt(),
    last = <i32>count - 1;
  for (; at < end; at += 8) {
    const counter = counts + (bucketOf(load<f64>(at), half, scale, last) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
}
let gathered: usize = 0,
  gatheredBytes: u32 = 0,
  gatheredEnd: usize = 0;
function beginGathering(total: u32): void {
  const bytes: u32 = 1 << (32 - clz(max<u32>(total * 8, 64) - 1));
  if (bytes > gatheredBytes) {
    if (gathered !== 0) give(gathered, gatheredBytes);
    gathered = take(bytes);
    gatheredBytes = bytes;
  }
  gatheredEnd = gathered;
}
function gatherBuckets(at: usize, end: usize, half: f64, scale: f64, count: u32): void {
  const wanted = bucketsAt() + MOST_BUCKETS * 4,
    last = <i32>count - 1;
  let out = gatheredEnd;
  for (; at < end; at += 8) {
    const value = load<f64>(at);
    if (load<u8>(wanted + bucketOf(value, half, scale, last)) === 0) continue;
    store<f64>(out, value);
    out += 8;
  }
  gatheredEnd = out;
}

const LAST_BIN: i32 = <i32>BINS - 1;
let bins: usize = 0;
/** Four sets of counters: the same bin again and again would wait for its own store. */
function binsAt(): usize {
  if (bins === 0) bins = allocate(512);
  return bins;
}
/** The bin of a number in numpy's histogram: a guess, corrected by the edges. */
// @inline
export function binOf(value: f64, scale: f64): i32 {
  const edges = results;
  let bin = min(<i32>((value / 2 - load<f64>(edges) / 2) * 2 * scale), LAST_BIN);
  if (scale === 0) for (bin = LAST_BIN; bin > 0 && value < load<f64>(edges + ((<usize>bin) << 3)); bin--) {}
  bin -= i32(bin > 0) & i32(value < load<f64>(edges + ((<usize>bin) << 3)));
  bin += i32(bin < LAST_BIN) & i32(value >= load<f64>(edges + ((<usize>bin) << 3), 8));
  return bin;
}
function countBins(at: usize, end: usize, scale: f64): void {
  const counts = binsAt();
  for (; at < end; at += 8) {
    const counter = counts + ((at & 24) << 4) + ((<usize>binOf(load<f64>(at), scale)) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
}

/** Counts column i's stored numbers in bins whose edges are set, and any edges that rise. */
export function binNumbers(i: u32): void {
  const s = numbersOf(columnAt(i));
  memory.fill(binsAt(), 0, 512);
  resultsAt();
  for (let k: u32 = 0; k < s.count; k++) {
    const at = part(s, k, scratchAt());
    binChunk(at, partEnd);
  }
  sumBins();
}
/** One chunk of binNumbers: the numbers in [at, end). */
export function binChunk(at: usize, end: usize): void {
  countBins(at, end, 0);
}

/**
 * The last of column i's stored numbers within the fences, and those outside by bin; the inner edges of the bins are
 * set. Results as border/layout.ts describes.
 */
export function outsideNumbers(i: u32, lowerFence: f64, upperFence: f64): void {
  const s = numbersOf(columnAt(i));
  clearOutside();
  for (let k: u32 = 0; k < s.count; k++) {
    const at = part(s, k, scratchAt());
    outsideChunk(at, partEnd, lowerFence, upperFence);
  }
}
/** The results before the first number. */
export function clearOutside(): void {
  const out = resultsAt();
  store<f64>(out, Infinity, RESULT_SUMS);
  store<f64>(out, -Infinity, RESULT_SUMS + 8);
  memory.fill(out + RESULT_BINS, 0, SIDE_BINS * 16);
}
/** One chunk of outsideNumbers: the numbers in [at, end). */
export function outsideChunk(at: usize, end: usize, lowerFence: f64, upperFence: f64): void {
  const lower = f64x2.splat(lowerFence),
    upper = f64x2.splat(upperFence);
  let least = f64x2.splat(Infinity),
    most = f64x2.splat(-Infinity);
  for (; at + 16 <= end; at += 16) {
    const values = v128.load(at);
    if (v128.any_true(v128.or(f64x2.lt(values, lower), f64x2.gt(values, upper)))) {
      placeNumber(load<f64>(at), 1, lowerFence, upperFence);
      placeNumber(load<f64>(at, 8), 1, lowerFence, upperFence);
    } else {
      least = f64x2.pmin(least, values);
      most = f64x2.pmax(most, values);
    }
  }
  if (at < end) placeNumber(load<f64>(at), 1, lowerFence, upperFence);
  const low = results + RESULT_SUMS,
    high = low + 8;
  store<f64>(low, min(load<f64>(low), min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1))));
  store<f64>(high, max(load<f64>(high), max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1))));
}
/** Adds a number that came so many times to the results of outsideNumbers. */
export function placeNumber(value: f64, times: f64, lowerFence: f64, upperFence: f64): void {
  const out = results + RESULT_SUMS;
  if (value >= lowerFence && value <= upperFence) {
    store<f64>(out, min(load<f64>(out), value));
    store<f64>(out, max(load<f64>(out, 8), value), 8);
    return;
  }
  // few: most are in the first bins
  let edge = results + (value < lowerFence ? 0 : INNER_EDGES * 8),
    counter = results + RESULT_BINS + (value < lowerFence ? 0 : SIDE_BINS * 8);
  for (const last = edge + INNER_EDGES * 8; edge < last; edge += 8, counter += 8)
    if (value < lowerFence ? value > load<f64>(edge) : value < load<f64>(edge)) break;
  store<f64>(counter, load<f64>(counter) + times);
}
