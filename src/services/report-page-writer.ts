import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from './deps.ts';
import { storePage } from './stored-report.ts';

/** Pages that wait to be written; more are made when they are first requested. */
const MOST_WAITING = 1_000;
/** Idle time after the last job: jobs that come one after another do not wait for each other's pages. */
const QUIET_MILLISECONDS = 1_000;

/**
 * Writes report.html beside report.json while the worker is idle: neither a success nor the next job waits for a page.
 * A page that is requested and not stored yet is made then, so nothing is lost when a crash forgets those that wait.
 */
export interface PageWriter {
  add(datasetId: string): void;
  /** Drops what still waits. */
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
