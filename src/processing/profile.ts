import { profileCsv } from './formats/csv/profile.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { Profile } from './profile-types.ts';
import type { ByteSource } from './text/encoding.ts';

/**
 * Reads the bytes once and gives all facts of the dataset. How the bytes are cut does not matter.
 * @throws DatasetError when they are no table
 */
export async function profileDataset(source: ByteSource, options: ProfileOptions): Promise<Profile> {
  if (options.format === 'csv') return profileCsv(source, options);
  // loaded when it is asked for: most files are no JSON, and the command starts sooner
  const { profileJson } = await import('./formats/json/profile.ts');
  return profileJson(source, options);
}
