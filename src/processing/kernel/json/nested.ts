// Objects and lists inside a record: copied into the arena as JSON.stringify writes the parsed value, but for numbers,
// which stay as written. While that is done it is seen whether this is the canonical form as well; where it is not,
// canonical.ts makes it.
import { closeText, openText, out, reserve, setOut, start } from './arena.ts';
import { canonicalise, compareTexts, shownAt, shownLength } from './canonical.ts';
import { skipSpace } from './keys.ts';
import { isCanonical, readNumber } from './numbers.ts';
import { fail, stringify } from './strings.ts';

const QUOTE: u32 = 34,
  COMMA: u32 = 44,
  COLON: u32 = 58,
  OPEN_LIST: u32 = 91,
  CLOSE_LIST: u32 = 93,
  OPEN: u32 = 123,
  CLOSE: u32 = 125;

/** Where the text of the value read last is. */
export let nested: usize = 0,
  nestedEnd: usize = 0;
/**
 * Keys rise by their bytes; some key may be an index of an array, which JavaScript puts first; some number is not
 * canonical.
 */
let rising: bool = true,
  indexKeys: bool = false,
  otherNumbers: bool = false;
let deepest: u32 = 0;
/** `NaN`, `Infinity` and `-Infinity` are values. */
let lenient: bool = false;

/** From now on `NaN`, `Infinity` and `-Infinity` are values, as many programs write them. */
export function readLeniently(): void {
  lenient = true;
}

/** @param levels objects and lists that may be one in another @returns what is behind the value, or 0 */
export function readNested(p: usize, levels: u32, row: f64): usize {
  openText();
  rising = true;
  indexKeys = otherNumbers = false;
  deepest = levels;
  p = copyValue(p, 0);
  if (p === 0) return 0;
  if (rising && !indexKeys && !otherNumbers) {
    nested = start;
    nestedEnd = out;
    store<u32>(nested - 8, <u32>nested);
    store<u32>(nested - 4, <u32>(nestedEnd - nested));
  } else {
    canonicalise(row, indexKeys, otherNumbers);
    nested = start + shownAt;
    nestedEnd = nested + shownLength;
  }
  closeText();
  return p;
}

// @inline
function put(byte: u32): void {
  store<u8>(out, <u8>byte);
  setOut(out + 1);
}
/** Copies `length` bytes, at most 8: they have room in the slack behind every text. */
// @inline
function putWord(p: usize, length: u32): void {
  store<u64>(out, load<u64>(p));
  setOut(out + length);
}
function copyValue(p: usize, level: u32): usize {
  reserve(64);
  const byte = <u32>load<u8>(p);
  if (byte === QUOTE) return copyString(p);
  if (byte === OPEN) return level === deepest ? fail(p) : copyObject(p, level + 1);
  if (byte === OPEN_LIST) return level === deepest ? fail(p) : copyList(p, level + 1);
  if (isForeign(p)) return copyForeign(p);
  const word = readWord(p);
  if (word !== 0) {
    putWord(p, <u32>(word - p));
    return word;
  }
  if (byte !== 45 && byte - 48 > 9) return 0;
  const end = readNumber(p);
  if (end === 0) return 0;
  otherNumbers = otherNumbers || !isCanonical();
  const length = <u32>(end - p);
  reserve(length);
  memory.copy(out, p, length);
  setOut(out + length);
  return end;
}
/** Checks for `null`, `true` or `false` at p. @returns what is behind it, or 0 */
export function readWord(p: usize): usize {
  const word = load<u32>(p);
  if (word === 0x6c6c756e || word === 0x65757274) return p + 4;
  if (word === 0x736c6166 && load<u8>(p, 4) === 101) return p + 5;
  const byte = word & 255;
  let at = p;
  if (byte === 110 || byte === 116 || byte === 102) {
    const spelled: u64 = byte === 110 ? 0x6c6c756e : byte === 116 ? 0x65757274 : 0x65736c6166;
    for (let i: u64 = 0; i < 40 && <u32>load<u8>(at) === <u32>((spelled >> i) & 255); i += 8) at++;
  }
  return fail(at);
}
/** Whether the value at p begins as `NaN` or an infinity and these are read. */
// @inline
export function isForeign(p: usize): bool {
  if (!lenient) return false;
  const byte = <u32>load<u8>(p);
  return byte === 78 || byte === 73 || (byte === 45 && load<u8>(p, 1) === 73);
}
/** Checks for `NaN`, `Infinity` or `-Infinity` at p. @returns what is behind it, or 0 */
export function readForeign(p: usize): usize {
  const isNan = load<u8>(p) === 78,
    spelled: u64 = isNan ? 0x4e614e : 0x7974696e69666e49,
    length: u64 = isNan ? 24 : 64;
  let at = load<u8>(p) === 45 ? p + 1 : p;
  for (let i: u64 = 0; i < length; i += 8, at++) if (<u32>load<u8>(at) !== <u32>((spelled >> i) & 255)) return fail(at);
  return at;
}
/** Copies NaN as null and an infinity as a string: the text is JSON. */
function copyForeign(p: usize): usize {
  const end = readForeign(p);
  if (end === 0) return 0;
  if (load<u8>(p) === 78) {
    store<u32>(out, 0x6c6c756e); // null
    setOut(out + 4);
    return end;
  }
  const length = <u32>(end - p);
  put(QUOTE);
  memory.copy(out, p, length);
  setOut(out + length);
  put(QUOTE);
  return end;
}
function copyString(p: usize): usize {
  put(QUOTE);
  p = stringify(p + 1);
  if (p === 0) return 0;
  put(QUOTE);
  return p + 1;
}
function copyList(p: usize, level: u32): usize {
  put(OPEN_LIST);
  p = skipSpace(p + 1);
  if (load<u8>(p) === CLOSE_LIST) {
    put(CLOSE_LIST);
    return p + 1;
  }
  for (;;) {
    p = copyValue(p, level);
    if (p === 0) return 0;
    p = skipSpace(p);
    const byte = <u32>load<u8>(p);
    if (byte !== COMMA && byte !== CLOSE_LIST) return fail(p);
    reserve(16);
    put(byte);
    if (byte === CLOSE_LIST) return p + 1;
    p = skipSpace(p + 1);
  }
  return 0;
}
function copyObject(p: usize, level: u32): usize {
  put(OPEN);
  p = skipSpace(p + 1);
  if (load<u8>(p) === CLOSE) {
    put(CLOSE);
    return p + 1;
  }
  let before: usize = 0,
    beforeLength: u32 = 0;
  for (;;) {
    if (load<u8>(p) !== QUOTE) return fail(p);
    reserve(64);
    const key = out - start + 1; // the text may move
    p = copyString(p);
    if (p === 0) return 0;
    const length = <u32>(out - start - key) - 1;
    if (before !== 0 && rising) rising = compareTexts(start + before, beforeLength, start + key, length) < 0;
    indexKeys = indexKeys || (length > 0 && <u32>load<u8>(start + key) - 48 < 10);
    before = key;
    beforeLength = length;
    p = skipSpace(p);
    if (load<u8>(p) !== COLON) return fail(p);
    put(COLON);
    p = copyValue(skipSpace(p + 1), level);
    if (p === 0) return 0;
    p = skipSpace(p);
    const byte = <u32>load<u8>(p);
    if (byte !== COMMA && byte !== CLOSE) return fail(p);
    reserve(16);
    put(byte);
    if (byte === CLOSE) return p + 1;
    p = skipSpace(p + 1);
  }
  return 0;
}
