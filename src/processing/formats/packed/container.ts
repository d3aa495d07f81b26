import type { ByteSource } from '../../byte-source.ts';
import { CompressedInput } from '../../containers/compressed-input.ts';
import { gunzip } from '../../containers/gzip.ts';
import { ZipArchive } from '../../containers/zip-archive.ts';
import { unzstd } from '../../containers/zstd.ts';
import { DatasetError } from '../../errors.ts';
import type { Format } from '../format.ts';
import { tableIn } from './zip-table.ts';

/** A compressed file whose text can be read. */
export interface Container extends AsyncDisposable {
  kind: 'gzip' | 'zstd' | 'zip';
  /** The name of the file inside, as far as it is known; of gzip and zstd the file's without its extension. */
  name: string;
  /** Of a zip archive: the name of the file in it. */
  member: string | null;
  text: AsyncIterable<Uint8Array>;
  /** Bytes of the compressed file: those read so far; all of them when the text has ended. */
  readonly bytes: number;
}

/** A zip archive that is a file of another format, such as a workbook. */
export interface Redirected {
  format: Format;
  source: ByteSource;
}

interface OpenOptions {
  member: string | undefined;
  formats: readonly Format[];
  /** Ends the reading within some 20 ms, also where nothing of the file is text. */
  signal?: AbortSignal | undefined;
}

export const withoutExtension = (filename: string) => filename.replace(/\.(?:gz|bgz|zst|zip)$/i, '');

/** @param kind a container's name, by the file's signature */
export async function openContainer(
  kind: string,
  source: ByteSource,
  { filename = '', ...options }: OpenOptions & { filename?: string },
): Promise<Container | Redirected> {
  const { member, signal } = options;
  if (kind === 'zip') return openZip(source, options);
  if (member !== undefined)
    throw new DatasetError('The option member names a file in a zip archive, which this file is not');
  const input = new CompressedInput(source, 0, signal);
  return {
    kind: kind as 'gzip' | 'zstd',
    name: withoutExtension(filename),
    member: null,
    text: kind === 'gzip' ? gunzip(input) : unzstd(input),
    get bytes() {
      return input.position;
    },
    async [Symbol.asyncDispose]() {
      // not awaited: of a stream that nothing comes from, it would take for ever
      input.close().catch(() => {});
    },
  };
}

async function openZip(source: ByteSource, { member, formats, signal }: OpenOptions): Promise<Container | Redirected> {
  const ranges = await source.ranges?.();
  if (!ranges) throw new Error('A zip archive cannot be read from a source without ranges');
  try {
    const archive = await ZipArchive.open(ranges, signal);
    const found = await tableIn(archive, member, formats);
    if ('format' in found) {
      const { format } = found;
      const again = { [Symbol.asyncIterator]: () => ranges.stream(0, ranges.size)[Symbol.asyncIterator]() };
      return { format, source: { ...again, ranges: async () => ranges } };
    }
    const { entry } = found;
    let read = 0;
    let hasEnded = false;
    async function* text() {
      yield* archive.stream(entry, (bytes) => {
        read = bytes;
      });
      hasEnded = true;
    }
    return {
      kind: 'zip',
      name: entry.name,
      member: entry.name,
      text: text(),
      get bytes() {
        return hasEnded ? ranges.size : read;
      },
      [Symbol.asyncDispose]: () => ranges[Symbol.asyncDispose](),
    };
  } catch (error) {
    await ranges[Symbol.asyncDispose]();
    throw error;
  }
}
