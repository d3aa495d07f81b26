// The texts that are null where a person has named some, at most MAX_TOKENS: a list, the last one first. Each: the next
// u32, its number u32 from 1, length u32, bytes.

import { allocate } from '../memory/memory.ts';
import { shared } from '../memory/shared.ts';
import { firstBytes } from './field.ts';

const NUMBER: u32 = 4,
  LENGTH: u32 = 8,
  TEXT: u32 = 12,
  /** Bytes behind a text that may be read with it. */
  BEHIND: u32 = 16;

/** Adds a text, before the first row. @returns where the host writes its `length` bytes */
export function addNullText(number: u32, length: u32): usize {
  const s = shared(),
    at = allocate(TEXT + length + BEHIND);
  store<u32>(at, <u32>s.nullTexts);
  store<u32>(at, number, NUMBER);
  store<u32>(at, length, LENGTH);
  memory.fill(at + TEXT, 0, length + BEHIND);
  s.nullTexts = at;
  return at + TEXT;
}
/** The number of the trimmed text in the list; 0 when it is not there. */
export function nullText(from: usize, length: u32): u32 {
  for (let at: usize = shared().nullTexts; at !== 0; at = load<u32>(at))
    if (load<u32>(at, LENGTH) === length && isEqual(from, at + TEXT, length)) return load<u32>(at, NUMBER);
  return 0;
}
function isEqual(a: usize, b: usize, length: u32): bool {
  if (length > 16) return memory.compare(a, b, length) === 0;
  return !v128.any_true(v128.and(v128.xor(v128.load(a), v128.load(b)), v128.load(firstBytes + ((<usize>length) << 4))));
}
/** Whether one of the texts may be a number in digits, or an instant. */
export function hasNullNumber(): bool {
  for (let at: usize = shared().nullTexts; at !== 0; at = load<u32>(at)) {
    const first = <u32>load<u8>(at, TEXT);
    if (first - 43 <= 14) return true; // a sign, a point or a digit
  }
  return false;
}
/** Whether one of the texts is a word of more than `length` bytes. */
export function hasNullWord(length: u32): bool {
  for (let at: usize = shared().nullTexts; at !== 0; at = load<u32>(at))
    if (load<u32>(at, LENGTH) > length && (<u32>load<u8>(at, TEXT) | 32) - 97 < 26) return true;
  return false;
}
