import { Slots } from '../../core/slots.ts';
import type { Claim } from '../../infra/postgres/rows/claims.ts';
import type { Delivery, Task } from '../../infra/queue/queue.ts';
import { claimTask } from './claim.ts';
import { endWithError, endWithReport } from './end.ts';
import { Heartbeat } from './heartbeat.ts';
import { profileAndStore } from './work.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** Jobs of large datasets at a time; more of them wait for threads and memory, while small ones go on. */
const LARGE_JOBS = 2;

/** Works messages, any number at a time: each is a claim, the work, and the end of the attempt. */
export class Worker {
  readonly #deps: WorkerDeps;
  readonly #heartbeat: Heartbeat;
  readonly #largeJobs = new Slots(LARGE_JOBS);

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
    this.#heartbeat = new Heartbeat(deps);
  }

  /** Stops the attempt at the job if it is one of this worker: somebody wants it cancelled. */
  cancel(jobId: string): void {
    this.#heartbeat.cancel(jobId);
  }

  /**
   * Works one message. Never rejects. A message whose job has ended, is gone, is not due or is owned by another attempt
   * is done: the row shows what is still to do, and the reaper or the outbox does it.
   * @param shutdown aborts the work and hands the job back
   */
  async handle(task: Task, shutdown: AbortSignal): Promise<Delivery> {
    const log = this.#deps.log.child({ job: task.jobId, dataset: task.datasetId });
    const deps = { ...this.#deps, log };
    const claimed = await claimTask(deps, task, shutdown);
    if (typeof claimed === 'string') return claimed;
    try {
      return await this.#attempt(deps, claimed, shutdown);
    } catch (error) {
      // the database did not take the end of the attempt: the lease runs out, and the reaper goes on from there
      log.error({ err: error, attempt: claimed.attempt }, 'the end of the attempt could not be written');
      return 'done';
    }
  }

  /** One attempt, to its end in the database. @throws when the database does not take that */
  async #attempt(deps: WorkerDeps, owned: Claim, shutdown: AbortSignal): Promise<Delivery> {
    const began = performance.now();
    using lease = this.#heartbeat.keep(owned);
    try {
      const signal = AbortSignal.any([lease.signal, shutdown]);
      const report = await profileAndStore({ ...deps, largeJobs: this.#largeJobs }, owned, signal);
      await endWithReport(deps, owned, report, began);
      return 'done';
    } catch (error) {
      return await endWithError(deps, owned, error, { lease: lease.signal, shutdown });
    }
  }
}
