import type { FormatReader } from '../format.ts';

export { profileParquet as profile } from './profile.ts';

/** Loaded on their own: a profile does not need them. */
export const rows: FormatReader['rows'] = async function* (...args) {
  yield* (await import('./rows.ts')).parquetRows(...args);
};
export const places: FormatReader['places'] = async (...args) => (await import('./filter.ts')).parquetPlaces(...args);
export const filter: FormatReader['filter'] = async function* (...args) {
  yield* (await import('./filter.ts')).filterParquet(...args);
};
