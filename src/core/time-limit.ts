import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for a promise, at most for a time. The work behind the promise is not stopped, and its late error is ignored.
 * @param late what the wait ends with when the time is over: its result or its error
 */
export async function within<Value>(
  milliseconds: number,
  promise: Promise<Value>,
  late: () => Value | Promise<Value>,
): Promise<Value> {
  const settled = new AbortController();
  try {
    return await Promise.race([promise, sleep(milliseconds, undefined, { signal: settled.signal }).then(late)]);
  } finally {
    settled.abort();
  }
}
