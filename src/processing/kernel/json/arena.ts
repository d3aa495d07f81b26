// Texts of a unit that do not stand in the block as they are wanted: unescaped strings, nested values, canonical forms.
// One text is open at a time and moves when its chunk is full; before each are 8 bytes for the pointer and length of
// its canonical form.
import { give, take } from '../memory/memory.ts';
import { shared, Unit, unitOf } from '../memory/shared.ts';

const FIRST: u32 = 65536;
/** Behind the text: readers load 16 bytes at a time, writers store as many. */
const SLACK: u32 = 64;

/** Chunks, the last first: next u32, bytes u32. */
let chunk: usize = 0,
  end: usize = 0,
  free: usize = 0;
/** The open text, and where its next byte goes. */
export let start: usize = 0,
  out: usize = 0;

let unit: Unit = changetype<Unit>(0);
/** Drops all texts of the next unit, whose place in the ring is free; one chunk stays. */
export function resetArena(): void {
  unit = unitOf(shared().emitted);
  chunk = unit.arena;
  if (chunk === 0) addChunk(FIRST);
  for (;;) {
    const next: usize = load<u32>(chunk);
    if (next === 0) break;
    give(chunk, load<u32>(chunk, 4));
    chunk = next;
  }
  unit.arena = chunk;
  end = chunk + load<u32>(chunk, 4);
  free = chunk + 8;
}
function addChunk(bytes: u32): void {
  const piece = take(bytes);
  store<u32>(piece, <u32>chunk);
  store<u32>(piece, bytes, 4);
  chunk = piece;
  unit.arena = chunk;
  end = piece + bytes;
  free = piece + 8;
}

/** Begins a text: its first byte goes to `start`. One that is open and was not closed is dropped. */
export function openText(): void {
  if (free + 8 + SLACK * 2 > end) addChunk(FIRST);
  start = ((free + 7) & ~7) + 8;
  out = start;
}
/** Makes room for `bytes` more bytes of the open text, which may move: `start` and `out` change then. */
// @inline
export function reserve(bytes: u32): void {
  if (out + bytes + SLACK > end) move(bytes);
}
function move(bytes: u32): void {
  const from = start,
    length = <u32>(out - start),
    old = chunk;
  addChunk(max<u32>(1 << (32 - clz(length + bytes + SLACK + 32)), FIRST));
  start = free + 8;
  out = start + length;
  memory.copy(start, from, length);
  if (from !== old + 16) return;
  // it had nothing else; its bytes stay readable until a piece of its size is taken
  store<u32>(chunk, load<u32>(old));
  give(old, load<u32>(old, 4));
}
/** Sets where the next byte of the open text goes: an imported variable cannot be assigned. */
// @inline
export function setOut(at: usize): void {
  out = at;
}
/** Keeps the open text. Texts that are not closed are written over. */
// @inline
export function closeText(): void {
  free = out + 16;
}
