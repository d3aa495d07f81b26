import type { FormatReader } from '../format.ts';

export { profileXlsx as profile } from './profile.ts';

/** Loaded on their own: a profile does not need them. */
export const rows: FormatReader['rows'] = async function* (...args) {
  yield* (await import('./rows.ts')).xlsxRows(...args);
};
export const filter: FormatReader['filter'] = async function* (...args) {
  yield* (await import('./rows.ts')).filterXlsx(...args);
};
