import type { ByteSource } from './byte-source.ts';
import { formatNamed } from './formats/choose.ts';
import { FORMATS } from './formats/formats.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { Profile } from './profile-types.ts';

/**
 * Reads the bytes once and gives all facts of the dataset. How the bytes are cut does not matter.
 * @param options whose `readOptions.format` has the last word
 * @param formats the known ones: `options.format` is one of them, and a file of another one is refused
 * @throws DatasetError when they are not a table
 */
export async function profileDataset(source: ByteSource, options: ProfileOptions, formats = FORMATS): Promise<Profile> {
  const { readOptions } = options;
  const wanted = readOptions?.format;
  const format = formatNamed(wanted ?? options.format, formats);
  const isOfLines = wanted === undefined ? options.isOfLines : wanted === 'ndjson';
  const reader = await format.load();
  const given: ProfileOptions = isOfLines === undefined ? options : { ...options, isOfLines };
  const profile = await reader.profile(source, given, { format, formats, options: readOptions });
  return readOptions ? { ...profile, options: readOptions } : profile;
}
