import { DatasetError } from '../../errors.ts';
import { SAMPLE_FIELDS, SAMPLE_ROWS } from '../../limits.ts';
import { trimAscii } from '../../text/trim.ts';
import type { SampleRow } from './dialect.ts';
import { fieldKind } from './field-kind.ts';
import { type CsvRow, CsvScanner, QUOTING } from './scanner.ts';

/** The first rows with their fields; those after a fault are missing. @param isWhole the bytes are all there are */
export function sampleOf(separator: string, bytes: Iterable<Buffer>, isWhole: boolean): SampleRow[] {
  const sample: SampleRow[] = [];
  const scanner = new CsvScanner(separator, (row) => {
    sample.push(sampleRow(row));
    return sample.length === SAMPLE_ROWS;
  });
  scanner.rowsBefore = SAMPLE_ROWS; // empty rows are rows of the head too
  try {
    for (const chunk of bytes) scanner.push(chunk);
    if (isWhole) scanner.end();
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
  }
  return sample;
}
function sampleRow({ fields, quoting, width }: CsvRow): SampleRow {
  const some = fields.slice(0, Math.min(width, SAMPLE_FIELDS));
  return {
    kinds: some.map((field, i) => fieldKind(field, quoting[i]!)),
    isQuoted: some.map((_, i) => quoting[i] !== QUOTING.none),
    first: trimAscii(fields[0]!),
  };
}
