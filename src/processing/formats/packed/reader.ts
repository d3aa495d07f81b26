import type { FormatReader } from '../format.ts';

export { profilePacked as profile } from './profile.ts';

/** Loaded on their own: a profile does not need them. */
export const rows: FormatReader['rows'] = async function* (...args) {
  yield* (await import('./rows.ts')).packedRows(...args);
};
export const filter: FormatReader['filter'] = async function* (...args) {
  yield* (await import('./rows.ts')).filterPacked(...args);
};
