// Passes over the numbers of a column that have a count: pairs of value and count, 16 bytes each. They go on with the
// sums of number-passes.ts, in pairs of doubles. What a product with a count loses is kept (Dekker's product over
// Veltkamp's halves, 1971). The results are, bit for bit, those of ListedPairs of the host (in-memory-numbers.ts).
// O(pairs), no memory.
import { RESULT_BINS, RESULT_SUMS } from '../border/layout.ts';
import { BINS } from '../border/limits.ts';
import { binOf, clearOutside, placeNumber, resultsAt } from './number-passes.ts';

/** 2^27 + 1: splits a double into halves of 26 bits. */
const SPLIT: f64 = 134217729;

let lostOfProduct: f64 = 0;
// @inline
function product(value: f64, count: f64): f64 {
  const direct = value * count;
  const scaledValue = value * SPLIT,
    valueHigh = scaledValue - (scaledValue - value),
    valueLow = value - valueHigh;
  const scaledCount = count * SPLIT,
    countHigh = scaledCount - (scaledCount - count),
    countLow = count - countHigh;
  const error = valueHigh * countHigh - direct + valueHigh * countLow + valueLow * countHigh + valueLow * countLow;
  lostOfProduct = isFinite(error) ? error : 0; // splitting overflows beyond 1e300
  return direct;
}
/** What a sum loses when a value is added (Knuth's two-sum). */
// @inline
function lost(before: f64, value: f64, sum: f64): f64 {
  const part = sum - before;
  return before - (sum - part) + (value - part);
}

/**
 * Goes on with a sum of value * scale and of the absolute values. At the results are then high and low part, sum of the
 * absolute values, how many are zero and below, and what the histogram's bins (whose edges are set) get.
 */
export function surveyPairs(
  pairs: usize,
  count: u32,
  scale: f64,
  high: f64,
  low: f64,
  magnitude: f64,
  binScale: f64,
): void {
  const out = resultsAt() + RESULT_SUMS,
    bins = out + (RESULT_BINS - RESULT_SUMS);
  let zeros: f64 = 0,
    negatives: f64 = 0;
  memory.fill(bins, 0, BINS * 8);
  for (const end = pairs + ((<usize>count) << 4); pairs < end; pairs += 16) {
    const value = load<f64>(pairs),
      times = load<f64>(pairs, 8),
      direct = product(value * scale, times),
      sum = high + direct;
    low += lost(high, direct, sum);
    low += lostOfProduct;
    high = sum;
    magnitude += Math.abs(direct);
    if (value === 0) zeros += times;
    if (value < 0) negatives += times;
    const bin = bins + ((<usize>binOf(value, binScale)) << 3);
    store<f64>(bin, load<f64>(bin) + times);
  }
  store<f64>(out, high);
  store<f64>(out, low, 8);
  store<f64>(out, magnitude, 16);
  store<f64>(out, zeros, 24);
  store<f64>(out, negatives, 32);
}

/**
 * Goes on with a sum of the squares of value * scale - mean - rest, and of those distances: at the results high, low,
 * distances.
 */
export function spreadPairs(
  pairs: usize,
  count: u32,
  scale: f64,
  mean: f64,
  rest: f64,
  high: f64,
  low: f64,
  distances: f64,
): void {
  const out = resultsAt() + RESULT_SUMS;
  for (const end = pairs + ((<usize>count) << 4); pairs < end; pairs += 16) {
    const times = load<f64>(pairs, 8),
      distance = load<f64>(pairs) * scale - mean - rest;
    distances += distance * times;
    // nothing rounded per pair: which numbers are pairs depends on how busy the threads' table was, the result must not
    const direct = product(distance * distance, times),
      sum = high + direct;
    low += lost(high, direct, sum);
    low += lostOfProduct;
    high = sum;
  }
  store<f64>(out, high);
  store<f64>(out, low, 8);
  store<f64>(out, distances, 16);
}

/** What outsideNumbers finds, of pairs. */
export function outsidePairs(pairs: usize, count: u32, lowerFence: f64, upperFence: f64): void {
  clearOutside();
  for (const end = pairs + ((<usize>count) << 4); pairs < end; pairs += 16)
    placeNumber(load<f64>(pairs), load<f64>(pairs, 8), lowerFence, upperFence);
}
/** What binNumbers finds, of pairs. */
export function binPairs(pairs: usize, count: u32): void {
  const bins = resultsAt() + RESULT_BINS;
  memory.fill(bins, 0, BINS * 8);
  for (const end = pairs + ((<usize>count) << 4); pairs < end; pairs += 16) {
    const bin = bins + ((<usize>binOf(load<f64>(pairs), 0)) << 3);
    store<f64>(bin, load<f64>(bin) + load<f64>(pairs, 8));
  }
}
