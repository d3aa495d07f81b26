import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { isTransient } from '../core/errors.ts';
import type { Dataset } from '../infra/database.ts';
import type { Outcome, Task } from '../infra/queue.ts';
import { SpillFile } from '../infra/spill-file.ts';
import { DatasetError } from '../processing/errors.ts';
import { profileDataset } from '../processing/profile.ts';
import type { ProfileStage } from '../processing/profile-options.ts';
import type { Profile } from '../processing/profile-types.ts';
import type { Threads } from '../processing/threads.ts';
import { buildReport, reportText } from '../report/report.ts';
import { ACTIVE_STATES, type Parts, pageKey, reportKey } from './datasets.ts';
import { storePage } from './stored-report.ts';

/** The brief's milestones: 5 started, 25 downloaded and parsed, 60 statistics, 85 anomalies, 100 report stored. */
const STARTED = 5;
const MILESTONES: Record<ProfileStage, number> = { parsed: 25, statistics: 60, anomalies: 85 };
const PROGRESS_MILLISECONDS = 500;
/** How long the engine works before others of the process have a turn, and bytes it is given at once. */
const TURN_MILLISECONDS = 3;
const PIECE_BYTES = 1 << 16;
const BACKOFF_MILLISECONDS = 500;
const MAX_BACKOFF_MILLISECONDS = 30_000;
/** Of what the engine keeps of a large file: less than it takes by itself, since the clients of the services are in this process too. */
const MEMORY_BUDGET = 16 * 1024 * 1024;
const OUR_FAULT =
  'Something went wrong on our side while the dataset was processed. It has been logged with the id of the job.';

/** The row says that this attempt no longer owns the job: cancelled, or taken over after its lease ran out. */
class LostJobError extends Error {}

export interface WorkerParts extends Parts {
  /** Of the engine, for large files. */
  threads: Threads;
}
interface Claim {
  attempt: number;
  dataset: Dataset;
}

/**
 * Works one message: claims the job, profiles the dataset, stores the report, and retries passing faults with backoff.
 * Never rejects. A message whose job is over or gone is `done`; one whose job another worker owns waits for that lease.
 * @param shutdown aborts the work and gives the job back
 */
export async function processTask(parts: WorkerParts, task: Task, shutdown: AbortSignal): Promise<Outcome> {
  const log = parts.log.child({ job: task.jobId, dataset: task.datasetId });
  for (let tries = 1; ; tries++) {
    let claim: Claim | undefined;
    try {
      claim = await claimWhenFree(parts, task, shutdown);
      if (!claim) return 'done';
      if (claim.attempt > parts.config.maxAttempts) {
        const sentence = `Given up after ${parts.config.maxAttempts} attempts: the last ones ended without a word, as when a worker is killed.`;
        await failJob(parts, task, claim.attempt, sentence);
        return 'dead';
      }
      const wait = await runAttempt({ ...parts, log }, task, claim, shutdown);
      if (wait === undefined) return 'done';
      await sleep(wait, undefined, { signal: shutdown });
    } catch (error) {
      if (shutdown.aborted) {
        if (claim) await releaseLease(parts, task, claim.attempt).catch(() => {});
        return 'later';
      }
      // the database did not even take the attempt's end: the row still says who owns it, and this loop tries again
      log.warn({ err: error, tries }, 'the job cannot be worked at the moment');
      if (tries >= parts.config.maxAttempts) return 'later';
      await sleep(backoff(tries), undefined, { signal: shutdown }).catch(() => {});
    }
  }
}

/** Milliseconds before try `n + 1`: doubling, capped, with jitter so that jobs of one fault do not come back together. */
function backoff(n: number): number {
  return Math.min(BACKOFF_MILLISECONDS * 2 ** (n - 1), MAX_BACKOFF_MILLISECONDS) * (0.5 + Math.random() / 2);
}

async function claimWhenFree(parts: Parts, task: Task, shutdown: AbortSignal): Promise<Claim | undefined> {
  for (;;) {
    shutdown.throwIfAborted();
    const claimed = await claim(parts, task);
    if (claimed !== 'owned') return claimed;
    await sleep(500, undefined, { signal: shutdown });
  }
}

/** Takes the job by its row: only an active one that nobody's lease covers, by the database's clock. */
async function claim({ database, config }: Parts, task: Task): Promise<Claim | 'owned' | undefined> {
  return database.$transaction(async (transaction) => {
    const claimed = await transaction.$queryRaw<{ attempt: number }[]>`
      UPDATE jobs SET state = 'started', attempt = attempt + 1, progress = GREATEST(progress, ${STARTED}),
        started_at = COALESCE(started_at, now()), celery_task_id = COALESCE(celery_task_id, ${task.id}),
        leased_until = now() + make_interval(secs => ${config.leaseSeconds}::float8)
      WHERE id = ${task.jobId}::uuid AND dataset_id = ${task.datasetId}::uuid AND state IN ('queued', 'started', 'retrying')
        AND (leased_until IS NULL OR leased_until < now())
      RETURNING attempt`;
    if (!claimed[0]) {
      const job = await transaction.job.findFirst({ where: { id: task.jobId, datasetId: task.datasetId } });
      return job && ACTIVE_STATES.includes(job.state) ? 'owned' : undefined;
    }
    const dataset = await transaction.dataset.update({
      where: { id: task.datasetId },
      data: { status: 'processing', error: null },
    });
    return { attempt: claimed[0].attempt, dataset };
  });
}

/** One attempt. @returns undefined when the job is over or lost, else the milliseconds to wait before the next attempt */
async function runAttempt(
  parts: WorkerParts,
  task: Task,
  claim: Claim,
  shutdown: AbortSignal,
): Promise<number | undefined> {
  const { log, config } = parts;
  const owner = new AbortController();
  const signal = AbortSignal.any([owner.signal, shutdown]);
  const lose = () => owner.abort(new LostJobError('the job has another owner'));
  const stopHeartbeat = keepLease(parts, task, claim.attempt, lose);
  const began = performance.now();
  try {
    const rows = await profileAndStore(parts, task, claim, signal);
    const seconds = (performance.now() - began) / 1_000;
    const megabytes = Number(claim.dataset.sizeBytes) / 1e6;
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    log.info({ rows, seconds, megabytesPerSecond: megabytes / seconds, peakMebibytes: peak }, 'job done');
    return undefined;
  } catch (error) {
    if (error instanceof LostJobError || owner.signal.aborted) {
      log.info('the attempt ended: its job was cancelled or taken over');
      return undefined;
    }
    if (shutdown.aborted) throw error;
    if (error instanceof DatasetError) {
      await failJob(parts, task, claim.attempt, error.message);
      log.info({ reason: error.message }, 'the dataset is no table');
      return undefined;
    }
    log.error({ err: error, attempt: claim.attempt }, 'the attempt failed');
    if (!isTransient(error)) await failJob(parts, task, claim.attempt, OUR_FAULT);
    else if (claim.attempt >= config.maxAttempts) {
      await failJob(
        parts,
        task,
        claim.attempt,
        `Given up after ${claim.attempt} attempts: a service that is needed did not answer. Process the dataset again later.`,
      );
    } else if (await retryLater(parts, task, claim.attempt)) return backoff(claim.attempt);
    return undefined;
  } finally {
    stopHeartbeat();
  }
}

/** Renews the lease, and tells the attempt when it is no longer the owner. A database that is away is no reason to stop yet. */
function keepLease({ database, config, log }: Parts, task: Task, attempt: number, lose: () => void): () => void {
  const timer = setInterval(
    async () => {
      try {
        const kept = await database.$executeRaw`
          UPDATE jobs SET leased_until = now() + make_interval(secs => ${config.leaseSeconds}::float8)
          WHERE id = ${task.jobId}::uuid AND attempt = ${attempt} AND state = 'started'`;
        if (kept === 0) lose();
      } catch (error) {
        log.warn({ err: error, job: task.jobId }, 'the lease could not be renewed');
      }
    },
    Math.min(config.leaseSeconds * 333, 1_000), // a cancel is noticed within a second
  );
  return () => clearInterval(timer);
}

async function profileAndStore(
  parts: WorkerParts,
  task: Task,
  { attempt, dataset }: Claim,
  signal: AbortSignal,
): Promise<number> {
  const { storage, config, threads } = parts;
  const source = await storage.get(dataset.uploadBucket, dataset.uploadKey, signal);
  const total = Math.max(Number(dataset.sizeBytes), 1);
  let written = performance.now();
  let pending = Promise.resolve();
  let failure: unknown;
  const write = (progress: number) => {
    pending = pending
      .then(() => writeProgress(parts, task, attempt, progress))
      .catch((error) => {
        failure ??= error;
      });
    return pending;
  };
  using spill = new SpillFile();
  const profiling = profileDataset(inTurns(source), {
    spill,
    threads,
    memoryBudget: MEMORY_BUDGET,
    format: dataset.contentType === 'text/csv' ? 'csv' : 'json',
    signal,
    onProgress({ bytes }) {
      if (performance.now() - written < PROGRESS_MILLISECONDS) return;
      written = performance.now();
      void write(STARTED + Math.floor(Math.min(bytes / total, 1) * (MILESTONES.parsed - STARTED)));
    },
    async onStage(stage) {
      await write(MILESTONES[stage]);
      if (failure) throw failure;
    },
  });
  const { text, rowCount } = reportOf(await profiling);
  const key = reportKey(dataset.id);
  const stored = await storage.put(config.reportsBucket, key, text, 'application/json', signal);
  await storePage(parts, dataset, text, signal);
  const committed = await succeed(parts, task, attempt, text, rowCount, stored.etag).catch(async (error) => {
    if (error instanceof LostJobError) await removeUnownedReport(parts, dataset.id);
    throw error;
  });
  return committed;
}

/** By itself, so that of a profile and its report, 20 MB of objects for 1,000 columns, only the text lives on. */
function reportOf(profile: Profile): { text: string; rowCount: number } {
  return { text: reportText(buildReport(profile)), rowCount: profile.rowCount };
}

/**
 * The bytes in small pieces, with a turn for everything else of the process every few milliseconds. With npm start that is
 * the API: a list took a second while a job ran, and a cancel came too late.
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

async function writeProgress({ database }: Parts, task: Task, attempt: number, progress: number): Promise<void> {
  // never back: a later attempt starts below what an earlier one has shown
  const count = await database.$executeRaw`
    UPDATE jobs SET progress = GREATEST(progress, ${progress}) WHERE id = ${task.jobId}::uuid AND attempt = ${attempt} AND state = 'started'`;
  if (count === 0) throw new LostJobError('the job has another owner');
}

/** The report row, the dataset and the job, in one transaction, if the attempt still owns the job. @returns the rows */
async function succeed(
  { database, config }: Parts,
  task: Task,
  attempt: number,
  text: string,
  rows: number,
  etag: string | undefined,
): Promise<number> {
  await database.$transaction(async (transaction) => {
    const ended = await transaction.$executeRaw`
      UPDATE jobs SET state = 'success', progress = 100, finished_at = now(), leased_until = NULL, error = NULL
      WHERE id = ${task.jobId}::uuid AND attempt = ${attempt} AND state = 'started'`;
    if (ended === 0) throw new LostJobError('the job has another owner');
    // the text goes in as it is: integers beyond 2^53 would lose digits on the way through a JavaScript number
    await transaction.$executeRaw`
      INSERT INTO reports (dataset_id, report_json, report_bucket, report_key, report_etag)
      VALUES (${task.datasetId}::uuid, ${text}::jsonb, ${config.reportsBucket}, ${reportKey(task.datasetId)}, ${etag ?? null})
      ON CONFLICT (dataset_id) DO UPDATE SET report_json = excluded.report_json, created_at = now(),
        report_bucket = excluded.report_bucket, report_key = excluded.report_key, report_etag = excluded.report_etag`;
    await transaction.dataset.update({
      where: { id: task.datasetId },
      data: { status: 'done', processedAt: new Date(), rowCount: rows, error: null },
    });
  });
  return rows;
}

/** Ends the job as failed, and its dataset with it. Nothing happens when the attempt has lost the job. */
async function failJob({ database }: Parts, task: Task, attempt: number, sentence: string): Promise<void> {
  const error = sentence.toWellFormed().replaceAll('\u0000', '\ufffd'); // Postgres' text holds no NUL
  await database.$transaction(async (transaction) => {
    const ended = await transaction.$executeRaw`
      UPDATE jobs SET state = 'failure', finished_at = now(), leased_until = NULL, error = ${error}
      WHERE id = ${task.jobId}::uuid AND attempt = ${attempt} AND state = 'started'`;
    if (ended > 0)
      await transaction.dataset.update({ where: { id: task.datasetId }, data: { status: 'failed', error } });
  });
}

/** Marks the job `retrying` and gives up the lease, so that whoever comes first goes on. @returns false when it was lost */
async function retryLater({ database }: Parts, task: Task, attempt: number): Promise<boolean> {
  const marked = await database.$executeRaw`
    UPDATE jobs SET state = 'retrying', leased_until = NULL WHERE id = ${task.jobId}::uuid AND attempt = ${attempt} AND state = 'started'`;
  return marked > 0;
}

/** At shutdown: what this attempt owned is free for the next worker at once. */
async function releaseLease({ database }: Parts, task: Task, attempt: number): Promise<void> {
  await database.$executeRaw`
    UPDATE jobs SET leased_until = NULL, state = 'retrying'
    WHERE id = ${task.jobId}::uuid AND attempt = ${attempt} AND state = 'started'`;
}

/** A cancelled first job may have stored its report just before: without a row nobody would ever find it. */
async function removeUnownedReport({ database, storage, config, log }: Parts, datasetId: string): Promise<void> {
  try {
    const active = await database.job.count({ where: { datasetId, state: { in: ACTIVE_STATES } } });
    const kept = await database.report.count({ where: { datasetId } });
    if (active > 0 || kept > 0) return;
    for (const key of [reportKey(datasetId), pageKey(datasetId)]) await storage.remove(config.reportsBucket, key);
  } catch (error) {
    log.warn({ err: error, dataset: datasetId }, 'a report without a row may stay behind');
  }
}
