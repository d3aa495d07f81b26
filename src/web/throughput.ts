const WINDOW_MILLISECONDS = 4_000;
const SHORTEST_MILLISECONDS = 400;

/**
 * How fast a piece of work proceeds, from its progress in the last seconds by this page's own clock: the server's may
 * differ. `at` is in milliseconds, `done` in any unit that only grows.
 */
export class Throughput {
  private samples: { at: number; done: number }[] = []; // of the last four seconds

  observe(done: number, at: number): void {
    const last = this.samples.at(-1);
    if (last && done < last.done) this.samples = []; // started again, by another attempt
    if (last?.done === done) return;
    this.samples.push({ at, done });
    while (this.samples.length > 2 && at - this.samples[1]!.at > WINDOW_MILLISECONDS) this.samples.shift();
  }

  /** Units a second; `undefined` while there are too few samples. */
  rate(at: number): number | undefined {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || first === last || last.at - first.at < SHORTEST_MILLISECONDS) return undefined;
    // a standstill counts: without new samples the rate falls
    return (last.done - first.done) / ((Math.max(last.at, at - SHORTEST_MILLISECONDS) - first.at) / 1_000);
  }

  /** Seconds until `total` is reached, rounded up; `undefined` while there are too few samples. */
  secondsLeft(total: number, at: number): number | undefined {
    const rate = this.rate(at);
    const done = this.samples.at(-1)?.done;
    return rate && done !== undefined ? Math.ceil(Math.max(0, total - done) / rate) : undefined;
  }
}
