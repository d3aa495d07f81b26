import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does something again and again, `milliseconds` after it has ended, until it is closed. A failure is told and changes
 * nothing. The pauses vary a little, so that many processes do not fall into step.
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
