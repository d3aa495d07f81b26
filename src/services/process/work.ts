import { setImmediate as turn } from 'node:timers/promises';
import type { Slots } from '../../core/slots.ts';
import { SpillFile } from '../../infra/engine/spill-file.ts';
import type { StoredReport } from '../../infra/postgres/rows/attempts.ts';
import type { Claim } from '../../infra/postgres/rows/claims.ts';
import { formatOfContentType, isOfLines } from '../../processing/formats/choose.ts';
import { ALONE_BYTES } from '../../processing/limits.ts';
import { profileDataset } from '../../processing/profile.ts';
import type { Profile } from '../../processing/profile-types.ts';
import { buildReport } from '../../report/build-report.ts';
import { countAlerts } from '../../report/document.ts';
import { reportText } from '../../report/report-text.ts';
import { pageKey, reportKey } from '../object-keys.ts';
import { storedOptions } from '../reading-options.ts';
import { storedSource } from '../stored-source.ts';
import { LostJobError } from './heartbeat.ts';
import { ProgressWriter } from './progress-writer.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** How long the engine works before others of the process have a turn, and how many bytes it is given at once. */
const TURN_MILLISECONDS = 3;
const PIECE_BYTES = 1 << 16;
/**
 * For what the engine keeps of a large file: less than its default, since the clients of the services are in this
 * process too.
 */
const MEMORY_BUDGET = 16 * 1024 * 1024;
/** Bytes that one of a compressed file usually stands for, before it is known. */
const UNPACKED_RATIO = 8;
/**
 * Garbage is collected before a file of more bytes: what small jobs have left would come on top of the peak. It takes a
 * hundredth of the file's time.
 */
const COLLECT_BYTES = 64 * 1024 * 1024;

/**
 * Profiles the dataset and stores its report in the bucket. Large datasets wait for a slot first.
 * @throws DatasetError when the file is not a table, LostJobError, the signal's reason, and what the services throw
 */
export async function profileAndStore(
  deps: WorkerDeps & { largeJobs: Slots },
  owned: Claim,
  signal: AbortSignal,
): Promise<StoredReport> {
  const { storage, config, threads } = deps;
  const { dataset } = owned;
  const total = Number(dataset.sizeBytes);
  // of the claim, and not read again: while a job runs, nobody changes those of its dataset
  const options = storedOptions(dataset.options);
  const format = formatOfContentType(dataset.contentType);
  const isLarge = total * (format.isContainer ? UNPACKED_RATIO : 1) > ALONE_BYTES;
  using _slot = isLarge ? await deps.largeJobs.take(signal) : undefined;
  if (total > COLLECT_BYTES) globalThis.gc?.();
  const source = storedSource(storage, dataset, signal);
  using progress = new ProgressWriter(deps, owned, total);
  using spill = new SpillFile();
  const profiling = profileDataset(
    { ...source, [Symbol.asyncIterator]: () => inTurns(source) },
    {
      spill,
      threads: isLarge ? threads : undefined,
      memoryBudget: MEMORY_BUDGET,
      maxUnpackedBytes: config.maxUnpackedBytes,
      format: format.name,
      filename: dataset.uploadKey,
      isOfLines: isOfLines(dataset.uploadKey),
      readOptions: options,
      signal,
      onProgress: (read) => progress.read(read),
      onStage(stage) {
        if (progress.isLost) throw new LostJobError();
        progress.reached(stage);
      },
    },
  );
  const { text, rows, alerts } = reportOf(await profiling);
  const bucket = config.reportsBucket;
  const key = reportKey(dataset.id, options);
  // the page of the report before must not outlive it
  if (owned.reportBefore) await storage.remove(bucket, pageKey(key));
  const { etag } = await storage.put(bucket, key, text, 'application/json', signal);
  await progress.close();
  return { text, rows, alerts, options, bytes: total, bucket, key, etag };
}

/**
 * In a function of its own, so that of a profile and its report (20 MB of objects for 1,000 columns) only the text is
 * kept.
 */
function reportOf(profile: Profile): Pick<StoredReport, 'text' | 'rows' | 'alerts'> {
  const report = buildReport(profile);
  return { text: reportText(report), rows: profile.rowCount, alerts: countAlerts(report) };
}

/**
 * The bytes in small pieces, with a turn for everything else in the process every few milliseconds. With npm start that
 * is the API: a list took a second while a job ran, and a cancel came too late.
 */
async function* inTurns(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let began = performance.now();
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      if (performance.now() - began > TURN_MILLISECONDS) {
        await turn();
        began = performance.now();
      }
      yield chunk.subarray(at, at + PIECE_BYTES);
    }
  }
}
