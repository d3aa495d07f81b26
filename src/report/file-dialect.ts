import { cut } from '../processing/text/trim.ts';
import type { ReportDocument } from './document.ts';
import { countOf } from './formatting.ts';

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'space' };
const LINE_ENDINGS: Record<string, string> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR', mixed: 'mixed line endings' };

/** A delimiter that does not show is named by its code point. */
const delimiterName = (delimiter: string): string =>
  DELIMITERS[delimiter] ??
  (/^[\p{C}\p{Z}]$/u.test(delimiter)
    ? `U+${delimiter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    : delimiter);

/**
 * The dialect of the file, as people name it: encoding, delimiter, line ending; codecs and row groups of Parquet; the
 * sheet of a workbook; how it is compressed.
 */
export function dialectOf(file: ReportDocument['file']): string {
  const { encoding, bom, delimiter, line_ending, codecs, row_groups, created_by, sheet, sheets, compression } = file;
  const parts: string[] = [];
  if (encoding) parts.push(`${encoding}${bom ? ' with BOM' : ''}`);
  if (delimiter) parts.push(delimiterName(delimiter));
  if (line_ending) parts.push(LINE_ENDINGS[line_ending] ?? '');
  if (codecs) parts.push(...codecs.map((codec) => codec.toLowerCase()));
  if (row_groups !== undefined) parts.push(countOf(row_groups, 'row group'));
  if (created_by) parts.push(`written by ${programOf(created_by)}`);
  if (sheet !== undefined && sheets) {
    const which = sheets.length > 1 ? ` (of ${sheets.length} sheets)` : '';
    parts.push(`sheet ${cut(JSON.stringify(sheet), SHEET_CODE_POINTS)}${which}`);
  }
  if (compression) parts.push(compression.kind);
  return parts.join(', ');
}

/** Code points of a sheet's name: Excel allows 31. */
const SHEET_CODE_POINTS = 60;
/** Code points of a program's name. */
const PROGRAM_CODE_POINTS = 40;
/** Without its version and build: `parquet-cpp-arrow version 26.0.0` is `parquet-cpp-arrow`. */
const programOf = (createdBy: string) => cut(createdBy.replace(/ version .*$/s, ''), PROGRAM_CODE_POINTS);
