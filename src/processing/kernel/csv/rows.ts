// From the bits of the index to fields: the field ends of a unit's rows, column by column, so that each column can be
// taken for itself. O(fields); memory: 4 bytes per field of the unit.

import { BAD_ROW_BYTES, BAD_ROW_LINE, BAD_ROW_WIDTH } from '../border/layout.ts';
import { EXAMPLES } from '../border/limits.ts';
import { Block, badRowsAt, Shared, shared, Unit } from '../memory/shared.ts';
import { readField, text, textLength } from '../values/field.ts';
import { trimField, trimmedLength } from '../values/value-class.ts';

const SPACE: u32 = 32,
  LF: u32 = 10,
  CR: u32 = 13,
  QUOTE: u32 = 34;

/**
 * Splits rows of an indexed block into a unit, from `splitAt` of shared.ts on, until the unit or the block is full.
 * @returns false when a row has too many columns: the host reports it
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one loop whose state must stay in registers
export function splitRows(b: Block, u: Unit, mostColumns: u32): bool {
  const s = shared(),
    last = s.columnCount - 1,
    stride = <usize>s.stride,
    most = s.unitRows;
  const block = b.bytes,
    length = b.length,
    masks = b.masks,
    ends = u.fields;
  const suspect = max<u32>(QUOTE, s.delimiter); // no row of empty fields, and no blank one, begins with a greater byte
  const start = s.splitAt;
  let row: u32 = 0,
    column: u32 = 0,
    begin = block + start,
    surplus: usize = 0,
    width: u32 = 1,
    widest: u32 = 0;
  let end = ends + stride;
  store<u32>(ends, <u32>begin - 1);
  let i: u32 = start & ~63,
    separators: u64 = 0,
    rowEnds: u64 = 0;
  if (i < length) {
    separators = load<u64>(masks + (i >> 2)) & (~(<u64>0) << u64(start & 63));
    rowEnds = load<u64>(masks + (i >> 2), 8) & (~(<u64>0) << u64(start & 63));
  }
  while (i < length) {
    const at0 = block + i;
    if (i + 64 > length) {
      const inside = ~(<u64>0) >> (64 - <u64>(length - i));
      separators &= inside;
      rowEnds &= inside;
    }
    while ((separators | rowEnds) !== 0) {
      // those before the next row's end; all when no row ends here
      let before = separators & ((rowEnds & (0 - rowEnds)) - 1);
      separators ^= before;
      const n = <u32>popcnt(before);
      if (column + n <= last) {
        for (; before !== 0; before &= before - 1) {
          store<u32>(end, <u32>at0 + <u32>ctz(before));
          end += stride;
        }
        column += n;
        width += n;
      } else {
        for (; before !== 0; before &= before - 1) {
          const at = at0 + <usize>ctz(before);
          width++;
          if (column < last) {
            store<u32>(end, <u32>at);
            end += stride;
            column++;
          } else if (surplus === 0) {
            surplus = at;
            store<u32>(end, <u32>at);
          }
        }
      }
      if (rowEnds === 0) break;
      const at = at0 + <usize>ctz(rowEnds);
      rowEnds &= rowEnds - 1;
      const first = <u32>load<u8>(begin);
      if (first <= suspect && (first <= QUOTE || first === s.delimiter) && isNoRow(b, begin, at, width, mostColumns)) {
        begin = at + 1;
        store<u32>(ends + ((<usize>row) << 2), <u32>at);
        end = ends + stride + ((<usize>row) << 2);
        column = 0;
        width = 1;
        surplus = 0;
        continue;
      }
      if (surplus === 0) store<u32>(end, <u32>at);
      if (column < last || surplus !== 0) {
        if (width > mostColumns) {
          s.widest = width;
          return false;
        }
        misfit(b, begin, at, surplus, width, row);
        surplus = 0;
        if (column < last) {
          // missing fields are empty: each begins and ends behind the one before. Those that no row has are left to the
          // lanes
          if (column >= widest) {
            fillShort(ends, stride, <u32>widest, column + 1, row);
            widest = column + 1;
          } else
            for (let behind = <u32>at; column + 1 < widest; column++) {
              end += stride;
              store<u32>(end, ++behind);
            }
        } else if (widest <= last) {
          fillShort(ends, stride, widest, last + 1, row);
          widest = last + 1;
        }
      } else if (widest <= last) {
        fillShort(ends, stride, widest, last + 1, row);
        widest = last + 1;
      }
      begin = at + 1;
      row++;
      if (row === most) {
        finish(s, b, u, row, widest, <u32>(begin - block));
        return true;
      }
      store<u32>(ends + ((<usize>row) << 2), <u32>at);
      end = ends + stride + ((<usize>row) << 2);
      column = 0;
      width = 1;
    }
    i += 64;
    if (i < length) {
      separators = load<u64>(masks + (i >> 2));
      rowEnds = load<u64>(masks + (i >> 2), 8);
    }
  }
  finish(s, b, u, row, widest, length);
  return true;
}
/** A row is wider than those before it in the unit: their fields from `from` on are empty. */
function fillShort(ends: usize, stride: usize, from: u32, to: u32, rows: u32): void {
  for (let column = from; column < to; column++) {
    const before = ends + <usize>column * stride;
    for (let r: u32 = 0; r < rows; r++)
      store<u32>(before + stride + ((<usize>r) << 2), load<u32>(before + ((<usize>r) << 2)) + 1);
  }
}
function finish(s: Shared, b: Block, u: Unit, rows: u32, width: u32, at: u32): void {
  u.width = width;
  s.splitAt = at;
  u.rows = rows;
  u.firstRow = s.rowCount + 1;
  u.isLast = u32(at >= b.length);
  s.rowCount += <f64>rows;
}
// @inline
function isBlank(from: usize, to: usize): bool {
  while (from < to && load<u8>(from) === SPACE) from++;
  return from === to;
}
/**
 * A blank line, or fields and nothing in any of them. The first line of these is kept. Asked of a row that begins like
 * one.
 */
function isNoRow(b: Block, begin: usize, end: usize, width: u32, mostColumns: u32): bool {
  if (width === 1) return isBlank(begin, end);
  const s = shared();
  if (<u32>load<u8>(begin) === QUOTE) {
    const second = <u32>load<u8>(begin, 1); // nearly always text
    if (second > QUOTE && second !== s.delimiter) return false;
  }
  if (width > mostColumns || !surplusIsEmpty(b, begin - 1, end)) return false;
  if (s.emptyRows++ === 0) s.emptyLine = lineOf(b, begin);
  return true;
}
/**
 * A row of another width; surplus fields that are empty are not a fault. The first ten are kept with row, line and
 * width.
 */
function misfit(b: Block, begin: usize, end: usize, surplus: usize, width: u32, row: u32): void {
  if (surplus !== 0 && surplusIsEmpty(b, surplus, end)) return;
  const s = shared();
  if (s.misfits !== 0) store<u8>(s.misfits + row, 1);
  if (s.badExamples < EXAMPLES) {
    const at = badRowsAt() + <usize>s.badExamples * BAD_ROW_BYTES;
    s.badExamples++;
    store<f64>(at, s.rowCount + <f64>row + 1);
    store<f64>(at, lineOf(b, begin), BAD_ROW_LINE);
    store<u32>(at, width, BAD_ROW_WIDTH);
  }
  s.badRows++;
}
/** The line of a byte, counted from the beginning of the block. */
function lineOf(b: Block, at: usize): f64 {
  let line = b.line,
    afterCr = b.afterCr !== 0;
  for (let p = b.bytes; p < at; p++) {
    const byte = <u32>load<u8>(p);
    if (byte === CR || (byte === LF && !afterCr)) line += 1;
    afterCr = byte === CR;
  }
  return line;
}
function surplusIsEmpty(b: Block, surplus: usize, end: usize): bool {
  let begin = surplus + 1;
  for (let at = begin; at <= end; at++) {
    const i = <u32>(at - b.bytes);
    const word = b.masks + ((i >> 6) << 4);
    if ((((load<u64>(word) | load<u64>(word, 8)) >> (i & 63)) & 1) === 0) continue;
    readField(begin, <u32>(at - begin));
    trimField(text, textLength);
    if (trimmedLength > 0) return false;
    begin = at + 1;
  }
  return true;
}
