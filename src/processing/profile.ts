import { profileCsv } from './csv.ts';
import { profileJson } from './json.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { Profile } from './profile-types.ts';

/**
 * Reads the bytes once and gives all facts of the dataset. How the bytes are cut does not matter.
 * @throws DatasetError when they are no table
 */
export function profileDataset(source: AsyncIterable<Uint8Array>, options: ProfileOptions): Promise<Profile> {
  return options.format === 'csv' ? profileCsv(source, options) : profileJson(source, options);
}
