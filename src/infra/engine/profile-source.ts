import { sniff } from '../../processing/first-bytes.ts';
import { certainFormatOfFilename, isOfLines } from '../../processing/formats/choose.ts';
import type { Format } from '../../processing/formats/format.ts';
import { FORMATS } from '../../processing/formats/formats.ts';
import type { Beginning } from '../../processing/preview.ts';
import type { ProfileOptions } from '../../processing/profile-options.ts';
import type { Profile } from '../../processing/profile-types.ts';
import type { Source } from './source.ts';
import { areThreadsWorth } from './thread-use.ts';

export interface SourceOptions extends Pick<ProfileOptions, 'signal' | 'onProgress' | 'onStage' | 'readOptions'> {
  /** When not given, the name's extension decides, else the first bytes. `readOptions.format` has the last word. */
  format?: Format | undefined;
  /**
   * Threads that work besides the calling one; 0 for none. When not given, one less than the processors where the
   * dataset is large enough or of unknown size, and none where it is not.
   */
  threads?: number | undefined;
  /**
   * The promise settles without waiting until the threads have ended: for a process that ends afterwards. By default
   * nothing of the work is left when it settles.
   */
  leavesThreads?: boolean;
}

/**
 * Profiles one source in this process, as the command and the package do: recognises its format and decides whether
 * threads are worth their start. The engine is imported while threads are starting: they take longer than that.
 * @param name of the file, with or without its folder
 * @throws DatasetError when the bytes are not a table; the signal's reason when it is aborted
 */
export async function profileSource(source: Source, name: string, options: SourceOptions): Promise<Profile> {
  const { signal, onProgress, onStage, readOptions } = options;
  const { size } = source;
  const named = options.format ?? certainFormatOfFilename(name);
  const { format, bytes } = named ? { format: named, bytes: source.bytes } : await sniff(source.bytes, FORMATS);
  // not known yet for a stream
  const areWorth = size !== undefined && areThreadsWorth(format, size, source.sample());
  const count = options.threads ?? (areWorth || size === undefined ? undefined : 0);
  const threads = count === 0 ? undefined : new (await import('./threads.ts')).EngineThreads(count);
  try {
    if (areWorth) threads?.start();
    const { profileDataset } = await import('../../processing/profile.ts');
    const { SpillFile } = await import('./spill-file.ts');
    using spill = new SpillFile();
    return await profileDataset(bytes, {
      format: format.name,
      filename: name,
      isOfLines: isOfLines(name),
      readOptions,
      spill,
      threads,
      tuning: areWorth ? { aloneBytes: 0 } : undefined,
      signal,
      onProgress,
      onStage,
    });
  } finally {
    const closing = threads?.close();
    if (!options.leavesThreads) await closing;
  }
}

/**
 * The beginning of a source as it would be read.
 * @param open gives it from the first byte on, each time that it is called
 */
export async function beginningOf(
  open: () => Source,
  name: string,
  { format: given, readOptions, signal }: Pick<SourceOptions, 'format' | 'readOptions' | 'signal'>,
): Promise<Beginning> {
  const named = given ?? certainFormatOfFilename(name);
  const format = (named ?? (await sniffed(open()))).name;
  const { readBeginning } = await import('../../processing/preview.ts');
  const { SpillFile } = await import('./spill-file.ts');
  using spill = new SpillFile();
  const options = { format, filename: name, isOfLines: isOfLines(name), readOptions, spill, ...(signal && { signal }) };
  return await readBeginning(() => open().bytes, options);
}

async function sniffed({ bytes }: Source): Promise<Format> {
  const { format, bytes: again } = await sniff(bytes, FORMATS);
  for await (const _piece of again) break; // closes it
  return format;
}
