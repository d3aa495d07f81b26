/** Between two turns of the event loop. */
const TURN_MS = 20;

/** Lets the event loop have its turns in work that waits for nothing, so that a signal can come. */
export class Turns {
  readonly #signal: AbortSignal | undefined;
  #dueAt = performance.now() + TURN_MS;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }
  /** The last one is some time ago. */
  get isDue(): boolean {
    return performance.now() > this.#dueAt;
  }
  /** @throws the signal's reason */
  async take(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#dueAt = performance.now() + TURN_MS;
  }
}
