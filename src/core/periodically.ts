import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats work until it is closed, with a pause of `milliseconds` after each run. A failure is passed to `failed` and
 * changes nothing. The pauses have jitter, so that many processes do not run in step.
 */
export function periodically(
  milliseconds: number,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): { close(): Promise<void> } {
  const closing = new AbortController();
  const loop = (async () => {
    for (;;) {
      const pause = milliseconds * (0.75 + Math.random() / 2);
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return;
      await work().catch(failed);
    }
  })();
  return {
    close() {
      closing.abort();
      return loop;
    },
  };
}
