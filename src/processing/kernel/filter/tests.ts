// The tests of a filter job. The host adds them before the first block: a test, then its texts.
import { HAS_HIGH, HAS_LOW, REPLACED, REPLACED_NUL, TEXTS_TEST, TIME_TEST } from '../border/tests.ts';
import { allocate } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { findKey, hashOf, keyHigh, keyLow, setText } from '../values/field.ts';
import { compactDay, orderedTime } from '../values/ordered-date.ts';
import { fraction, parseTime, seconds } from '../values/timestamp-parser.ts';
import { trimField, trimmed, trimmedLength } from '../values/value-class.ts';

/** One thing that a row must be (border/tests.ts). */
// @unmanaged
export class Test {
  /** 0 behind the last. */
  next: usize;
  kind: u32;
  column: u32;
  flags: u32;
  low: f64;
  high: f64;
  /** A bit for each class. */
  classes: u64;
  /** Bounds of an instant. */
  lowSeconds: i64;
  lowFraction: u64;
  highSeconds: i64;
  highFraction: u64;
  /** A list: the next u32, length u32, text. The one added last comes first. */
  texts: usize;
  count: u32;
  /** Keys of texts, 16 bytes each; 0 for none. */
  keys: usize;
  mask: u32;
}
const TEXT: u32 = 8;
/** Bytes behind a text that may be read with it. */
const BEHIND: u32 = 32;

/** The first of them; 0 when rows need not be tested. */
export let tests: usize = 0;
let lastTest: usize = 0;

/** Adds a test without texts. @param classes a bit for each class @param low and `high`: bounds, or a mark */
export function addTest(kind: u32, column: u32, flags: u32, classes: f64, low: f64, high: f64): void {
  const at = allocate(<u32>offsetof<Test>());
  memory.fill(at, 0, offsetof<Test>());
  const t = changetype<Test>(at);
  t.kind = kind;
  t.column = column;
  t.flags = flags;
  t.classes = <u64>classes;
  t.low = low;
  t.high = high;
  if (lastTest === 0) tests = at;
  else changetype<Test>(lastTest).next = at;
  lastTest = at;
}
/** Room for another text of the test added last. @returns where the host writes it */
export function addText(length: u32): usize {
  const t = changetype<Test>(lastTest),
    at = allocate(length + TEXT + BEHIND);
  memory.fill(at, 0, length + TEXT + BEHIND);
  store<u32>(at, <u32>t.texts);
  store<u32>(at, length, 4);
  t.texts = at;
  t.count++;
  return at + TEXT;
}
/** All texts of the test are written. @returns false when a bound is no instant */
export function endTest(): bool {
  const t = changetype<Test>(lastTest);
  if (t.kind === TEXTS_TEST && (t.flags & (REPLACED | REPLACED_NUL)) === 0) makeKeys(t);
  if (t.kind !== TIME_TEST) return true;
  let at = t.texts;
  if ((t.flags & HAS_HIGH) !== 0) {
    if (!isInstant(at)) return false;
    t.highSeconds = seconds;
    t.highFraction = fraction;
    at = nextText(at);
  }
  if ((t.flags & HAS_LOW) === 0) return true;
  if (!isInstant(at)) return false;
  t.lowSeconds = seconds;
  t.lowFraction = fraction;
  return true;
}
/** A bound is written as ISO 8601 has it, or in the spelling that was said of the file. */
function isInstant(item: usize): bool {
  trimField(textAt(item), textLength(item));
  const from = trimmed,
    length = trimmedLength,
    order = shared().dateOrder;
  return (
    parseTime(from, length) !== 0 ||
    (shared().hasRules !== 0 && (orderedTime(from, length, order) !== 0 || compactDay(from, length, order)))
  );
}
function makeKeys(t: Test): void {
  const slots: u32 = 1 << (32 - clz(t.count * 2));
  t.keys = allocate(slots << 4);
  t.mask = slots - 1;
  memory.fill(t.keys, 0, slots << 4);
  for (let at = t.texts; at !== 0; at = nextText(at)) {
    setText(textAt(at), textLength(at));
    findKey();
    const slot = findSlot(t, keyLow, keyHigh);
    store<u64>(slot, keyLow);
    store<u64>(slot, keyHigh, 8);
  }
}
// @inline
function findSlot(t: Test, low: u64, high: u64): usize {
  let slot = <u32>(hashOf(low, high) >> 7) & t.mask;
  for (;;) {
    const at = t.keys + ((<usize>slot) << 4),
      first = load<u64>(at),
      second = load<u64>(at, 8);
    if ((first === low && second === high) || (first === 0 && second === 0)) return at;
    slot = (slot + 1) & t.mask;
  }
  return 0;
}
/** Whether a key is that of one of the test's texts. No text has the key 0, 0. */
// @inline
export function hasKey(t: Test, low: u64, high: u64): bool {
  const slot = findSlot(t, low, high);
  return (load<u64>(slot) | load<u64>(slot, 8)) !== 0;
}
// @inline
export function textAt(item: usize): usize {
  return item + TEXT;
}
// @inline
export function textLength(item: usize): u32 {
  return load<u32>(item, 4);
}
// @inline
export function nextText(item: usize): usize {
  return load<u32>(item);
}
