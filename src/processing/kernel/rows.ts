// From the bits of the index to fields: the field ends of a batch of rows, column by column, then one pass over each column, so
// that its state and the branches of its kind stay warm. O(fields); memory: 4 bytes a field of the batch.
import { columnAt, columnCount, COUNTING, NUMERIC, TEMPORAL } from './column-state';
import { countingPass } from './counting';
import { appendRows } from './duplicates';
import { readField, text, textLength } from './field';
import { badRow } from './host';
import { masks } from './index-scanner';
import { allocate } from './memory';
import { numericPass, temporalPass, textualPass } from './past-bound';
import { trimmedLength, trimField } from './value-class';

const SPACE: u32 = 32;

let columns: u32 = 0, delimiter: u32 = 0, batchRows: u32 = 0, firstColumn: u32 = 0, owner: bool = true;
/** Separators: the one before each field, column by column, and that behind the last; `stride` bytes a column. */
let ends: usize = 0, stride: usize = 0;
/** 16 bytes a row of the batch. */
let hashes: usize = 0;
let rowCount: f64 = 0;
let widest: u32 = 0;

export function totalRows(): f64 { return rowCount; }
/** The most fields in a row so far. */
export function widestRow(): u32 { return widest; }

/** @param from the first column that is this kernel's; it has `columnCount` of them */
export function prepareRows(total: u32, from: u32, mark: u32, batch: u32): void {
  columns = total;
  firstColumn = from;
  delimiter = mark;
  batchRows = batch;
  owner = from == 0;
  stride = (<usize>batch + 16) << 2; // not a power of two: columns would share the same places of the cache
  ends = allocate((total + 1) * <u32>stride);
  hashes = allocate(batch * 16);
}

/** Takes the rows in the first `length` bytes of an indexed block. */
export function takeRows(block: usize, length: u32): void {
  const last = columns - 1;
  let row: u32 = 0, column: u32 = 0, begin = block, surplus: usize = 0, width: u32 = 1;
  let end = ends + stride;
  store<u32>(ends, <u32>begin - 1);
  for (let i: u32 = 0; i < length; i += 64) {
    let bits = load<u64>(masks + (i >> 3));
    const base = block + i;
    if (i + 64 > length) bits &= ~<u64>0 >> (64 - <u64>(length - i));
    while (bits != 0) {
      const at = base + <usize>ctz(bits);
      bits &= bits - 1;
      if (load<u8>(at) == delimiter) {
        width++;
        if (column < last) {
          store<u32>(end, <u32>at);
          end += stride;
          column++;
        } else if (surplus == 0) {
          surplus = at;
          store<u32>(end, <u32>at);
        }
        continue;
      }
      if (width == 1 && isBlank(begin, at)) {
        begin = at + 1;
        store<u32>(ends + (<usize>row << 2), <u32>at);
        continue;
      }
      if (surplus == 0) store<u32>(end, <u32>at);
      if (column < last || surplus != 0) {
        misfit(block, begin, at, surplus, width, row);
        // missing fields are empty: each begins and ends behind the one before
        for (let behind = <u32>at; column < last; column++) {
          end += stride;
          store<u32>(end, ++behind);
        }
        surplus = 0;
      }
      begin = at + 1;
      row++;
      if (row == batchRows) {
        takeBatch(row);
        row = 0;
      }
      store<u32>(ends + (<usize>row << 2), <u32>at);
      end = ends + stride + (<usize>row << 2);
      column = 0;
      width = 1;
    }
  }
  if (row > 0) takeBatch(row);
}
// @ts-ignore: decorator
@inline
function isBlank(from: usize, to: usize): bool {
  while (from < to && load<u8>(from) == SPACE) from++;
  return from == to;
}
/** A row of another width; surplus fields that are empty are no fault. */
function misfit(block: usize, begin: usize, end: usize, surplus: usize, width: u32, row: u32): void {
  widest = max(widest, width);
  if (!owner || (surplus != 0 && surplusIsEmpty(block, surplus, end))) return;
  badRow(rowCount + <f64>row + 1, begin, width);
}
function surplusIsEmpty(block: usize, surplus: usize, end: usize): bool {
  let begin = surplus + 1;
  for (let at = begin; at <= end; at++) {
    const i = <u32>(at - block);
    if (((load<u64>(masks + ((i >> 6) << 3)) >> (i & 63)) & 1) == 0) continue;
    readField(begin, <u32>(at - begin));
    trimField(text, textLength);
    if (trimmedLength > 0) return false;
    begin = at + 1;
  }
  return true;
}

function takeBatch(n: u32): void {
  memory.fill(hashes, 0, n << 4);
  const firstRow = rowCount + 1;
  for (let i: u32 = 0; i < columnCount; i++) {
    const c = columnAt(i), begins = ends + (firstColumn + i) * stride, mode = c.mode;
    if (mode == COUNTING) countingPass(c, begins, begins + stride, hashes, n, firstRow);
    else if (mode == NUMERIC) numericPass(c, begins, begins + stride, hashes, n, firstRow);
    else if (mode == TEMPORAL) temporalPass(c, begins, begins + stride, hashes, n, firstRow);
    else textualPass(c, begins, begins + stride, hashes, n, firstRow);
  }
  appendRows(hashes, n, firstRow);
  rowCount += <f64>n;
}
