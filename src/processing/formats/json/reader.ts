import type { FormatReader } from '../format.ts';

export { profileJson as profile } from './profile.ts';

/** Loaded on its own: a profile does not need it. */
export const rows: FormatReader['rows'] = async function* (...args) {
  yield* (await import('./rows.ts')).jsonRows(...args);
};
