import { AppError, isTransient } from '../../core/errors.ts';
import { AttemptOutcome } from '../../core/states.ts';
import { SpillError } from '../../infra/engine/spill-file.ts';
import { endCancelled, fail, handBack, retry, type StoredReport, succeed } from '../../infra/postgres/rows/attempts.ts';
import type { Claim } from '../../infra/postgres/rows/claims.ts';
import type { Delivery } from '../../infra/queue/queue.ts';
import { DatasetError } from '../../processing/errors.ts';
import { countOf } from '../../report/formatting.ts';
import { reportKey } from '../object-keys.ts';
import { removeUnownedReport } from '../stored-report.ts';
import { LostJobError } from './heartbeat.ts';
import { persistently } from './persistently.ts';
import type { WorkerDeps } from './worker-deps.ts';

/**
 * Characters, of some 170 columns. The page of a larger report takes 40 MiB to make: it is made when somebody first
 * asks for it.
 */
const LARGE_REPORT = 500_000;
const OUR_FAULT =
  'Something went wrong on our side while the dataset was processed. It has been logged with the id of the job.';
const SERVICE_FAULT = 'A required service did not answer.';
const DISK_FAULT = 'The disk for temporary files of the worker is full.';

/**
 * Ends the job as succeeded, with the report that is stored in the bucket.
 * @param began when the attempt began, by performance.now()
 * @throws LostJobError when the attempt no longer owns the job, or when the database does not answer
 */
export async function endWithReport(
  deps: WorkerDeps,
  owned: Claim,
  report: StoredReport,
  began: number,
): Promise<void> {
  const { log, database, pages } = deps;
  if (!(await persistently(() => succeed(database, owned, report), { log }))) throw new LostJobError();
  const seconds = (performance.now() - began) / 1_000;
  const megabytesPerSecond = Number(owned.dataset.sizeBytes) / 1e6 / seconds;
  const peakMebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
  log.info({ rows: report.rows, seconds, megabytesPerSecond, peakMebibytes }, 'job done');
  const { reportBefore } = owned;
  if (reportBefore && reportBefore.key !== report.key) await removeUnownedReport(deps, owned.datasetId, reportBefore);
  if (report.text.length <= LARGE_REPORT) pages.add(owned.dataset.id);
  else globalThis.gc?.(); // a report of many columns leaves much behind
}

/**
 * Ends the attempt without a report: cancelled or lost, handed back at a shutdown, failed, or to be tried again.
 * @param signals what may have stopped the work
 * @throws when the database does not answer
 */
export async function endWithError(
  deps: WorkerDeps,
  owned: Claim,
  error: unknown,
  signals: { lease: AbortSignal; shutdown: AbortSignal },
): Promise<Delivery> {
  const { log, database } = deps;
  const endIfCancelled = () => persistently(() => endCancelled(database, owned, 'owner'), { log });
  if (signals.lease.aborted || error instanceof LostJobError) {
    const bucket = deps.config.reportsBucket;
    await removeUnownedReport(deps, owned.datasetId, {
      bucket,
      key: reportKey(owned.datasetId, owned.dataset.options),
    });
    const isCancelled = await endIfCancelled();
    log.info(isCancelled ? 'cancelled' : 'the attempt ended: its job has another owner, or is gone');
    return 'done';
  }
  if (signals.shutdown.aborted) {
    await handBack(database, owned); // tried once: if the database does not answer, the lease runs out
    return 'later';
  }
  await persistently(endOf(deps, owned, error), { log });
  // a cancel request that came meanwhile has prevented that end
  await endIfCancelled();
  return 'done';
}

/** Logs the error. @returns what writes the end that it leads to */
function endOf({ log, database, config }: WorkerDeps, owned: Claim, error: unknown): () => Promise<boolean> {
  const { attempt, faults } = owned;
  const { FAILURE, FAULT } = AttemptOutcome;
  if (error instanceof DatasetError) {
    log.info({ reason: error.message }, 'the dataset is not a table');
    return () => fail(database, owned, FAILURE, error.message);
  }
  if (error instanceof AppError) {
    log.warn({ err: error }, 'the dataset cannot be read');
    return () => fail(database, owned, FAILURE, error.message);
  }
  if (!isTransient(error)) {
    log.error({ err: error, attempt }, 'the attempt failed');
    return () => fail(database, owned, FAILURE, OUR_FAULT);
  }
  const fault = error instanceof SpillError ? DISK_FAULT : SERVICE_FAULT;
  if (faults + 1 >= config.maxAttempts) {
    log.error({ err: error, attempt }, 'the last attempt failed');
    const attempts = countOf(faults + 1, 'attempt');
    const sentence = `Given up after ${attempts}. ${fault} Process the dataset again later.`;
    return () => fail(database, owned, FAULT, sentence);
  }
  log.warn({ err: error, attempt }, 'the attempt failed, there will be another');
  return () => retry(database, owned, FAULT, fault);
}
