import type { ReportDocument } from './document.ts';

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', ' ': 'space' };
const LINE_ENDINGS: Record<string, string> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR', mixed: 'mixed line endings' };

/** A delimiter that does not show is named by its code point. */
const delimiterName = (delimiter: string): string =>
  DELIMITERS[delimiter] ??
  (/^[\p{C}\p{Z}]$/u.test(delimiter)
    ? `U+${delimiter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    : delimiter);

/** The dialect of the file, as people name it: encoding, delimiter, line ending. */
export function dialectOf({ encoding, bom, delimiter, line_ending }: ReportDocument['file']): string {
  const parts = [`${encoding}${bom ? ' with BOM' : ''}`];
  if (delimiter) parts.push(delimiterName(delimiter));
  if (line_ending) parts.push(LINE_ENDINGS[line_ending] ?? '');
  return parts.join(', ');
}
