const WINDOW_MILLISECONDS = 4_000;
const SHORTEST_MILLISECONDS = 400;

/**
 * How fast a piece of work goes, from what was seen of it lately by this page's own clock: the server's may differ, and
 * what was long ago says little. `at` is in milliseconds, `done` in any unit that only grows.
 */
export class Pace {
  private seen: { at: number; done: number }[] = []; // of the last four seconds

  observe(done: number, at: number): void {
    const last = this.seen.at(-1);
    if (last && done < last.done) this.seen = []; // begun anew, by another attempt
    if (last?.done === done) return;
    this.seen.push({ at, done });
    while (this.seen.length > 2 && at - this.seen[1]!.at > WINDOW_MILLISECONDS) this.seen.shift();
  }

  /** Units a second; `undefined` while too little was seen to say. */
  rate(at: number): number | undefined {
    const first = this.seen[0];
    const last = this.seen.at(-1);
    if (!first || !last || first === last || last.at - first.at < SHORTEST_MILLISECONDS) return undefined;
    // a standstill counts: without news the rate sinks
    return (last.done - first.done) / ((Math.max(last.at, at - SHORTEST_MILLISECONDS) - first.at) / 1_000);
  }

  /** Seconds that what is left will take, rounded up; `undefined` while too little was seen to say. */
  secondsLeft(total: number, at: number): number | undefined {
    const rate = this.rate(at);
    const done = this.seen.at(-1)?.done;
    return rate && done !== undefined ? Math.ceil(Math.max(0, total - done) / rate) : undefined;
  }
}
