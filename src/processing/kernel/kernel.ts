// The kernel's face to its host: what is called once a file, once a block, and at the end.
import { columnAt, countsOf, highestOf, lowestOf, nullsOf, prepareColumns } from './column-state';
import { setBound } from './counting';
import { preparePartitions } from './duplicates';
import { entryBytes, entryClass, entryNumber, entryPoints, judgeEntry } from './entry-facts';
import { prepareFields } from './field';
import { allocate } from './memory';
import { prepareNumbers } from './number-parser';
import { preparePastBound } from './past-bound';
import { prepareRows } from './rows';
import { entry, entryCount, isRecord, prepareTables, readSlot, slotsOf } from './value-table';
import { setChunkBytes } from './values';

export { addRecords, beginPartition, duplicateCount, duplicateExamples, examplesAt, partitionEnd } from './duplicates';
export { index, indexEndings, indexEndsInCr, indexInQuotes, indexLines, indexSawNonAscii, indexSawNul } from './index-scanner';
export { fieldBegins, fieldEnds, fieldKinds, fieldStride } from './json-fields';
export { countPlaces, placeCharacters, placeLines } from './json-places';
export {
  expected, isLines, isTouched, newlineSince, prepareRecords, recordCount, recordSpansLines, sawUnshowableString, touchedColumnCount,
  touchedColumns, unitBegins, unitRows, walk, walkedTo,
} from './json-records';
export { allocate, give, take, tableBytes } from './memory';
export { takeRows, totalRows, widestRow } from './rows';
export { tokenTable } from './value-class';

/** @param from the first of `own` columns that are this kernel's, of `total` in the file */
export function prepare(total: u32, from: u32, own: u32, delimiter: u32, bound: u32, batchRows: u32, chunkBytes: u32): void {
  setBound(bound);
  setChunkBytes(chunkBytes);
  prepareFields(allocate(17 * 16));
  prepareNumbers();
  preparePastBound(batchRows);
  preparePartitions();
  prepareColumns(own);
  prepareRows(total, from, delimiter, batchRows);
  for (let i: u32 = 0; i < own; i++) prepareTables(columnAt(i));
}

/** What one column knows, as doubles: see KernelColumn of the host for their order. */
export function describe(i: u32, out: usize): void {
  const c = columnAt(i);
  let at = out;
  at = put(at, <f64>c.mode);
  at = put(at, <f64>c.distinct);
  at = put(at, <f64>c.registers);
  at = put(at, <f64>c.candidates);
  at = put(at, <f64>c.valueAt);
  at = put(at, <f64>c.pairs);
  at = put(at, <f64>c.pairCount);
  at = put(at, c.min);
  at = put(at, c.max);
  at = put(at, <f64>c.pointsMin);
  at = put(at, <f64>c.pointsMax);
  at = put(at, <f64>c.pointsSum);
  at = put(at, <f64>c.bytesMin);
  at = put(at, <f64>c.bytesMax);
  at = put(at, <f64>c.bytesSum);
  at = put(at, <f64>c.times);
  at = put(at, <f64>c.earliestLength);
  at = put(at, <f64>c.latestLength);
  at = put(at, <f64>c.highCount);
  at = put(at, <f64>c.lowCount);
  at = put(at, <f64>highestOf(c));
  at = put(at, <f64>lowestOf(c));
  at = put(at, <f64>countsOf(c));
  at = put(at, <f64>nullsOf(c));
  put(at, <f64>slotsOf(c));
}
function put(at: usize, value: f64): usize {
  store<f64>(at, value);
  return at + 8;
}

/**
 * The counted values of a column, 32 bytes each: number f64 (NaN for none), count, class | null token << 8, code points, bytes, where
 * its text is, whether that is a record. @returns how many there are; `out` has room for all slots
 */
export function entries(i: u32, out: usize): u32 {
  const c = columnAt(i), slots = slotsOf(c);
  let at = out;
  for (let slot: u32 = 0; slot < slots; slot++) {
    if (!readSlot(c, slot)) continue;
    judgeEntry();
    store<f64>(at, entryNumber);
    store<u32>(at, entryCount, 8);
    store<u32>(at, entryClass, 12);
    store<u32>(at, entryPoints(), 16);
    store<u32>(at, entryBytes(), 20);
    store<u32>(at, <u32>(isRecord() ? <usize>load<u32>(entry, 20) : entry), 24);
    store<u32>(at, u32(isRecord()), 28);
    at += 32;
  }
  return <u32>(at - out) >> 5;
}
