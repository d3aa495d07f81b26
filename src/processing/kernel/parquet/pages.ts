// The pages of flat columns, one column chunk after another: every row of a page is a value of entries.ts or a field of
// a batch. The hashes of the rows of a row group are kept until all of its columns have been taken.
//
// A page that has something that is not read here is UNFIT: nothing is described, the host reads the file again, in the
// other way. Memory: 16 bytes per row of the row group, a page as it is decompressed, 8 bytes for each row of a step
// (page-rows.ts).

import { MOST_GROUP_ROWS, TAKEN, TRUTH, UNFIT } from '../border/parquet.ts';
import { appendRow } from '../end/duplicates.ts';
import { shared } from '../memory/shared.ts';
import { form, longest, MOST_TEXT_BYTES, rows } from './chunk.ts';
import { attachEntries, settleEntries } from './entries.ts';
import { attachInstantPass } from './instant-pass.ts';
import { attachNumberPass } from './number-pass.ts';
import { attachNumberTexts } from './number-texts.ts';
import { beginRows, takeHeld } from './page-rows.ts';
import { clearPieces, enlarge, extend, fileBytes, page, runBytes, SLACK, stored, sums } from './pieces.ts';
import { holdPlain } from './plain.ts';
import { attachSnappy, unpackSnappy } from './snappy.ts';
import { attachTexts } from './texts.ts';

/** Rows of the row group. */
let groupRows: u32 = 0;
/** Bytes of the longest text of each of its columns, together: no row has more. */
let textBytes: u64 = 0;

/** Once per job, after prepare. */
export function openColumns(): void {
  clearPieces();
  attachTexts();
  attachEntries();
  attachNumberTexts();
  attachNumberPass();
  attachInstantPass();
  attachSnappy();
}
/** Begins a row group, or rows of a large one. @returns UNFIT when they are too many */
export function beginGroup(n: u32): u32 {
  if (n > MOST_GROUP_ROWS) return UNFIT;
  const bytes = n << 4;
  memory.fill(enlarge(sums, max(bytes, SLACK) - SLACK), 0, bytes); // nothing is read beyond
  groupRows = n;
  textBytes = 0;
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
/** The chunk is complete. @returns UNFIT when it has another number of rows than the row group, or too long texts */
export function endChunk(): u32 {
  settleEntries();
  textBytes += longest;
  return rows === groupRows && textBytes <= MOST_TEXT_BYTES ? TAKEN : UNFIT;
}
/** Where the host writes bytes of the file, as many as this: those that were there before are kept. */
export function filePlace(bytes: u32): usize {
  return extend(fileBytes, bytes);
}
/** Where the host writes a part of a page as it stands in the file. */
export function storedPart(bytes: u32): usize {
  return enlarge(stored, bytes);
}
/** Where the host writes a page that it has decompressed. */
export function plainPage(bytes: u32): usize {
  return enlarge(page, bytes);
}
/**
 * Decompresses `bytes` bytes of Snappy at `from`, in filePlace, to `to` bytes behind the beginning of plainPage.
 * @returns UNFIT when they are not `length` bytes then
 */
export function decompressPage(from: usize, bytes: u32, to: u32, length: u32): u32 {
  return unpackSnappy(from, from + bytes, page.at + to, length) ? TAKEN : UNFIT;
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
  if (<u64>levelsAt + levelBytes > <u64>length || valuesAt > length) return UNFIT;
  holdPlain(page.at + valuesAt, page.at + length);
  beginRows(page.at + levelsAt, levelBytes, isDictionary !== 0, skip, wanted);
  return takeHeld() === TAKEN ? TAKEN : UNFIT;
}
/** Where the host writes the definition levels of a page that is taken in parts. */
export function levelsPlace(bytes: u32): usize {
  return enlarge(runBytes, bytes);
}
/** Begins rows of a page of plain values that is taken in parts, behind its levels, which are at levelsPlace. */
export function beginPart(levelBytes: u32, skip: u32, wanted: u32): u32 {
  if (wanted > groupRows - rows || form === TRUTH) return UNFIT;
  beginRows(runBytes.at, levelBytes, false, skip, wanted);
  return TAKEN;
}
/** Takes the rows whose values are at hand. @returns MORE when there are more rows */
export function takePart(): u32 {
  return takeHeld();
}
