// The pages of flat columns, one column chunk after another: every row of a page is a value of entries.ts or a field of
// a batch. The hashes of the rows of a row group are kept until all of its columns have been taken.
//
// A page that has something that is not read here is UNFIT: nothing is described, the host reads the file again, in the
// other way. Memory: 16 bytes per row of the row group, a page as it is decompressed, 4 bytes for each of its values.

import { MOST_GROUP_ROWS, MOST_PAGE_VALUES, TAKEN, TRUTH, UNFIT } from '../border/parquet.ts';
import { appendRow } from '../end/duplicates.ts';
import { shared } from '../memory/shared.ts';
import { addRows, form, isOptional, rows, width } from './chunk.ts';
import { attachEntries, settleEntries } from './entries.ts';
import { unpackHybrid } from './hybrid.ts';
import { sumOf, takeIndices, takeNumbers, takeStrings, takeTruths } from './page-values.ts';
import { clearPieces, enlarge, levels, page, stored, sums } from './pieces.ts';
import { unpackSnappy } from './snappy.ts';
import { attachTexts } from './texts.ts';

/** Rows of the row group. */
let groupRows: u32 = 0;

/** Once per job, after prepare. */
export function openColumns(): void {
  clearPieces();
  attachTexts();
  attachEntries();
}
/** Begins a row group, or rows of a large one. @returns UNFIT when they are too many */
export function beginGroup(n: u32): u32 {
  if (n > MOST_GROUP_ROWS) return UNFIT;
  memory.fill(enlarge(sums, n << 4), 0, (<usize>n) << 4);
  groupRows = n;
  return TAKEN;
}
/** All columns of the row group have been taken: its rows go on to the duplicates. */
export function endGroup(): void {
  const s = shared();
  for (let r: u32 = 0; r < groupRows; r++) {
    const at = sums.at + ((<usize>r) << 4);
    appendRow(load<u64>(at), load<u64>(at, 8), <u32>(s.rowCount + <f64>(r + 1)));
  }
  s.rowCount += <f64>groupRows;
}
/** The chunk is complete. @returns UNFIT when it has another number of rows than the row group */
export function endChunk(): u32 {
  settleEntries();
  return rows === groupRows ? TAKEN : UNFIT;
}
/** Where the host writes a page as it stands in the file, of this many bytes. */
export function storedPage(bytes: u32): usize {
  return enlarge(stored, bytes);
}
/** Where the host writes a page that it has decompressed. */
export function plainPage(bytes: u32): usize {
  return enlarge(page, bytes);
}
/**
 * Decompresses `bytes` bytes of Snappy, `from` bytes behind the beginning of storedPage, to `to` bytes behind that of
 * plainPage.
 * @returns UNFIT when they are not `length` bytes then
 */
export function decompressPage(from: u32, bytes: u32, to: u32, length: u32): u32 {
  const begin = stored.at + from;
  return unpackSnappy(begin, begin + bytes, page.at + to, length) ? TAKEN : UNFIT;
}

/**
 * Takes rows of a data page, which has `count` of them, all of whose bytes are at plainPage.
 * @param levelsAt where the definition levels begin in it, and their bytes; of optional columns
 * @param valuesAt where the values begin, up to `length`
 * @param isDictionary the values are numbers of entries
 * @param skip rows that were taken before, `wanted` how many are taken now
 */
export function takePage(
  count: u32,
  levelsAt: u32,
  levelBytes: u32,
  valuesAt: u32,
  length: u32,
  isDictionary: u32,
  skip: u32,
  wanted: u32,
): u32 {
  if (<u64>skip + wanted > <u64>count || wanted > groupRows - rows) return UNFIT;
  if (count > MOST_PAGE_VALUES || levelsAt + levelBytes > length || valuesAt > length) return UNFIT;
  if (wanted === 0) return TAKEN;
  const end = page.at + length;
  let values = count;
  let valid: usize = 0;
  if (isOptional) {
    valid = enlarge(levels, count * 4 + 32);
    const begin = page.at + levelsAt;
    if (unpackHybrid(begin, begin + levelBytes, 1, count, valid, 0) > 1) return UNFIT;
    values = sumOf(valid, count);
    if (values === count) valid = 0;
  }
  const from = page.at + valuesAt;
  let status = TAKEN;
  if (isDictionary !== 0) status = takeIndices(from, end, count, values, valid, skip, wanted);
  else if (form === TRUTH) status = takeTruths(from, end, count, values, valid, skip, wanted);
  else if (width > 0) status = takeNumbers(from, end, count, values, valid, skip, wanted);
  else status = takeStrings(from, end, valid, skip, wanted);
  if (status === TAKEN) addRows(wanted);
  return status;
}
