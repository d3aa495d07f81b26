// The plain bytes of a page: all of them, or a window of a page that is large, into which the host brings one piece
// after another. Of Snappy the window keeps what later bytes may refer to: its encoders work on blocks of 64 KiB.
// Memory: the window; more only for a value that is larger.

import { enlarge, extend, page, SLACK } from './pieces.ts';
import { beginUnpacking, unpackedTo, unpackSome } from './snappy-stream.ts';

/** How far back a reference goes. */
const HISTORY: u32 = 65_536;
/** What snappy-stream.ts wants for a copy. */
const COPY_ROOM: u32 = 64;

/** Bytes that have come and were not taken yet: at the beginning of a value. */
export let plainAt: usize = 0,
  plainEnd: usize = 0;
/** Bytes of the page that have not come. */
let missing: u32 = 0;
let isSnappy: bool = false;

/** All values of a page are at hand. */
export function holdPlain(from: usize, end: usize): void {
  plainAt = from;
  plainEnd = end;
  missing = 0;
}
/** Nothing more comes. */
export function isComplete(): bool {
  return missing === 0;
}
/** Bytes up to here were taken. */
export function pass(to: usize): void {
  plainAt = to;
}

/** Begins a page of `length` bytes. @param window bytes of it that are at hand, at about */
export function beginPlain(length: u32, window: u32, ofSnappy: u32): void {
  isSnappy = ofSnappy !== 0;
  enlarge(page, min(length, window + HISTORY));
  plainAt = plainEnd = page.at;
  missing = length;
  beginUnpacking();
}
/**
 * Takes some bytes of the page as it is stored.
 * @param from where they are @param isLast no others follow
 * @returns how many it took; u32.MAX_VALUE when they are wrong or refer too far back
 */
export function feedPlain(from: usize, bytes: u32, isLast: u32): u32 {
  makeRoom();
  const room = page.bytes - SLACK - <u32>(plainEnd - page.at);
  if (!isSnappy) {
    const n = min(bytes, room);
    if (n > missing) return u32.MAX_VALUE;
    memory.copy(plainEnd, from, n);
    plainEnd += n;
    missing -= n;
    return n;
  }
  const taken = unpackSome(from, bytes, isLast !== 0, page.at, plainEnd, room, missing);
  missing -= <u32>(unpackedTo - plainEnd);
  plainEnd = unpackedTo;
  return taken;
}
/** Bytes that have come and were not taken, which begin at plainPlace, and bytes of the page that have not come. */
export function plainBytes(): u32 {
  return <u32>(plainEnd - plainAt);
}
export function plainPlace(): usize {
  return plainAt;
}
export function missingBytes(): u32 {
  return missing;
}
/** Leaves the next `bytes` behind, which have come. */
export function passPlain(bytes: u32): void {
  plainAt += bytes;
}

function makeRoom(): void {
  const kept =
      isSnappy && plainEnd - page.at > HISTORY ? min(plainAt, plainEnd - HISTORY) : isSnappy ? page.at : plainAt,
    gone = kept - page.at,
    capacity = page.bytes - SLACK;
  if (gone > 0) {
    memory.copy(page.at, kept, plainEnd - kept);
    plainAt -= gone;
    plainEnd -= gone;
  }
  const used = <u32>(plainEnd - page.at);
  if (<u64>(capacity - used) >= min<u64>(capacity >> 2, <u64>missing + COPY_ROOM)) return;
  const old = page.at;
  extend(page, capacity * 2);
  plainAt = page.at + (plainAt - old);
  plainEnd = page.at + used;
}
