// A column with more distinct values than are counted: its values go into a HyperLogLog, its numbers into the store,
// its lengths, classes and times are added up. Which way a column takes (numeric-pass.ts, temporal-pass.ts,
// textual-pass.ts) never changes a fact: what a fast way does not handle it passes to addValue.

import { CODE, DECIMAL, INTEGER, NUMBERS, TEXTS, TIMES, TOKEN } from '../border/classes.ts';
import { REGISTERS, TOKEN_BYTES } from '../border/limits.ts';
import { ANY_TYPE, DATETIME_TYPE, DECIMAL_TYPE } from '../border/value-rules.ts';
import { nextChunk } from '../memory/chunks.ts';
import { allocate, takeTable } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { codePoints, hashOf } from '../values/field.ts';
import { hasNullNumber, hasNullWord } from '../values/null-texts.ts';
import { number } from '../values/number-parser.ts';
import { seconds } from '../values/timestamp-parser.ts';
import {
  AS_NESTED,
  BY_TEXT,
  classify,
  classifyAs,
  exampleGroupOf,
  groupOf,
  token,
  trimmed,
  trimmedLength,
} from '../values/value-class.ts';
import { isRuled } from '../values/value-rules.ts';
import { countCandidate, keepCandidates } from './candidates.ts';
import { addLength, Column, count, countNull, GENERAL, NUMERIC, numbersOf, TEMPORAL, TEXTUAL } from './column-state.ts';
import { countDate } from './date-counts.ts';
import {
  classifyEntry,
  entryBytes,
  entryClass,
  entryNumber,
  entryPoints,
  entrySeconds,
  noteEntry,
} from './entry-facts.ts';
import { addHash } from './hyperloglog.ts';
import { addNotes, inspect } from './notes.ts';
import { notePoint } from './point-groups.ts';
import { addTextLength } from './text-lengths.ts';
import { dropTexts } from './text-store.ts';
import { addTime } from './times.ts';
import { dropTables, entryCount, entryHigh, entryLow, readSlot, slotsOf } from './value-table.ts';
import { addExample, offerNumber, wantsExample } from './watch.ts';

/** Copies of a value are stored up to here; a more frequent one is kept with its count. */
const COPIES: u32 = 4;
const PAIR: u32 = 16;

function storeValue(c: Column, value: f64): void {
  const s = numbersOf(c);
  if (s.at === s.end) nextChunk(s);
  store<f64>(s.at, value);
  s.at += 8;
  c.min = min(c.min, value);
  c.max = max(c.max, value);
}
/** Stores a number of a column past the bound n times. */
export function storeNumber(c: Column, value: f64, n: u32): void {
  for (; n > 0; n--) storeValue(c, value);
}
/** Whether the way that the column takes past the bound knows all rules of its values. */
function holdsByRules(c: Column): bool {
  const declared = c.declared;
  if (c.mode === NUMERIC)
    return shared().decimal === 0 && (declared === ANY_TYPE || declared === DECIMAL_TYPE) && !hasNullNumber();
  if (c.mode === TEMPORAL) return (declared === ANY_TYPE || declared === DATETIME_TYPE) && !hasNullNumber();
  return !hasNullWord(TOKEN_BYTES);
}
/** The column has passed the bound: the facts in its value table are added up, and the table is dropped. O(values). */
export function passBound(c: Column): void {
  c.registers = takeTable(REGISTERS);
  const slots = slotsOf(c);
  let numbers: u64 = 0,
    times: u64 = 0,
    all: u64 = 0,
    frequent: u32 = 0;
  for (let i: u32 = 0; i < slots; i++) if (readSlot(c, i)) frequent += u32(entryCount > COPIES);
  keepCandidates(c);
  if (!c.codes && frequent > 0) c.pairs = allocate(frequent * PAIR);
  for (let i: u32 = 0; i < slots; i++) {
    if (!readSlot(c, i)) continue;
    classifyEntry();
    const kind = entryClass & 255,
      n = entryCount;
    if (kind <= TOKEN) {
      countNull(c, entryClass >> 8, n);
      continue;
    }
    count(c, kind, n);
    all += n;
    if (groupOf(kind) === NUMBERS) numbers += n;
    if (groupOf(kind) === TIMES) {
      times += n;
      countDate(c, entrySeconds, n);
    }
    const hash = hashOf(entryLow, entryHigh),
      points = entryPoints();
    addHash(c.registers, hash);
    noteEntry(c);
    if (groupOf(kind) === TEXTS) addTextLength(c, points, entryBytes(), n, hash);
    else addLength(c, points, entryBytes(), n);
    if (c.codes || (kind !== INTEGER && kind !== DECIMAL)) continue;
    const value = entryNumber;
    if (n > COPIES) {
      store<f64>(c.pairs + c.pairCount * PAIR, value);
      store<f64>(c.pairs + c.pairCount * PAIR, <f64>n, 8);
      c.pairCount++;
      c.min = min(c.min, value);
      c.max = max(c.max, value);
    } else for (let k: u32 = 0; k < n; k++) storeValue(c, value);
  }
  c.mode = numbers * 2 > all ? NUMERIC : times * 2 > all ? TEMPORAL : TEXTUAL;
  if (c.codes && c.mode === NUMERIC) c.mode = TEXTUAL;
  if (isRuled && !holdsByRules(c)) c.mode = GENERAL;
  dropTables(c);
  dropTexts(c);
}

/** Adds one value of any class to all facts of a column past the bound. @param hash of its key, low and high */
export function addValue(
  c: Column,
  from: usize,
  length: u32,
  low: u64,
  high: u64,
  hash: u64,
  row: f64,
  way: u32,
): void {
  const kind = way === BY_TEXT ? classify(from, length) : classifyAs(way, from, length);
  if (kind <= TOKEN) {
    countNull(c, token, 1);
    return;
  }
  addHash(c.registers, hash);
  if (c.candidates !== 0) countCandidate(c.candidates, low, high, hash, 1);
  count(c, kind, 1);
  const points = codePoints(from, length),
    group = groupOf(kind),
    shown = exampleGroupOf(kind);
  if (way !== AS_NESTED && inspect(c, from, length, kind, trimmedLength)) addNotes(c, 1, row, from, length);
  if (group === TEXTS) addTextLength(c, points, length, 1, hash);
  else addLength(c, points, length, 1);
  if (wantsExample(c, shown)) addExample(c, shown, row, from, length);
  if (kind === INTEGER || kind === DECIMAL) {
    notePoint(c, kind, trimmed, trimmedLength);
    if (c.codes) return;
    offerNumber(c, kind, number, row, trimmed, trimmedLength);
    storeValue(c, number);
  } else if (kind === CODE) {
    c.codes = true;
    if (c.mode === NUMERIC) c.mode = TEXTUAL;
  } else if (group === TIMES) {
    addTime(c, trimmed, trimmedLength);
    countDate(c, seconds, 1);
  }
}
