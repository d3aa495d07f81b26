import type { Readable } from 'node:stream';
import { AppError } from '../core/errors.ts';
import type { Dataset } from '../infra/postgres/database.ts';
import type { ByteSource } from '../processing/byte-source.ts';
import type { ReportDocument } from '../report/document.ts';
import { whole } from '../report/formatting.ts';
import type { Deps } from './deps.ts';
import { storedRanges } from './stored-source.ts';

/**
 * The bytes of a dataset's file as its report was made from them.
 * @param from the first byte
 * @throws AppError NOT_FOUND when the file is gone. While it is read: CONFLICT when it has another size than in the
 *   report; of a file of one piece before any of it is given
 */
export async function fileOfReport(
  { storage }: Deps,
  dataset: Dataset,
  report: Pick<ReportDocument, 'file'>,
  signal: AbortSignal,
  from = 0,
): Promise<ByteSource> {
  const { uploadBucket, uploadKey, sizeBytes } = dataset;
  const size = report.file.compression?.bytes ?? report.file.bytes;
  if (from > 0 && from >= size) return nothing(); // S3 refuses to begin at the end
  const stored = await storage.get(uploadBucket, uploadKey, signal, from);
  // an error before anybody reads, as by the signal, would end the process; who reads gets it in any case
  stored.on('error', () => {});
  return {
    [Symbol.asyncIterator]: () => ofSize(stored, size - from, size),
    async ranges() {
      stored.destroy();
      if (Number(sizeBytes) !== size) throw differs(size);
      return storedRanges(storage, dataset, signal);
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* ofSize(stored: Readable, left: number, whole: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let held: Uint8Array | undefined; // given once the next piece, or the end, has come
  try {
    for await (const piece of stored as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      if (bytes > left) throw differs(whole);
      if (held) yield held;
      held = piece;
    }
    if (bytes !== left) throw differs(whole);
    if (held) yield held;
  } finally {
    stored.destroy();
  }
}

const differs = (expected: number) =>
  new AppError(
    'CONFLICT',
    `The stored file is not the one that the report describes, which has ${whole(expected)} bytes: ` +
      'process the dataset again, or upload the file again.',
  );
