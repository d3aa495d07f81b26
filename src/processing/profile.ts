import type { ByteSource } from './byte-source.ts';
import { formatNamed } from './formats/choose.ts';
import { FORMATS } from './formats/formats.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { Profile } from './profile-types.ts';

/**
 * Reads the bytes once and gives all facts of the dataset. How the bytes are cut does not matter.
 * @param formats that `options.format` is one of
 * @throws DatasetError when they are no table
 */
export async function profileDataset(source: ByteSource, options: ProfileOptions, formats = FORMATS): Promise<Profile> {
  const reader = await formatNamed(options.format, formats).load();
  return reader.profile(source, options);
}
