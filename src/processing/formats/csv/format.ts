import { DELIMITERS } from '../../limits.ts';
import type { Format } from '../format.ts';

// Measured on the benchmark's files: what one thread takes, in nanoseconds
const BYTE = 0.7;
const FIELD = 14;
/** The facts of a column. */
const COLUMN = 500_000;
/** Smaller files are never worth a thread's start: the estimate for them is too uncertain. */
const LEAST_BYTES = 16 * 1024 * 1024;

const LF = 0x0a;

/** Delimiter-separated text: commas, semicolons, tabs, pipes. */
export const CSV: Format<'csv'> = {
  name: 'csv',
  label: 'CSV',
  contentTypes: ['text/csv', 'text/tab-separated-values'],
  looseContentTypes: ['text/plain', 'application/csv', 'text/x-csv', 'text/comma-separated-values'],
  extensions: ['.csv', '.tsv', '.tab', '.psv', '.txt'],
  looseExtensions: ['.txt'],
  sniff: () => 'possible', // any text is a CSV, if only of one column
  workEstimate(size, sample) {
    if (size < LEAST_BYTES) return 0;
    const counts = new Uint32Array(256);
    for (const byte of sample) counts[byte]!++;
    const rows = counts[LF]!;
    const fields = rows + Math.max(...DELIMITERS.map((delimiter) => counts[delimiter.charCodeAt(0)]!));
    const columns = fields / Math.max(rows, 1);
    return size * BYTE + ((size * fields) / Math.max(sample.length, 1)) * FIELD + columns * COLUMN;
  },
  load: () => import('./reader.ts'),
};
