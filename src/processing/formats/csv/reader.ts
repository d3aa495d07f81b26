import type { FormatReader } from '../format.ts';

export { profileCsv as profile } from './profile.ts';

/** Loaded by itself: who profiles a file reads no single rows. */
export const rows: FormatReader['rows'] = async function* (...args) {
  yield* (await import('./rows.ts')).csvRows(...args);
};
