import type { ByteSource } from './byte-source.ts';
import { signed } from './first-bytes.ts';
import { formatNamed } from './formats/choose.ts';
import { FORMATS } from './formats/formats.ts';
import { typeWarnings } from './options/type-warnings.ts';
import { unusedOptions } from './options/unused-options.ts';
import type { ProfileOptions } from './profile-options.ts';
import type { Profile } from './profile-types.ts';

/**
 * Reads the bytes once and gives all facts of the dataset. How the bytes are cut does not matter. A file that begins
 * with the magic number of a format is read as that, whatever format is named; `readOptions.format` has the last word,
 * of a compressed file about what is in it.
 * @param formats the known ones: `options.format` is one of them, and a file of another one is refused
 * @throws DatasetError when they are not a table
 */
export async function profileDataset(source: ByteSource, options: ProfileOptions, formats = FORMATS): Promise<Profile> {
  const { readOptions } = options;
  const wanted = readOptions?.format;
  const named = formatNamed(options.format, formats);
  const { format: found = named, bytes } = await signed(source, formats);
  const format = wanted === undefined || found.isContainer ? found : formatNamed(wanted, formats);
  const isOfLines = wanted === undefined ? options.isOfLines : wanted === 'ndjson';
  const reader = await format.load();
  const given: ProfileOptions = isOfLines === undefined ? options : { ...options, isOfLines };
  const profile = await reader.profile(bytes, given, { format, formats, options: readOptions });
  const { warnings, file, columns } = profile;
  warnings.push(...typeWarnings(readOptions, columns), ...unusedOptions(readOptions, file, columns));
  return readOptions ? { ...profile, options: readOptions } : profile;
}
