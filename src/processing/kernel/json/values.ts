// One value of a record that the walker does not read by itself: strings with escapes, numbers that are long or not
// canonical, words, objects and lists.
import {
  LITERAL_VALUE,
  NESTED_VALUE,
  NULL_VALUE,
  NUMBER_VALUE,
  STRING_VALUE,
  WRITTEN_NUMBER,
} from '../border/classes.ts';
import { closeText, openText, out, reserve, setOut, start } from './arena.ts';
import { isForeign, nested, nestedEnd, readForeign, readNested, readWord } from './nested.ts';
import { isCanonical, putCanonical, readNumber } from './numbers.ts';
import { fail, stops, unescapeString } from './strings.ts';

const QUOTE: u32 = 34;

/** The value read last; `escaped`: a string with a backslash. */
export let valueBegin: usize = 0,
  valueEnd: usize = 0,
  valueKind: u32 = 0,
  escaped: bool = false;

// @inline
function found(begin: usize, end: usize, kind: u32): void {
  valueBegin = begin;
  valueEnd = end;
  valueKind = kind;
}
/** @param levels objects and lists that may be one in another @returns what is behind the value at p, or 0 */
export function readValue(p: usize, levels: u32, row: f64): usize {
  const byte = <u32>load<u8>(p);
  escaped = false;
  if (byte === QUOTE) return readString(p + 1);
  if (byte === 123 || byte === 91) {
    const end = readNested(p, levels, row);
    found(nested, nestedEnd, NESTED_VALUE);
    return end;
  }
  if (isForeign(p)) {
    const end = readForeign(p);
    found(p, end, byte === 78 ? NULL_VALUE : LITERAL_VALUE);
    return end;
  }
  if (byte === 45 || byte - 48 < 10) return readOtherNumber(p);
  const end = readWord(p);
  found(p, end, byte === 110 ? NULL_VALUE : LITERAL_VALUE);
  return end;
}
function readString(p: usize): usize {
  let end = p,
    stop = stops(v128.load(end));
  while (stop === 0) {
    end += 16;
    stop = stops(v128.load(end));
  }
  end += <usize>ctz(stop);
  if (load<u8>(end) === QUOTE) {
    found(p, end, STRING_VALUE);
    return end + 1;
  }
  if (load<u8>(end) < 32) return fail(end);
  escaped = true;
  openText();
  end = unescapeString(p);
  if (end === 0) return 0;
  found(start, out, STRING_VALUE);
  closeText();
  return end + 1;
}
function readOtherNumber(p: usize): usize {
  const end = readNumber(p);
  if (end === 0) return 0;
  if (isCanonical()) {
    found(p, end, NUMBER_VALUE);
    return end;
  }
  const length = end - p;
  openText();
  reserve(<u32>length);
  memory.copy(out, p, length);
  setOut(out + length);
  putCanonical();
  found(start, start + length, WRITTEN_NUMBER);
  store<u32>(start - 8, <u32>valueEnd);
  store<u32>(start - 4, <u32>(out - valueEnd));
  closeText();
  return end;
}
/**
 * A number of at most 16 characters at p whose fraction ends in zeros: its canonical form is a beginning of its text.
 * @param point where the point is, `zeros` a bit for each zero
 */
export function cutZeros(p: usize, length: u32, point: u32, zeros: u32): void {
  openText();
  v128.store(start, v128.load(p));
  let kept = length - clz(~(zeros << (32 - length)));
  if (kept === point + 1) kept = point;
  let from = start;
  if (kept === 2 && load<u16>(start) === 0x302d) {
    from++; // -0
    kept = 1;
  }
  store<u32>(start - 8, <u32>from);
  store<u32>(start - 4, kept);
  setOut(start + length);
  closeText();
}
