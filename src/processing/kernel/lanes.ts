// What a thread does next: of all that is ready the oldest. Splitting makes units of a block, each lane takes a unit's
// fields of its columns, and when all lanes have taken it the unit is finished: its row hashes are appended and its
// place is free. See shared.ts.

import { MAX_COLUMNS } from './border/limits.ts';
import { takeFields } from './columns/column-pass.ts';
import { columnAt } from './columns/column-state.ts';
import { deferFields, fillGap, isDeferred } from './columns/deferred.ts';
import { splitRows } from './csv/rows.ts';
import { appendRows } from './end/duplicates.ts';
import { filterUnit } from './filter/filter-unit.ts';
import { beginsOf, endsOf, kindsOf } from './json/fields.ts';
import { base, blockOf, Lane, laneAt, Shared, shared, tryLock, Unit, unitOf, unlock } from './memory/shared.ts';

/** This thread's number, from 0. */
let thread: u32 = 0;
/** Once per thread. @param n the thread's number, from 0 */
export function attachLanes(n: u32): void {
  thread = n;
}

// @inline
function at(field: usize): usize {
  return base() + field;
}

/** Does at most `most` pieces of work. @returns how many were done; 0 when nothing is ready */
export function work(most: u32): u32 {
  const s = shared();
  let did: u32 = 0;
  if (s.isFilter !== 0) return filter(s, most);
  while (did < most) {
    if (atomic.load<u32>(at(offsetof<Shared>('stopped'))) !== 0) break;
    if (tryFinish(s)) continue;
    const ahead =
      atomic.load<u32>(at(offsetof<Shared>('emitted'))) - atomic.load<u32>(at(offsetof<Shared>('finished')));
    if (ahead < 2 && trySplit(s)) did++;
    else if (tryLane(s) || trySplit(s)) did++;
    else break;
  }
  return did;
}
/** The same in a filter job, which has one thread: each unit is tested as soon as it is split or emitted. */
function filter(s: Shared, most: u32): u32 {
  let did: u32 = 0;
  for (; did < most && s.stopped === 0; did++) {
    if (s.finished === s.emitted && !trySplit(s)) break;
    const unit = unitOf(s.finished),
      isLast = unit.isLast !== 0;
    filterUnit(unit, blockOf(s.freed));
    s.finished++;
    if (isLast) s.freed++;
  }
  return did;
}
/** Whether there is work that no thread does at the moment. Takes no lock: only a hint. */
export function isReady(): bool {
  const s = shared(),
    emitted = atomic.load<u32>(at(offsetof<Shared>('emitted')));
  for (let i: u32 = 0; i < s.laneCount; i++) {
    const lane = laneAt(i);
    if (emitted !== lane.progress && lane.lock === 0) return true;
  }
  return canSplit(s) && s.splitLock === 0;
}

/** JSON is never split: the host walks its units, and `published` is ahead of `splitting` for a moment. */
function canSplit(s: Shared): bool {
  return (
    s.isJson === 0 &&
    s.fault === 0 &&
    atomic.load<u32>(at(offsetof<Shared>('splitting'))) !== atomic.load<u32>(at(offsetof<Shared>('published'))) &&
    atomic.load<u32>(at(offsetof<Shared>('emitted'))) - atomic.load<u32>(at(offsetof<Shared>('finished'))) < s.places
  );
}
function trySplit(s: Shared): bool {
  if (!canSplit(s) || !tryLock(at(offsetof<Shared>('splitLock')))) return false;
  let did = false;
  if (canSplit(s)) {
    const block = blockOf(s.splitting),
      unit = unitOf(s.emitted);
    if (s.splitAt === 0) block.rowsBefore = s.rowCount;
    memory.fill(unit.begun, 0, s.threads);
    unit.taken = 0;
    if (!splitRows(block, unit, MAX_COLUMNS)) s.fault = 1;
    else {
      const isLast = unit.isLast !== 0;
      atomic.add<u32>(at(offsetof<Shared>('emitted')), 1);
      if (isLast) {
        s.splitAt = 0;
        atomic.add<u32>(at(offsetof<Shared>('splitting')), 1);
      }
      did = true;
    }
  }
  unlock(at(offsetof<Shared>('splitLock')));
  return did;
}

/**
 * The lane that is farthest behind, of this thread's own: their columns' tables are in its cache. Only when none of
 * them is ready, one that another thread has let fall behind, which is its own from then on; any one when there is
 * nothing to split, since a running thread must not leave work to one that sleeps.
 */
function tryLane(s: Shared): bool {
  const emitted = atomic.load<u32>(at(offsetof<Shared>('emitted')));
  let best: u32 = u32.MAX_VALUE,
    most: u32 = 0,
    other: u32 = u32.MAX_VALUE,
    otherMost: u32 = canSplit(s) ? 1 : 0;
  for (let i: u32 = 0; i < s.laneCount; i++) {
    const lane = laneAt(i),
      behind = emitted - lane.progress;
    if (lane.owner === thread) {
      if (behind > most && lane.lock === 0) {
        best = i;
        most = behind;
      }
    } else if (
      (behind > otherMost || (behind === otherMost && other !== u32.MAX_VALUE && lane.owner < thread)) &&
      lane.lock === 0
    ) {
      // of equals the one that is nearest to this thread's own
      other = i;
      otherMost = behind;
    }
  }
  if (best === u32.MAX_VALUE) best = other;
  if (best === u32.MAX_VALUE) return false;
  const lane = laneAt(best);
  if (!tryLock(changetype<usize>(lane))) return true; // another was faster: look again
  if (lane.progress !== atomic.load<u32>(at(offsetof<Shared>('emitted')))) {
    lane.owner = thread;
    const unit = unitOf(lane.progress);
    if (unit.rows > 0) takeUnit(s, unit, best, lane);
    atomic.add<u32>(changetype<usize>(lane) + offsetof<Lane>('progress'), 1);
    atomic.add<u32>(changetype<usize>(unit) + offsetof<Unit>('taken'), 1);
  }
  unlock(changetype<usize>(lane));
  return true;
}
function takeUnit(s: Shared, unit: Unit, number: u32, lane: Lane): void {
  const hashes = unit.hashes + <usize>thread * ((<usize>s.unitRows) << 4),
    n = unit.rows;
  if (load<u8>(unit.begun + thread) === 0) {
    memory.fill(hashes, 0, n << 4);
    store<u8>(unit.begun + thread, 1);
  }
  // when the tables of a few columns have grown too large, its fields are deferred like those of a wide table
  const isWide = s.isWide !== 0 || atomic.load<u32>(at(offsetof<Shared>('tableBytes'))) > s.tableBudget;
  if (s.isJson) {
    takeJsonUnit(s, unit, number, hashes, isWide);
    return;
  }
  for (let i = lane.from; i < lane.to; i++) {
    const c = columnAt(i),
      begins = unit.fields + i * s.stride;
    if (i >= unit.width) continue; // no row has it
    fillGap(c, unit.firstRow - 1);
    if (isDeferred(c, isWide)) deferFields<u8>(c, begins, begins + s.stride, 0, hashes, n, unit.firstRow);
    else takeFields<u8>(c, begins, begins + s.stride, 0, hashes, n, unit.firstRow);
  }
}
/** JSON's columns are found while records are read: lane i of n has every n-th column, from i on. */
function takeJsonUnit(s: Shared, unit: Unit, number: u32, hashes: usize, isWide: bool): void {
  const touched = unit.touched,
    count = unit.touchedCount,
    lanes = s.laneCount,
    n = unit.rows;
  for (let k: u32 = 0; k < count; k++) {
    const i = load<u32>(touched + ((<usize>k) << 2));
    if (i % lanes !== number) continue;
    const c = columnAt(i),
      begins = beginsOf(unit, i),
      ends = endsOf(unit, i),
      kinds = kindsOf(unit, i);
    fillGap(c, unit.firstRow - 1);
    if (isDeferred(c, isWide)) deferFields<u32>(c, begins, ends, kinds, hashes, n, unit.firstRow);
    else takeFields<u32>(c, begins, ends, kinds, hashes, n, unit.firstRow);
  }
}
/** JSON: hands the unit that was walked last to the lanes. @param isLast it is the last unit of its block */
export function emitUnit(rows: u32, isLast: bool): void {
  const s = shared(),
    unit = unitOf(s.emitted);
  memory.fill(unit.begun, 0, s.threads);
  unit.taken = 0;
  unit.rows = rows;
  unit.isLast = u32(isLast);
  unit.firstRow = s.rowCount + 1;
  s.rowCount += <f64>rows;
  s.isWide = u32(s.columnCount >= s.wideColumns);
  atomic.add<u32>(at(offsetof<Shared>('emitted')), 1);
}
/** Whether the next unit has a place in the ring: fewer than `places` are under way. */
export function hasUnit(): bool {
  return (
    atomic.load<u32>(at(offsetof<Shared>('emitted'))) - atomic.load<u32>(at(offsetof<Shared>('finished'))) <
    shared().places
  );
}

function tryFinish(s: Shared): bool {
  if (!canFinish(s) || !tryLock(at(offsetof<Shared>('finishLock')))) return false;
  const did = canFinish(s);
  if (did) {
    const unit = unitOf(s.finished),
      isLast = unit.isLast !== 0;
    appendRows(unit);
    atomic.add<u32>(at(offsetof<Shared>('finished')), 1);
    if (isLast) atomic.add<u32>(at(offsetof<Shared>('freed')), 1);
  }
  unlock(at(offsetof<Shared>('finishLock')));
  return did;
}
function canFinish(s: Shared): bool {
  const finished = atomic.load<u32>(at(offsetof<Shared>('finished')));
  return (
    finished !== atomic.load<u32>(at(offsetof<Shared>('emitted'))) &&
    atomic.load<u32>(changetype<usize>(unitOf(finished)) + offsetof<Unit>('taken')) === s.laneCount
  );
}
