import type { ReportDocument } from './document.ts';

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };
const LINE_ENDINGS: Record<string, string> = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR', mixed: 'mixed line endings' };

/** The dialect of the file, as people name it: encoding, delimiter, line ending. */
export function dialectOf({ encoding, bom, delimiter, line_ending, compression }: ReportDocument['file']): string {
  const parts = [`${encoding}${bom ? ' with BOM' : ''}`];
  if (delimiter) parts.push(DELIMITERS[delimiter] ?? delimiter);
  if (line_ending) parts.push(LINE_ENDINGS[line_ending] ?? '');
  if (compression) parts.push(compression.kind);
  return parts.join(', ');
}
