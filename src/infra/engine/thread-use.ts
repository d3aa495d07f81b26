import type { Format } from '../../processing/formats/format.ts';

/**
 * Nanoseconds of work. A second thread costs some 0.09 CPU seconds, and takes over two fifths of the work at best: of
 * less work than this it saves less time than it costs. Measured on parts of the benchmark's files from 32 to 200 MB
 * (docs/decisions.md).
 */
const WORTH = 250_000_000;

/**
 * Whether threads that have to be started first are worth it.
 * @param size of the file in bytes
 * @param sample some kilobytes of its middle
 */
export const areThreadsWorth = (format: Format, size: number, sample: Uint8Array): boolean =>
  format.workEstimate(size, sample) > WORTH;
