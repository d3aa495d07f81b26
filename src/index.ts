import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSource, type Source, sniff } from './infra/engine/source.ts';
import { SpillFile } from './infra/engine/spill-file.ts';
import { areThreadsWorth } from './infra/engine/thread-use.ts';
import { EngineThreads } from './infra/engine/threads.ts';
import { certainFormatOfFilename, formatNamed, isOfLines } from './processing/formats/choose.ts';
import { profileDataset } from './processing/profile.ts';
import { buildReport } from './report/build-report.ts';
import type { ReportDocument } from './report/document.ts';

// The package: a dataset in, its report out, without any service.

export { DatasetError, type Place } from './processing/errors.ts';
export type { ReportDocument as Report };

/** A path or a `file:` URL, the bytes themselves, or a stream of them. */
export type DatasetInput = string | URL | Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export interface DatasetOptions {
  /** What the dataset is; when not given, the name's extension decides, else the first bytes. */
  format?: 'csv' | 'json';
  /** A file name for input that has none, such as `export.ndjson`: its extension says what the bytes are. */
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

/** Pieces of bytes that are all there: between two of them progress is reported and the signal is looked at. */
const PIECE_BYTES = 1 << 20;

/**
 * Profiles a dataset: the same report as that of the service and the command.
 * @throws DatasetError when the bytes are not a table; the signal's reason when it is aborted; an error whose `cause`
 * has the system's `code` when the file cannot be read
 */
export async function profile(input: DatasetInput, options: DatasetOptions = {}): Promise<ReportDocument> {
  const { signal = new AbortController().signal, onProgress } = options;
  signal.throwIfAborted();
  const source = sourceOf(input, signal);
  const name = options.name ?? nameOf(input);
  const format = options.format ? formatNamed(options.format) : certainFormatOfFilename(name);
  const read = format ? { format, bytes: source.bytes } : await sniff(source.bytes);
  const { size } = source;
  const areWorth = size !== undefined && areThreadsWorth(read.format, size, source.sample());
  const count = options.threads ?? (areWorth || size === undefined ? undefined : 0);
  const threads = count === 0 ? undefined : new EngineThreads(count);
  using spill = new SpillFile();
  try {
    const facts = await profileDataset(read.bytes, {
      format: read.format.name,
      isOfLines: isOfLines(name),
      spill,
      threads,
      tuning: areWorth ? { aloneBytes: 0 } : undefined,
      signal,
      onProgress,
    });
    return buildReport(facts);
  } finally {
    await threads?.close();
  }
}

function sourceOf(input: DatasetInput, signal: AbortSignal): Source {
  if (input instanceof URL) return openSource(fileURLToPath(input), signal);
  if (typeof input === 'string') return openSource(resolve(input), signal);
  if (input instanceof Uint8Array) return { bytes: pieces(input), size: input.length, sample: () => middle(input) };
  return { bytes: untilAborted(input, signal), size: undefined, sample: () => new Uint8Array() };
}
/** The engine looks at the signal when a piece has come: here waiting for one that never comes ends too. */
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
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) yield bytes.subarray(from, from + PIECE_BYTES);
}
function middle(bytes: Uint8Array): Uint8Array {
  const from = Math.floor(bytes.length / 2);
  return bytes.subarray(from, from + 8_192);
}

function nameOf(input: DatasetInput): string {
  if (typeof input === 'string') return basename(input);
  return input instanceof URL ? basename(fileURLToPath(input)) : '';
}
