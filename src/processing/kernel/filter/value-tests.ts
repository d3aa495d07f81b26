// Tests of one column's values: a batch of fields, of which those are looked at whose rows passed the tests before.

import {
  CLASSES,
  DATE,
  DATETIME,
  EMPTY,
  INTEGER,
  NESTED,
  NESTED_VALUE,
  NULL_CLASSES,
  NULL_VALUE,
  NUMBER_VALUE,
  WRITTEN_NUMBER,
} from '../border/classes.ts';
import { TOKEN_BYTES } from '../border/limits.ts';
import {
  CLASS_TEST,
  CONTAINS_TEST,
  COUNTED,
  HAS_HIGH,
  HAS_LOW,
  HIGH_OPEN,
  IN_BYTES,
  LENGTH_TEST,
  LOW_OPEN,
  MARK_TEST,
  NEGATED,
  NUMBER_TEST,
  REPLACED,
  REPLACED_NUL,
  SPACE_TEST,
  STARTS_TEST,
  SWALLOWED_TEST,
  TEXTS_TEST,
  TIME_TEST,
} from '../border/tests.ts';
import { columnAt } from '../columns/column-state.ts';
import { isCsv } from '../columns/fields.ts';
import { FEW_BREAKS } from '../columns/notes.ts';
import { swallowedLines } from '../columns/swallowed.ts';
import { allocate } from '../memory/memory.ts';
import {
  beginnings,
  breaks,
  codePoints,
  findKey,
  keyHigh,
  keyLow,
  readField,
  setText,
  text,
  textLength,
} from '../values/field.ts';
import { findMarks, marks } from '../values/invisible.ts';
import { number } from '../values/number-parser.ts';
import { fraction, seconds } from '../values/timestamp-parser.ts';
import { classify, trimField, trimmedLength } from '../values/value-class.ts';
import { isRuled, setLiteral, useRules } from '../values/value-rules.ts';
import { hasKey, textLength as lengthOf, nextText, Test, textAt } from './tests.ts';
import { contains, startsShown, startsWith } from './text-search.ts';

/** Values by class, of the test that is COUNTED; f64 each. */
let classCounts: usize = 0;
function countClass(kind: u32): void {
  const at = classCountsAt() + ((<usize>kind) << 3);
  store<f64>(at, load<f64>(at) + 1);
}
/** Counts of values by class, f64 each: of the test with the flag COUNTED. */
export function classCountsAt(): usize {
  if (classCounts === 0) {
    classCounts = allocate(CLASSES << 3);
    memory.fill(classCounts, 0, CLASSES << 3);
  }
  return classCounts;
}
/** Whether nulls pass. */
// @inline
export function takesNull(t: Test): bool {
  return t.kind === CLASS_TEST && (t.classes & ((<u64>1) << EMPTY)) !== 0;
}
/**
 * Clears the bytes of rows that do not pass.
 * @param begins and `ends`, `kinds`, `M`: as columns/fields.ts describes them @param passed a byte for each row
 */
export function testColumn<M>(t: Test, begins: usize, ends: usize, kinds: usize, n: u32, passed: usize): void {
  const ofNull = takesNull(t);
  useRules(columnAt(t.column).declared);
  for (let r: u32 = 0; r < n; r++) {
    if (load<u8>(passed + r) === 0) continue;
    const kind: u32 = isCsv<M>() ? 0 : load<u8>(kinds + r);
    let holds = ofNull;
    if (isCsv<M>() || kind !== NULL_VALUE) {
      const from: usize = load<u32>(begins + (r << 2)) + 1,
        length = load<u32>(ends + (r << 2)) - <u32>from,
        isNested = !isCsv<M>() && kind === NESTED_VALUE;
      if (isNested) {
        setText(from, length); // compared as text, unlike where values are counted
        findKey();
      } else readField(from, length);
      if (!isCsv<M>()) setLiteral(kind === NUMBER_VALUE || kind === WRITTEN_NUMBER);
      holds = test<M>(t, isNested);
    }
    if (!holds) store<u8>(passed + r, 0);
  }
  setLiteral(false);
}
/** Whether the field read last is null: in CSV, and in JSON where texts are that a person has named. */
function isNull<M>(isNested: bool): bool {
  if (isRuled) return !isNested && classify(text, textLength) < NULL_CLASSES;
  if (!isCsv<M>()) return false;
  trimField(text, textLength);
  return trimmedLength === 0 || (trimmedLength <= TOKEN_BYTES && classify(text, textLength) < NULL_CLASSES);
}
// @inline
function test<M>(t: Test, isNested: bool): bool {
  const kind = t.kind;
  if (kind === CLASS_TEST) {
    const found = isNested ? NESTED : classify(text, textLength);
    if ((t.flags & COUNTED) !== 0) countClass(found);
    return ((t.classes >> <u64>found) & 1) !== 0;
  }
  if (kind === NUMBER_TEST) return !isNested && testNumber(t);
  if (kind === TEXTS_TEST) return testTexts<M>(t, isNested);
  return testOther<M>(t, isNested);
}
function testNumber(t: Test): bool {
  const found = classify(text, textLength) - INTEGER;
  if (found > 1) return false; // integer or decimal
  const inside =
    ((t.flags & LOW_OPEN) !== 0 ? number > t.low : number >= t.low) &&
    ((t.flags & HIGH_OPEN) !== 0 ? number < t.high : number <= t.high);
  return inside !== ((t.flags & NEGATED) !== 0);
}
function testTexts<M>(t: Test, isNested: bool): bool {
  const found = t.keys !== 0 ? hasKey(t, keyLow, keyHigh) : isShown(t);
  if ((t.flags & NEGATED) !== 0 ? found : !found) return false;
  return !isNull<M>(isNested);
}
/** One of the texts is shown as the field read last is. */
function isShown(t: Test): bool {
  const end = text + textLength,
    isNul = (t.flags & REPLACED_NUL) !== 0;
  for (let item = t.texts; item !== 0; item = nextText(item))
    if (
      lengthOf(item) === 0
        ? textLength === 0
        : startsShown(text, end, textAt(item), lengthOf(item), isNul, false) === end
    )
      return true;
  return false;
}
function testOther<M>(t: Test, isNested: bool): bool {
  const kind = t.kind;
  if (kind === CONTAINS_TEST) {
    if (!hasPart(t)) return false;
    return !isNull<M>(isNested);
  }
  if (kind === STARTS_TEST) {
    const item = t.texts,
      found =
        (t.flags & (REPLACED | REPLACED_NUL)) === 0 || lengthOf(item) === 0
          ? startsWith(text, textLength, textAt(item), lengthOf(item))
          : startsShown(
              text,
              text + textLength,
              textAt(item),
              lengthOf(item),
              (t.flags & REPLACED_NUL) !== 0,
              false,
            ) !== 0;
    return found && !isNull<M>(isNested);
  }
  const found = isNested ? NESTED : classify(text, textLength);
  if (found < NULL_CLASSES) return false;
  if (kind === TIME_TEST) return (found === DATE || found === DATETIME) && isWithin(t);
  if (kind === LENGTH_TEST) {
    const length = (t.flags & IN_BYTES) !== 0 ? textLength : codePoints(text, textLength);
    return <f64>length >= t.low && <f64>length <= t.high;
  }
  if (isNested) return (t.flags & NEGATED) !== 0;
  const isTrimmed = trimmedLength === textLength;
  if (kind === SPACE_TEST) return isTrimmed === ((t.flags & NEGATED) !== 0);
  codePoints(text, textLength);
  if (kind === SWALLOWED_TEST) {
    const isSwallowed = breaks >= FEW_BREAKS && swallowedLines(columnAt(t.column), text, textLength) > 0;
    return isSwallowed !== ((t.flags & NEGATED) !== 0);
  }
  if (kind !== MARK_TEST || beginnings === textLength || !findMarks(text, textLength, found)) return false;
  return ((marks >> <u64>t.low) & 1) !== 0;
}
function hasPart(t: Test): bool {
  const item = t.texts;
  if ((t.flags & (REPLACED | REPLACED_NUL)) === 0) return contains(text, textLength, textAt(item), lengthOf(item));
  const end = text + textLength,
    isNul = (t.flags & REPLACED_NUL) !== 0;
  for (let p = text; p < end; p++)
    if (startsShown(p, end, textAt(item), lengthOf(item), isNul, true) !== 0) return true;
  return false;
}
/** The instant that was parsed last. */
function isWithin(t: Test): bool {
  const flags = t.flags;
  if ((flags & HAS_LOW) !== 0) {
    if (seconds < t.lowSeconds || (seconds === t.lowSeconds && fraction < t.lowFraction)) return false;
    if ((flags & LOW_OPEN) !== 0 && seconds === t.lowSeconds && fraction === t.lowFraction) return false;
  }
  if ((flags & HAS_HIGH) === 0) return true;
  if (seconds > t.highSeconds || (seconds === t.highSeconds && fraction > t.highFraction)) return false;
  return (flags & HIGH_OPEN) === 0 || seconds !== t.highSeconds || fraction !== t.highFraction;
}
