// Where fields and rows end: a bit for every delimiter and one for every line end outside quotes. 64 bytes per step
// with SIMD, after Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (2019): the bytes inside quotes are the
// prefix xor of the quotes' mask. Reads the block once, O(bytes); memory: a quarter of the block.
import { CR_ENDINGS, CRLF_ENDINGS, LF_ENDINGS } from '../border/statuses.ts';
import { give, take } from '../memory/memory.ts';
import { Block } from '../memory/shared.ts';
import { CRS, LFS, QUOTES } from '../memory/simd-constants.ts';

const QUOTE: u32 = 34,
  LF: u32 = 10,
  CR: u32 = 13,
  SPACE: u32 = 32;

/** For each 64 bytes of the block 64 bits for its delimiters, and as many for its line ends. */
let masks: usize = 0;

// what the last index() found
let lines: u32 = 0,
  endings: u32 = 0,
  nul: bool = false,
  lastIsCr: bool = false;
/** Line ends before the last row's end; CRLF is one, those in quotes count. */
export function indexLines(): u32 {
  return lines;
}
/** LF_ENDINGS, CRLF_ENDINGS, CR_ENDINGS, outside quotes; a CR that is the last byte is not counted yet. */
export function indexEndings(): u32 {
  return endings;
}
/** The last byte before the last row's end is a CR: an LF may follow. */
export function indexEndsInCr(): bool {
  return lastIsCr;
}
/** There is a NUL byte among the bytes given, behind the last row's end too. */
export function indexSawNul(): bool {
  return nul;
}

// @inline
function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(a)) |
    ((<u64>(<u32>i8x16.bitmask(b))) << 16) |
    ((<u64>(<u32>i8x16.bitmask(c))) << 32) |
    ((<u64>(<u32>i8x16.bitmask(d))) << 48)
  );
}
// @inline
function prefixXor(mask: u64): u64 {
  mask ^= mask << 1;
  mask ^= mask << 2;
  mask ^= mask << 4;
  mask ^= mask << 8;
  mask ^= mask << 16;
  return mask ^ (mask << 32);
}

/**
 * Marks the ends of fields in `length` bytes that begin with a row. 64 bytes beyond must be readable.
 * @param afterCr the byte before the block was a CR outside quotes
 * @returns the number of bytes up to the end of the last whole row, 0 when none ends
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one loop whose state must stay in registers
export function indexBlock(b: Block, length: u32, delimiter: u32, afterCr: bool): u32 {
  const block = b.bytes;
  if (b.masksBytes < (length >> 2) + 64) {
    if (b.masks !== 0) give(b.masks, b.masksBytes);
    b.masksBytes = 1 << (32 - clz((length >> 2) + 64));
    b.masks = take(b.masksBytes);
  }
  masks = b.masks;
  memory.fill(block + length, 0x20, 64); // spaces: no byte of what was there before is taken for a mark
  const dv = i8x16.splat(<i8>delimiter),
    qv = v128.load(QUOTES),
    lv = v128.load(LFS),
    cv = v128.load(CRS);
  let inQuotes: u64 = 0,
    carry: u64 = 1,
    carryCr: u64 = afterCr ? 1 : 0,
    openCr: u64 = carryCr,
    odd: u64 = 0,
    least: v128 = i8x16.splat(-1);
  // no quote is open, and neither quote nor CR was in the step before: nearly always there is none in the next
  let isPlain = !afterCr;
  let count: u32 = 0,
    seen: u64 = 0,
    seenCrLf: u64 = 0,
    seenCr: u64 = 0;
  // the state at the last step in which a row ends
  let end: u32 = 0,
    endCount: u32 = 0,
    endSeen: u64 = 0,
    endCrLf: u64 = 0,
    endCr: u64 = 0;
  for (let i: u32 = 0; i < length; i += 64) {
    const p = block + i,
      a = v128.load(p),
      b = v128.load(p, 16),
      c = v128.load(p, 32),
      d = v128.load(p, 48);
    let marks = bits(i8x16.eq(a, dv), i8x16.eq(b, dv), i8x16.eq(c, dv), i8x16.eq(d, dv));
    const lf = bits(i8x16.eq(a, lv), i8x16.eq(b, lv), i8x16.eq(c, lv), i8x16.eq(d, lv));
    least = i8x16.min_u(least, i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d)));
    if (isPlain) {
      const others = v128.or(
        v128.or(v128.or(i8x16.eq(a, qv), i8x16.eq(b, qv)), v128.or(i8x16.eq(c, qv), i8x16.eq(d, qv))),
        v128.or(v128.or(i8x16.eq(a, cv), i8x16.eq(b, cv)), v128.or(i8x16.eq(c, cv), i8x16.eq(d, cv))),
      );
      if (!v128.any_true(others)) {
        carry = (marks | lf) >> 63;
        store<u64>(masks + (i >> 2), marks);
        store<u64>(masks + (i >> 2), lf, 8);
        if (lf === 0) continue;
        count += <u32>popcnt(lf);
        seen |= lf;
        end = i + 64 - <u32>clz(lf);
        endCount = count;
        endSeen = seen;
        endCrLf = seenCrLf;
        endCr = seenCr;
        continue;
      }
    }
    const crs = v128.or(v128.or(i8x16.eq(a, cv), i8x16.eq(b, cv)), v128.or(i8x16.eq(c, cv), i8x16.eq(d, cv)));
    let cr: u64 = 0;
    if (v128.any_true(crs)) cr = bits(i8x16.eq(a, cv), i8x16.eq(b, cv), i8x16.eq(c, cv), i8x16.eq(d, cv));
    const quotes = bits(i8x16.eq(a, qv), i8x16.eq(b, qv), i8x16.eq(c, qv), i8x16.eq(d, qv));
    let rows = lf | cr,
      outside: u64 = ~0;
    if ((quotes | inQuotes) !== 0) {
      const inside = prefixXor(quotes) ^ inQuotes;
      inQuotes = <u64>(<i64>inside >> 63);
      outside = ~inside;
      marks &= outside;
      rows &= outside;
      // a quote that opens anywhere but at the beginning of a field or right after another: not RFC 4180
      odd |= quotes & inside & ~(((marks | rows | quotes) << 1) | carry);
    }
    carry = (marks | rows | quotes) >> 63;
    store<u64>(masks + (i >> 2), marks);
    store<u64>(masks + (i >> 2), rows, 8);
    const pairs = lf & ((cr << 1) | carryCr),
      lonely = openCr & ~lf;
    if (rows !== 0) {
      const last = 63 - <u64>clz(rows),
        upTo = ~(<u64>0) >> (63 - last),
        o = outside & upTo;
      end = i + <u32>last + 1;
      endCount = count + <u32>popcnt(lf & upTo) + <u32>popcnt(cr & upTo) - <u32>popcnt(pairs & upTo);
      endSeen = seen | (lf & ~pairs & o);
      endCrLf = seenCrLf | (pairs & o);
      endCr = seenCr | lonely | (cr & ~(lf >> 1) & o & (upTo >> 1));
    }
    count += <u32>popcnt(lf) + <u32>popcnt(cr) - <u32>popcnt(pairs);
    seen |= lf & ~pairs & outside;
    seenCrLf |= pairs & outside;
    seenCr |= lonely | (cr & ~(lf >> 1) & outside & (~(<u64>0) >> 1));
    carryCr = cr >> 63;
    openCr = (cr & outside) >> 63;
    isPlain = (quotes | cr | inQuotes) === 0;
  }
  nul = !i8x16.all_true(least);
  if (odd !== 0) return indexByByte(block, length, delimiter, afterCr);
  lines = endCount;
  endings = (endSeen !== 0 ? LF_ENDINGS : 0) | (endCrLf !== 0 ? CRLF_ENDINGS : 0) | (endCr !== 0 ? CR_ENDINGS : 0);
  lastIsCr = end > 0 && load<u8>(block + end - 1) === CR;
  return end;
}

/**
 * The same, byte by byte: a field counts as quoted when its first byte after spaces is the quote; other quotes are
 * text.
 */
function indexByByte(block: usize, length: u32, delimiter: u32, afterCr: bool): u32 {
  memory.fill(masks, 0, (length >> 2) + 16);
  let start = true,
    quoted = false,
    crBefore = afterCr,
    crInQuotes = false;
  let count: u32 = 0,
    seen: u32 = 0,
    end: u32 = 0;
  lines = 0;
  endings = 0;
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(block + i);
    if (quoted) {
      if (byte === QUOTE) {
        if (i + 1 < length && load<u8>(block + i + 1) === QUOTE) i++;
        else quoted = false;
        crInQuotes = false;
        continue;
      }
      if (byte === CR || (byte === LF && !crInQuotes)) count++;
      crInQuotes = byte === CR;
      continue;
    }
    if (crBefore) {
      crBefore = false;
      if (byte === LF) {
        seen |= CRLF_ENDINGS;
        mark(i, 8);
        end = i + 1;
        lines = count;
        endings = seen;
        continue;
      }
      seen |= CR_ENDINGS;
    }
    if (start) {
      if (byte === SPACE) continue;
      start = false;
      if (byte === QUOTE) {
        quoted = true;
        crInQuotes = false;
        continue;
      }
    }
    if (byte !== delimiter && byte !== LF && byte !== CR) continue;
    mark(i, byte === delimiter ? 0 : 8);
    start = true;
    if (byte === delimiter) continue;
    count++;
    if (byte === LF) seen |= LF_ENDINGS;
    else crBefore = true;
    end = i + 1;
    lines = count;
    endings = seen;
  }
  lastIsCr = end > 0 && load<u8>(block + end - 1) === CR;
  return end;
}
// @inline
function mark(i: u32, word: usize): void {
  const at = masks + ((i >> 6) << 4) + word;
  store<u64>(at, load<u64>(at) | ((<u64>1) << (i & 63)));
}
