// What all threads of a job see: one struct at the bottom of the memory they share, and the rings of blocks and units
// in it.
//
//   block  bytes of the file that hold whole rows, filled and published by the host, in order
//   unit   some rows of a block as fields, column by column; made by splitting, in order
//   lane   some columns; takes the units one after another, on whichever thread is free, never on two at once
//
// Every column therefore sees its rows in order and in the same batches, however many threads work: nothing is merged,
// and no fact can depend on the number of threads.

import { BAD_ROW_BYTES } from '../border/layout.ts';
import { EXAMPLES, MAX_PLACES } from '../border/limits.ts';

/** Lanes at most: the columns of wide tables share them. */
export const LANES: u32 = 64;

/** The state of a job. Fields that threads change at the same time are read and written by atomic operations. */
// @unmanaged
export class Shared {
  /** memory.ts. */
  allocating: u32;
  top: u32;
  free: u32;
  tableBytes: u32;
  /** chunks.ts: bytes of chunks in memory, and how many there may be. */
  chunkBytes: u32;
  heldBytes: u32;
  budget: u32;
  /** Whether there is a spill. */
  spills: u32;
  /** Bytes that value tables may take before columns are deferred to the end (deferred.ts). */
  tableBudget: u32;
  /** The table. */
  columnCount: u32;
  columnTable: usize;
  delimiter: u32;
  bound: u32;
  isJson: u32;
  /** Fields of a column are deferred and taken many at a time. */
  isWide: u32;
  /** From how many columns on they are. */
  wideColumns: u32;
  tokens: usize;
  shuffles: usize;
  powers: usize;
  firstBytes: usize;
  partitions: usize;
  /** Rows of a unit at the most, and bytes of one column of its fields. */
  unitRows: u32;
  unitCells: u32;
  stride: u32;
  threads: u32;
  /** Places in each ring, of blocks and of units, in this job: a power of two. */
  places: u32;
  laneCount: u32;
  /** Blocks: published by the host, begun by splitting, free again. */
  published: u32;
  splitting: u32;
  freed: u32;
  /** Where splitting continues in its block, in bytes from the block's begin. */
  splitAt: u32;
  splitLock: u32;
  /** Units: split, finished. */
  emitted: u32;
  finished: u32;
  finishLock: u32;
  /** The next column whose facts are still to be made, and the next partition of duplicates.ts. */
  nextColumn: u32;
  nextPartition: u32;
  /** Set by the host: threads do no more work. */
  stopped: u32;
  /** Splitting met something that the host must examine in the current block. */
  fault: u32;
  /** Rows are tested instead of counted: filter/filter-unit.ts. */
  isFilter: u32;
  /** A byte for each row of the unit that is split: it has another width than the header. 0 where rows are counted. */
  misfits: usize;
  hostWaits: u32;
  widest: u32;
  duplicates: u32;
  duplicateExamples: u32;
  duplicateLock: u32;
  badRows: u32;
  badExamples: u32;
  /** Rows of empty fields that were passed over, and the line of the first. */
  emptyRows: u32;
  /** Bytes that are not valid UTF-8 have come: characters are counted more slowly (values/field.ts). */
  hasWrongBytes: u32;
  /** What a person has said of values: border/value-rules.ts. Whether there is anything, of any column. */
  hasRules: u32;
  /** The separators as bytes, 0 for none; without `decimal` numbers are written plainly. */
  decimal: u32;
  thousands: u32;
  dateOrder: u32;
  /** Lists of values/null-texts.ts and columns/declared.ts. */
  nullTexts: usize;
  declaredNames: usize;
  rowCount: f64;
  emptyLine: f64;
}

/** A piece of the file: whole rows, and the bits that the index made of them. */
// @unmanaged
export class Block {
  bytes: usize;
  capacity: u32;
  /** Up to the end of the last whole row. */
  length: u32;
  masks: usize;
  masksBytes: u32;
  /** The line of the first byte, from 1, and whether a CR is before it. */
  line: f64;
  afterCr: u32;
  /** Rows of the table before the block, known when it is split. */
  rowsBefore: f64;
}

/** Rows of a block as fields, at most `unitRows` of them. */
// @unmanaged
export class Unit {
  rows: u32;
  /** Columns up to the last that any row of the unit has; those behind it are empty in all rows. */
  width: u32;
  /** The last of its block. */
  isLast: u32;
  firstRow: f64;
  /** Separators: the one before each field, column by column, and that behind the last; `stride` bytes per column. */
  fields: usize;
  /** 16 bytes per row for each thread, and whether the thread has begun to add to them. */
  hashes: usize;
  begun: usize;
  /** Lanes that have taken it. */
  taken: u32;
  /**
   * JSON (json/fields.ts): rows from one column to the next, fields there is room for, the columns it has, its texts.
   */
  columnRows: u32;
  cells: u32;
  ends: usize;
  kinds: usize;
  touched: usize;
  touchedCount: u32;
  arena: usize;
}

/** Some columns. One struct per line of the cache, so that threads do not slow each other down. */
// @unmanaged
export class Lane {
  lock: u32;
  progress: u32;
  from: u32;
  to: u32;
  /** The thread that took it last. */
  owner: u32;
}
const LINE: usize = 64;

/** Where the Shared struct is: the first bytes behind the kernel's static data, aligned to 64. */
// @inline
export function base(): usize {
  return (__heap_base + 63) & ~63;
}
/** The state of the job, at the same address for every thread. */
// @inline
export function shared(): Shared {
  return changetype<Shared>(base());
}
const BLOCK_AT: usize = (offsetof<Shared>() + 63) & ~63;
const UNIT_AT: usize = BLOCK_AT + <usize>MAX_PLACES * LINE;
const LANE_AT: usize = UNIT_AT + <usize>MAX_PLACES * 2 * LINE;
const BAD_AT: usize = LANE_AT + <usize>LANES * LINE;
/** Bytes of the struct and the rings; allocated memory begins behind them. */
export const SHARED_BYTES: usize = BAD_AT + <usize>EXAMPLES * BAD_ROW_BYTES;

/** Block n, counted from the beginning of the job: its place in the ring. */
// @inline
export function blockOf(n: u32): Block {
  return changetype<Block>(base() + BLOCK_AT + <usize>(n & (shared().places - 1)) * LINE);
}
/** Unit n, counted from the beginning of the job: its place in the ring. */
// @inline
export function unitOf(n: u32): Unit {
  return changetype<Unit>(base() + UNIT_AT + <usize>(n & (shared().places - 1)) * 2 * LINE);
}
/** Lane i, below LANES. */
// @inline
export function laneAt(i: u32): Lane {
  return changetype<Lane>(base() + LANE_AT + <usize>i * LINE);
}
/** Ten bad rows: row f64, line f64, width u32. */
// @inline
export function badRowsAt(): usize {
  return base() + BAD_AT;
}

/**
 * Nanoseconds of one wait for a lock, and how many there may be: who holds one does so for a moment, unless its thread
 * has ended.
 */
const WAIT: i64 = 100_000_000;
const WAITS: u32 = 50;

/**
 * Takes the lock at `at`, a u32; waits for it at most 5 s, then traps: the thread that holds it has ended. As in
 * Drepper, "Futexes Are Tricky" (2011): 0 free, 1 taken, 2 taken and waited for.
 */
export function lock(at: usize): void {
  if (atomic.cmpxchg<u32>(at, 0, 1) === 0) return;
  for (let spins = 0; spins < 200; spins++) if (atomic.cmpxchg<u32>(at, 0, 1) === 0) return;
  let waits: u32 = 0;
  while (atomic.xchg<u32>(at, 2) !== 0)
    if (atomic.wait<i32>(at, 2, WAIT) === AtomicWaitResult.TIMED_OUT && ++waits === WAITS) unreachable();
}
/** Releases the lock at `at` and wakes one thread that waits for it. */
export function unlock(at: usize): void {
  if (atomic.xchg<u32>(at, 0) === 2) atomic.notify(at, 1);
}
/** Takes the lock at `at` when it is free. @returns whether this thread has it now */
// @inline
export function tryLock(at: usize): bool {
  return atomic.load<u32>(at) === 0 && atomic.cmpxchg<u32>(at, 0, 1) === 0;
}
