import type { ReadOptions } from '../../processing/options/read-options.ts';
import { isSameReading, validateOptions } from '../../processing/options/validate-options.ts';

/** What is known of a dataset and its report, as the service states it. */
export interface Known {
  status: 'UPLOADED' | 'PROCESSING' | 'DONE' | 'FAILED';
  /** How the dataset is to be read, as JSON; null where nothing was said. */
  options?: unknown;
  /** Why its last job failed. */
  error?: string | null | undefined;
  report?: { options?: unknown } | null | undefined;
}

/** How the stored report stands to the last reading that was asked for. */
export type Standing =
  /** It was made so, or there is none and nothing has failed. */
  | { kind: 'settled' }
  /** The last reading failed: the report, if there is one, is of an earlier one. `isSame`: with the same options. */
  | { kind: 'failed'; error: string; isSame: boolean }
  /** Another reading was asked for and never done: its job was cancelled, or none was made. */
  | { kind: 'undone' };

/** Options that came as JSON, in the order in which they are compared. */
export const readingOf = (options: unknown): ReadOptions => validateOptions(options ?? {}) ?? {};

const isSame = (one: unknown, other: unknown) => isSameReading(readingOf(one), readingOf(other));

export function standingOf({ status, options, error, report }: Known): Standing {
  if (status === 'PROCESSING') return { kind: 'settled' };
  const isOfReport = !!report && isSame(options, report.options);
  if (status === 'FAILED') return { kind: 'failed', error: error ?? 'The last reading failed.', isSame: isOfReport };
  return report && !isOfReport ? { kind: 'undone' } : { kind: 'settled' };
}

/** Whether these options are those of the report and of the dataset: nothing would come of processing it so. */
export const isReadSo = (options: ReadOptions, { status, options: asked, report }: Known): boolean =>
  status === 'DONE' && !!report && isSame(options, report.options) && isSame(options, asked);

/** Whether the stored report was made with these options. */
export const isOfReport = (options: ReadOptions, { report }: Known): boolean =>
  !!report && isSame(options, report.options);

/** Whether these options are those that were asked for last. */
export const isAskedFor = (options: ReadOptions, { options: asked }: Known): boolean => isSame(options, asked);
