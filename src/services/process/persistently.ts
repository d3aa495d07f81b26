import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';

/** Tries to write an attempt's end, and the longest pause between two: some 40 s in all, longer than a lease. */
const END_TRIES = 15;
const MAX_PAUSE_MILLISECONDS = 3_000;

/** Milliseconds before try `n + 1`: doubling, capped, with jitter. */
const pause = (n: number) => Math.min(100 * 2 ** (n - 1), MAX_PAUSE_MILLISECONDS) * (0.5 + Math.random() / 2);

/**
 * Writes what the database must know, again and again over its restarts, deadlocks and lost connections.
 * @throws the fault of the last try, or the first that is not transient
 */
export async function persistently<T>(
  write: () => Promise<T>,
  { log, signal, maxTries = END_TRIES }: { log: Logger; signal?: AbortSignal; maxTries?: number },
): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await write();
    } catch (error) {
      if (!isTransient(error) || n >= maxTries || signal?.aborted) throw error;
      log.warn({ err: error, tries: n }, 'the database does not answer');
      await sleep(pause(n), undefined, { signal });
    }
  }
}
