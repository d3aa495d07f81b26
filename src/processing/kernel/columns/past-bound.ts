// A column with more distinct values than are counted: its values go into a HyperLogLog, its numbers into the store, its lengths,
// classes and times are added up. Which way a column takes (numeric-pass.ts, temporal-pass.ts, textual-pass.ts) never changes a
// fact: the fast ways hand over what they do not know to addValue.

import { nextChunk } from '../memory/chunks';
import { allocate, takeTable } from '../memory/memory';
import { codePoints, hashOf } from '../values/field';
import { CODE, DECIMAL, INTEGER, number } from '../values/number-parser';
import {
  classify,
  exampleGroupOf,
  groupOf,
  NESTED,
  NUMBERS,
  TEXTS,
  TIMES,
  TOKEN,
  token,
  trimmed,
  trimmedLength,
} from '../values/value-class';
import { countCandidate, keepCandidates } from './candidates';
import { addLength, Column, count, countNull, NUMERIC, numbersOf, TEMPORAL, TEXTUAL } from './column-state';
import { entryBytes, entryClass, entryNumber, entryPoints, judgeEntry, noteEntry } from './entry-facts';
import { addHash, REGISTERS } from './hyperloglog';
import { addNotes, inspect } from './notes';
import { notePoint } from './point-groups';
import { addTextLength } from './text-lengths';
import { dropTexts } from './text-store';
import { addTime } from './times';
import { dropTables, entryCount, entryHigh, entryLow, readSlot, slotsOf } from './value-table';
import { addExample, offerNumber, wantsExample } from './watch';

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
/** The column has passed the bound: what its table knows moves on, and the table goes. */
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
    judgeEntry();
    const kind = entryClass & 255,
      n = entryCount;
    if (kind <= TOKEN) {
      countNull(c, entryClass >> 8, n);
      continue;
    }
    count(c, kind, n);
    all += n;
    if (groupOf(kind) === NUMBERS) numbers += n;
    if (groupOf(kind) === TIMES) times += n;
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
  dropTables(c);
  dropTexts(c);
}

/** Any value, with nothing left out. */
export function addValue(
  c: Column,
  from: usize,
  length: u32,
  low: u64,
  high: u64,
  hash: u64,
  row: f64,
  isNested: bool,
): void {
  const kind = isNested ? NESTED : classify(from, length);
  if (kind <= TOKEN) {
    countNull(c, token, 1);
    return;
  }
  addHash(c.registers, hash);
  if (c.candidates !== 0) countCandidate(c.candidates, low, high, hash);
  count(c, kind, 1);
  const points = codePoints(from, length),
    group = groupOf(kind),
    shown = exampleGroupOf(kind);
  if (!isNested && inspect(c, from, length, kind, trimmedLength)) addNotes(c, 1, row, from, length);
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
  } else if (group === TIMES) addTime(c, trimmed, trimmedLength);
}
