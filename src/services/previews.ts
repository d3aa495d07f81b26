import { AppError } from '../core/errors.ts';
import { Slots } from '../core/slots.ts';

/** Previews of one process that read at the same time; the others wait for their turn. */
const AT_ONCE = 2;
/**
 * Previews of one process, those that wait included: each takes a second at most, and more would be late. One operation
 * of GraphQL has no more (its aliases).
 */
const MAX_OPEN = 16;

/** Bounds the previews in one process. Requests for rows have turns of their own (scans.ts): neither waits for both. */
export class Previews {
  readonly #turns = new Slots(AT_ONCE);
  #open = 0;

  /**
   * Does the work in its turn.
   * @throws AppError UNAVAILABLE when as many are open as one process allows; the signal's reason when it is aborted
   */
  async inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#open >= MAX_OPEN)
      throw new AppError('UNAVAILABLE', `${MAX_OPEN} previews are being made already. Try again in a few seconds.`);
    this.#open++;
    try {
      using _turn = await this.#turns.take(signal);
      return await work();
    } finally {
      this.#open--;
    }
  }
}
