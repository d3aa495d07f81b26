/** What one thread takes, roughly, in nanoseconds: for a byte and a field of a CSV, the facts of one of its columns, and a byte of JSON. */
const BYTE = 0.7;
const FIELD = 14;
const COLUMN = 500_000;
const JSON_BYTE = 2;
/**
 * A second thread costs some 0.09 CPU seconds, and takes over two fifths of the work at best: of less work than this it saves less time than it
 * costs. Measured on parts of the benchmark's files from 32 to 200 MB (docs/decisions.md).
 */
const WORTH = 250_000_000;

/** Of a CSV: below it nobody looks further. */
const LEAST_BYTES = 16 * 1024 * 1024;

const LF = 0x0a;
const DELIMITERS = [0x09, 0x2c, 0x3b, 0x7c]; // tab , ; |

/**
 * Whether threads that have to be started first are worth it.
 * @param size of the file in bytes
 * @param sample some kilobytes of its middle
 */
export function areThreadsWorth(format: 'csv' | 'json', size: number, sample: Uint8Array): boolean {
  if (format === 'json') return size * JSON_BYTE > WORTH;
  if (size < LEAST_BYTES) return false;
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte]!++;
  const rows = counts[LF]!;
  const fields = rows + Math.max(...DELIMITERS.map((delimiter) => counts[delimiter]!));
  const columns = fields / Math.max(rows, 1);
  return size * BYTE + ((size * fields) / Math.max(sample.length, 1)) * FIELD + columns * COLUMN > WORTH;
}
