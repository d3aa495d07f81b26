import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beginningOf, profileSource } from './infra/engine/profile-source.ts';
import { openSource, type Source, sourceOfBytes, sourceOfStream } from './infra/engine/source.ts';
import { formatNamed } from './processing/formats/choose.ts';
import type { FormatName } from './processing/formats/formats.ts';
import type { ReadOptions } from './processing/options/read-options.ts';
import { validateOptions } from './processing/options/validate-options.ts';
import { buildReport } from './report/build-report.ts';
import type { ReportDocument } from './report/document.ts';
import { buildPreview, type Preview } from './report/preview.ts';

// The package: a dataset in, its report out, without any service.

export { DatasetError, type Place } from './processing/errors.ts';
export { OptionsError } from './processing/options/validate-options.ts';
export type { Preview, ReadOptions, ReportDocument as Report };

/** A path or a `file:` URL, the bytes themselves, or a stream of them. */
export type DatasetInput = string | URL | Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface DatasetOptions {
  /** What the dataset is; when not given, the name's extension decides, else the first bytes. */
  format?: FormatName;
  /** How the file is to be read, where that is not to be found from it; the report has them as its `options`. */
  options?: ReadOptions;
  /** A file name for input that has none, such as `export.ndjson`: its extension states what the bytes are. */
  name?: string;
  /** Aborting ends the work: the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called while the dataset is read: bytes read and rows seen so far. */
  onProgress?: (progress: { bytes: number; rows: number }) => void;
  /**
   * Threads that work besides the calling one; 0 for none. When not given, one less than the processors where the
   * dataset is large enough, and none where it is not.
   */
  threads?: number;
}

/**
 * Profiles a dataset: the same report as that of the service and the command.
 * @throws OptionsError for options that cannot be; DatasetError when the bytes are not a table; the signal's reason
 * when it is aborted; an error whose `cause` has the system's `code` when the file cannot be read
 */
export async function profile(input: DatasetInput, options: DatasetOptions = {}): Promise<ReportDocument> {
  const { signal = new AbortController().signal, onProgress, threads } = options;
  signal.throwIfAborted();
  const readOptions = options.options && validateOptions(options.options);
  const source = sourceOf(input, signal);
  const format = options.format ? formatNamed(options.format) : undefined;
  const name = options.name ?? nameOf(input);
  return buildReport(await profileSource(source, name, { format, readOptions, threads, signal, onProgress }));
}

/** What can be read again from its beginning. */
export type PreviewInput = string | URL | Uint8Array;

/**
 * The first rows of a dataset as they would be read, with the names and types of the columns, without reading the
 * rest of it.
 * @throws as `profile`, where the beginning is not a table
 */
export async function preview(
  input: PreviewInput,
  options: Pick<DatasetOptions, 'format' | 'options' | 'name' | 'signal'> = {},
): Promise<Preview> {
  const { signal = new AbortController().signal } = options;
  signal.throwIfAborted();
  const readOptions = options.options && validateOptions(options.options);
  const format = options.format ? formatNamed(options.format) : undefined;
  const open = () => sourceOf(input, signal);
  return buildPreview(await beginningOf(open, options.name ?? nameOf(input), { format, readOptions, signal }));
}

function sourceOf(input: DatasetInput, signal: AbortSignal): Source {
  if (input instanceof URL) return openSource(fileURLToPath(input), signal);
  if (typeof input === 'string') return openSource(resolve(input), signal);
  if (input instanceof Uint8Array) return sourceOfBytes(input);
  return sourceOfStream(untilAborted(input, signal));
}
/** The engine checks the signal when a piece has come: this ends the wait for a piece that never comes as well. */
async function* untilAborted(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const next = () =>
    new Promise<IteratorResult<Uint8Array>>((done, reject) => {
      const stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      iterator
        .next()
        .then(done, reject)
        .finally(() => signal.removeEventListener('abort', stop));
    });
  try {
    for (let piece = await next(); !piece.done; piece = await next()) yield piece.value;
  } finally {
    // not awaited: of a stream that nothing comes from, it would take for ever
    iterator.return?.().catch(() => {});
  }
}

function nameOf(input: DatasetInput): string {
  if (typeof input === 'string') return basename(input);
  return input instanceof URL ? basename(fileURLToPath(input)) : '';
}
