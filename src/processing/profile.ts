import type { ByteSource } from './byte-source.ts';
import { signed } from './first-bytes.ts';
import { formatNamed } from './formats/choose.ts';
import { FORMATS } from './formats/formats.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { Profile } from './profile-types.ts';

/**
 * Reads the bytes once and gives all facts of the dataset. How the bytes are cut does not matter. A file that begins
 * with the magic number of a format is read as that, whatever format is named.
 * @param formats the known ones: `options.format` is one of them, and a file of another one is refused
 * @throws DatasetError when they are not a table
 */
export async function profileDataset(source: ByteSource, options: ProfileOptions, formats = FORMATS): Promise<Profile> {
  const named = formatNamed(options.format, formats);
  const { format = named, bytes } = await signed(source, formats);
  const reader = await format.load();
  return reader.profile(bytes, options, { format, formats, options: options.readOptions });
}
