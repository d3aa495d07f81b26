import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { AppError, isTransient } from '../core/errors.ts';
import { Slots } from '../core/slots.ts';
import { SpillFile } from '../infra/engine/spill-file.ts';
import type { Delivery, Task } from '../infra/queue/queue.ts';
import { DatasetError } from '../processing/errors.ts';
import type { Threads } from '../processing/host/threads.ts';
import { ALONE_BYTES } from '../processing/limits.ts';
import { profileDataset } from '../processing/profile.ts';
import type { ProfileStage } from '../processing/profile-options.ts';
import type { Profile } from '../processing/profile-types.ts';
import { buildReport } from '../report/build-report.ts';
import { reportText } from '../report/report-text.ts';
import {
  type Claim,
  claim,
  endCancelled,
  expire,
  fail,
  handBack,
  postpone,
  renewLease,
  retry,
  succeed,
  writeProgress,
} from './attempt.ts';
import { isOfLines } from './content-type.ts';
import { type Parts, pageKey, reportKey } from './datasets.ts';
import type { PageWriter } from './pages.ts';
import { removeUnownedReport } from './stored-report.ts';

/** The brief's milestones: 5 started, 25 downloaded and parsed, 60 statistics, 85 anomalies, 100 report stored. */
const STARTED = 5;
const MILESTONES: Record<ProfileStage, number> = { parsed: 25, statistics: 60, anomalies: 85 };
const PROGRESS_MILLISECONDS = 500;
/** A milestone is written when it lasts so long: a tiny job is over before, and would pay for two commits that nobody sees. */
const MILESTONE_MILLISECONDS = 25;
/** A cancel that no notification has told of is noticed by then. */
const HEARTBEAT_MILLISECONDS = 1_000;
/** How long the engine works before others of the process have a turn, and bytes it is given at once. */
const TURN_MILLISECONDS = 3;
const PIECE_BYTES = 1 << 16;
/** Tries to write down an attempt's end, and the longest pause between two: some 40 s, longer than a lease. */
const END_TRIES = 15;
const MAX_PAUSE_MILLISECONDS = 3_000;
/** Of what the engine keeps of a large file: less than it takes by itself, since the clients of the services are in this process too. */
const MEMORY_BUDGET = 16 * 1024 * 1024;
/** Bytes of a file before which garbage is collected: what small jobs have left would come on top of the peak. A hundredth of its time. */
const ROOMY_BYTES = 64 * 1024 * 1024;
/** Characters, some 170 columns. The page of a larger one takes 40 MiB to make: whoever asks for it first has it made. */
const LARGE_REPORT = 500_000;
const OUR_FAULT =
  'Something went wrong on our side while the dataset was processed. It has been logged with the id of the job.';
const SERVICE_FAULT = 'A service that is needed did not answer.';

/** The row says that this attempt no longer owns the job: taken over after its lease ran out, or the job is gone. */
class LostJobError extends Error {}
/** Somebody wants the job cancelled. */
class CancelledError extends Error {}

export interface WorkerParts extends Parts {
  /** Of the engine, for large files. */
  threads: Threads;
  /** Who works, as the history of attempts shows it. */
  worker: string;
  /** Takes the datasets whose page is to be written. */
  pages: PageWriter;
}
/** Datasets that need threads and memory; more of them wait, while small ones go on. */
const largeJobs = new Slots(2);
/** The jobs that this process is working on, by id, at most as many as it takes messages at a time. */
const running = new Map<string, AbortController>();

/** Stops the attempt at the job, if it is this process that works on it: somebody wants it cancelled. */
export function cancelRunning(jobId: string): void {
  running.get(jobId)?.abort(new CancelledError('the job is cancelled'));
}

/**
 * Works one message: claims the job, profiles the dataset, stores the report. Never rejects. A message whose job is over, gone, not due
 * or owned by another attempt is done: the row says what is still to do, and reaper and outbox see to it.
 * @param shutdown aborts the work and gives the job back
 */
export async function processTask(parts: WorkerParts, task: Task, shutdown: AbortSignal): Promise<Delivery> {
  const log = parts.log.child({ job: task.jobId, dataset: task.datasetId });
  let claimed: Claim | undefined;
  try {
    const take = async () => {
      const now = Date.now();
      // a message that may only be worked when it is too late is too late already
      const earliest = Math.max(now, task.notBefore?.getTime() ?? 0);
      if (task.expires && task.expires.getTime() <= earliest) await expire(parts.database, task);
      else if (task.notBefore && task.notBefore.getTime() > now) await postpone(parts.database, task, task.notBefore);
      else return claim(parts, task, parts.worker);
      return undefined;
    };
    claimed = await persistently(take, log, shutdown, Number.POSITIVE_INFINITY);
  } catch (error) {
    if (shutdown.aborted) return 'later';
    log.error({ err: error }, 'the job cannot be claimed');
    return 'dead';
  }
  if (!claimed) return 'done';
  const owner = new AbortController();
  running.set(task.jobId, owner);
  try {
    return await runAttempt({ ...parts, log }, claimed, owner, shutdown);
  } catch (error) {
    // the database did not take the attempt's end: the lease runs out, and the reaper goes on from there
    log.error({ err: error, attempt: claimed.attempt }, 'the end of the attempt could not be written down');
    return 'done';
  } finally {
    if (running.get(task.jobId) === owner) running.delete(task.jobId);
  }
}

/** Milliseconds before try `n + 1`: doubling, capped, with jitter. */
const pause = (n: number) => Math.min(100 * 2 ** (n - 1), MAX_PAUSE_MILLISECONDS) * (0.5 + Math.random() / 2);

/** What the database must know, over its restarts, deadlocks and lost connections. @throws the last fault, or any that does not pass */
async function persistently<T>(
  write: () => Promise<T>,
  log: Parts['log'],
  signal: AbortSignal | undefined,
  tries = END_TRIES,
): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await write();
    } catch (error) {
      if (!isTransient(error) || n >= tries || signal?.aborted) throw error;
      log.warn({ err: error, tries: n }, 'the database does not answer');
      await sleep(pause(n), undefined, { signal });
    }
  }
}

/** One attempt, to its end in the database. @throws when the database does not take that */
async function runAttempt(
  parts: WorkerParts,
  owned: Claim,
  owner: AbortController,
  shutdown: AbortSignal,
): Promise<Delivery> {
  const { log, config, database } = parts;
  const stopHeartbeat = keepLease(parts, owned, owner);
  const began = performance.now();
  const end = <T>(write: () => Promise<T>) => persistently(write, log, undefined);
  try {
    const report = await profileAndStore(parts, owned, AbortSignal.any([owner.signal, shutdown]));
    if (!(await end(() => succeed(parts, owned, report)))) throw new LostJobError('the job has another owner');
    const seconds = (performance.now() - began) / 1_000;
    const megabytes = Number(owned.dataset.sizeBytes) / 1e6;
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    log.info({ rows: report.rows, seconds, megabytesPerSecond: megabytes / seconds, peakMebibytes: peak }, 'job done');
    if (report.text.length <= LARGE_REPORT) parts.pages.add(owned.dataset.id);
    else globalThis.gc?.(); // of many columns much is left
    return 'done';
  } catch (error) {
    if (owner.signal.aborted || error instanceof LostJobError) {
      await removeUnownedReport(parts, owned.datasetId);
      const cancelled = await end(() => endCancelled(database, owned, 'owner'));
      log.info(cancelled ? 'cancelled' : 'the attempt ended: its job has another owner, or is gone');
      return 'done';
    }
    if (shutdown.aborted) {
      await handBack(database, owned); // once: a database that is away will see the lease run out
      return 'later';
    }
    if (error instanceof DatasetError) {
      log.info({ reason: error.message }, 'the dataset is no table');
      await end(() => fail(database, owned, error.message, 'failure'));
    } else if (error instanceof AppError) {
      log.warn({ err: error }, 'the dataset cannot be read');
      await end(() => fail(database, owned, error.message, 'failure'));
    } else if (!isTransient(error)) {
      log.error({ err: error, attempt: owned.attempt }, 'the attempt failed');
      await end(() => fail(database, owned, OUR_FAULT, 'failure'));
    } else if (owned.faults + 1 >= config.maxAttempts) {
      log.error({ err: error, attempt: owned.attempt }, 'the last attempt failed');
      const sentence = `Given up after ${owned.faults + 1} attempts. ${SERVICE_FAULT} Process the dataset again later.`;
      await end(() => fail(database, owned, sentence, 'fault'));
    } else {
      log.warn({ err: error, attempt: owned.attempt }, 'the attempt failed, there will be another');
      await end(() => retry(database, owned, 'fault', SERVICE_FAULT));
    }
    // a cancel that came meanwhile has kept the end above from being written
    await end(() => endCancelled(database, owned, 'owner'));
    return 'done';
  } finally {
    stopHeartbeat();
  }
}

/** Renews the lease, and ends the attempt when it is no longer the owner. A database that is away is no reason to stop yet. */
function keepLease(parts: WorkerParts, owned: Claim, owner: AbortController): () => void {
  const timer = setInterval(
    async () => {
      try {
        const lease = await renewLease(parts, owned);
        if (lease === 'lost') owner.abort(new LostJobError('the job has another owner'));
        if (lease === 'cancel') cancelRunning(owned.jobId);
      } catch (error) {
        parts.log.warn({ err: error }, 'the lease could not be renewed');
      }
    },
    Math.min(parts.config.leaseSeconds * 333, HEARTBEAT_MILLISECONDS),
  );
  return () => clearInterval(timer);
}

async function profileAndStore(parts: WorkerParts, owned: Claim, signal: AbortSignal) {
  const { storage, config, threads, database, log } = parts;
  const { dataset } = owned;
  const total = Number(dataset.sizeBytes);
  using _slot = total > ALONE_BYTES ? await largeJobs.take(signal) : undefined;
  if (total > ROOMY_BYTES) globalThis.gc?.();
  const source = await storage.get(dataset.uploadBucket, dataset.uploadKey, signal);
  const began = performance.now();
  let written = began;
  let read = { bytes: 0, rows: 0 };
  let soon: NodeJS.Timeout | undefined;
  using _soon = { [Symbol.dispose]: () => clearTimeout(soon) };
  // one at a time, and nobody waits for them but the end; a database that is slow gets the latest once it can take more
  let writing: Promise<void> | undefined;
  let percent = STARTED;
  let isLost = false;
  async function writeLatest(): Promise<void> {
    for (let shown = -1; shown !== percent; ) {
      shown = percent;
      const share = total > 0 ? Math.min(read.bytes / total, 1) : 1;
      const elapsed = (performance.now() - began) / 1_000;
      const secondsLeft = share > 0 ? (elapsed * (1 - share)) / share : undefined;
      try {
        if (!(await writeProgress(database, owned, { percent, ...read, secondsLeft }))) isLost = true;
      } catch (error) {
        // no reason to fail: the lease says whether the job is still ours
        log.warn({ err: error }, 'progress could not be written');
      }
    }
    writing = undefined;
  }
  const show = (now: number) => {
    percent = now;
    soon ??= setTimeout(() => {
      soon = undefined;
      writing ??= writeLatest();
    }, MILESTONE_MILLISECONDS);
  };
  using spill = new SpillFile();
  const profiling = profileDataset(inTurns(source), {
    spill,
    threads: total > ALONE_BYTES ? threads : undefined,
    memoryBudget: MEMORY_BUDGET,
    format: dataset.contentType === 'text/csv' ? 'csv' : 'json',
    isOfLines: isOfLines(dataset.uploadKey),
    signal,
    onProgress(progress) {
      read = progress;
      if (performance.now() - written < PROGRESS_MILLISECONDS) return;
      written = performance.now();
      show(STARTED + Math.floor(Math.min(read.bytes / Math.max(total, 1), 1) * (MILESTONES.parsed - STARTED)));
    },
    onStage(stage) {
      if (isLost) throw new LostJobError('the job has another owner');
      show(MILESTONES[stage]);
    },
  });
  const { text, rowCount } = reportOf(await profiling);
  // the page of the report before must not outlive it
  if (owned.hasReport) await storage.remove(config.reportsBucket, pageKey(dataset.id));
  const stored = await storage.put(config.reportsBucket, reportKey(dataset.id), text, 'application/json', signal);
  clearTimeout(soon);
  await writing;
  return { text, rows: rowCount, bytes: total, etag: stored.etag };
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
