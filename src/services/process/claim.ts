import { expire } from '../../infra/postgres/rows/attempts.ts';
import { type Claim, claimJob } from '../../infra/postgres/rows/claims.ts';
import { postponeJob } from '../../infra/postgres/rows/jobs.ts';
import type { Delivery, Task } from '../../infra/queue/queue.ts';
import { persistently } from './persistently.ts';
import type { WorkerDeps } from './worker-deps.ts';

/**
 * Claims the job that a message names, however long the database takes to answer.
 * @returns the claim; or, when there is nothing to work, what becomes of the message
 */
export async function claimTask(deps: WorkerDeps, task: Task, shutdown: AbortSignal): Promise<Claim | Delivery> {
  try {
    const claimed = await persistently(() => take(deps, task), {
      log: deps.log,
      signal: shutdown,
      maxTries: Number.POSITIVE_INFINITY,
    });
    return claimed ?? 'done';
  } catch (error) {
    if (shutdown.aborted) return 'later';
    deps.log.error({ err: error }, 'the job cannot be claimed');
    return 'dead';
  }
}

/** Claims the job, unless its message has expired or is not due yet. */
async function take({ database, config, worker }: WorkerDeps, task: Task): Promise<Claim | undefined> {
  const { id: messageId, jobId, datasetId, notBefore, expires } = task;
  const now = Date.now();
  // a message that is due only after it expires is too late already
  const earliest = Math.max(now, notBefore?.getTime() ?? 0);
  if (expires && expires.getTime() <= earliest) await expire(database, task, expirySentence(task));
  else if (notBefore && notBefore.getTime() > now) await postponeJob(database, { jobId, until: notBefore, expires });
  else return claimJob(database, { jobId, datasetId, messageId, worker, leaseSeconds: config.leaseSeconds });
  return undefined;
}

function expirySentence({ notBefore, expires }: Task): string {
  return notBefore && expires && notBefore >= expires
    ? 'The message expires before its countdown ends, so no worker may ever take it. Process the dataset again.'
    : 'The message expired before a worker took it. Process the dataset again.';
}
