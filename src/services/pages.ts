import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from './deps.ts';
import { storePage } from './stored-report.ts';

/** Pages that wait to be written; more are left to the first who asks for them. */
const MOST_WAITING = 1_000;
/** So long after the last job it begins: jobs that come one after another are not held up by each other's pages. */
const QUIET_MILLISECONDS = 1_000;

/**
 * Writes report.html beside report.json when the worker has nothing better to do: a success does not wait for its page, and neither does
 * the next job. Whoever asks for a page that is not there yet gets it made, so what a crash forgets is no loss.
 */
export interface PageWriter {
  add(datasetId: string): void;
  /** Gives up what still waits. */
  close(): Promise<void>;
}

/** @param isIdle whether no job is worked at the moment */
export function openPageWriter(parts: Deps, isIdle: () => boolean): PageWriter {
  const waiting = new Set<string>();
  const closing = new AbortController();
  let writing: Promise<void> | undefined;
  let lastAdded = 0;
  async function write(): Promise<void> {
    while (waiting.size > 0 && !closing.signal.aborted) {
      await sleep(QUIET_MILLISECONDS, undefined, { signal: closing.signal }).catch(() => {});
      if (performance.now() - lastAdded < QUIET_MILLISECONDS) continue;
      while (isIdle() && !closing.signal.aborted) {
        const [id] = waiting;
        if (!id) break;
        waiting.delete(id);
        try {
          await storePage(parts, id);
        } catch (error) {
          parts.log.info({ err: error, dataset: id }, "the report's page could not be stored");
        }
      }
    }
    writing = undefined;
  }
  return {
    add(id) {
      if (waiting.size < MOST_WAITING) waiting.add(id);
      lastAdded = performance.now();
      writing ??= write();
    },
    async close() {
      closing.abort();
      await writing;
    },
  };
}
