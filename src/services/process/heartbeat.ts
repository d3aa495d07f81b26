import type { Owned } from '../../infra/postgres/rows/attempts.ts';
import { renewLease } from '../../infra/postgres/rows/leases.ts';
import type { Deps } from '../deps.ts';

/** A cancel request whose notification was lost is noticed within this time. */
const HEARTBEAT_MILLISECONDS = 1_000;
/** Three heartbeats fit into a lease: one that fails does not end it. */
const HEARTBEATS_PER_LEASE = 3;

/** The attempt no longer owns its job: the job was taken over after the lease ran out, or is gone. */
export class LostJobError extends Error {
  constructor() {
    super('the job has another owner');
  }
}
/** The job is to be cancelled. */
class CancelledError extends Error {
  constructor() {
    super('the job is cancelled');
  }
}

/** A lease that is being renewed until it is disposed of. */
export interface KeptLease extends Disposable {
  /** Aborted when the attempt must stop: a LostJobError or CancelledError. */
  signal: AbortSignal;
}

type HeartbeatDeps = Pick<Deps, 'database' | 'config' | 'log'>;

/** Renews the leases of a worker's attempts, and stops those that have lost their job or are to cancel it. */
export class Heartbeat {
  readonly #deps: HeartbeatDeps;
  /** The attempts that the worker is working on, by job: at most as many as it takes messages at a time. */
  readonly #running = new Map<string, AbortController>();

  constructor(deps: HeartbeatDeps) {
    this.#deps = deps;
  }

  /** Renews the attempt's lease. While the database does not answer, the attempt goes on. */
  keep(owned: Owned): KeptLease {
    const { database, config, log } = this.#deps;
    const attempt = new AbortController();
    this.#running.set(owned.jobId, attempt);
    const renew = async () => {
      try {
        const lease = await renewLease(database, owned, config.leaseSeconds);
        if (lease === 'gone') attempt.abort(new LostJobError());
        if (lease === 'cancel requested') attempt.abort(new CancelledError());
      } catch (error) {
        log.warn({ err: error, job: owned.jobId }, 'the lease could not be renewed');
      }
    };
    const interval = Math.min((config.leaseSeconds * 1_000) / HEARTBEATS_PER_LEASE, HEARTBEAT_MILLISECONDS);
    const timer = setInterval(renew, interval);
    return {
      signal: attempt.signal,
      [Symbol.dispose]: () => {
        clearInterval(timer);
        // a later attempt at the same job may have taken the place
        if (this.#running.get(owned.jobId) === attempt) this.#running.delete(owned.jobId);
      },
    };
  }

  /** Stops the attempt at the job, if there is one here: a notification asks for its cancel. */
  cancel(jobId: string): void {
    this.#running.get(jobId)?.abort(new CancelledError());
  }
}
