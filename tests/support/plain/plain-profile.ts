import type { Profile } from '../../../src/processing/profile-types.ts';
import { plainCsv } from './plain-csv.ts';
import { plainJson } from './plain-json.ts';

/** The profile of a file in the plainest way: row by row, every value a string. What the kernel is compared with. */
export const plainProfile = (bytes: Buffer, format: 'csv' | 'json'): Promise<Profile> =>
  format === 'csv' ? plainCsv(bytes) : plainJson(bytes);
