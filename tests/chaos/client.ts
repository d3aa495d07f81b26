import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../bench/generators/random.ts';
import { events } from '../support/api.ts';
import type { Fleet } from './fleet.ts';
import type { AcceptedJob, Ledger } from './ledger.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what JSON gives; whoever asked knows the body
  body: any;
}

const PATIENCE_MILLISECONDS = 180_000;
const ANSWER_MILLISECONDS = 30_000;
/** A subscriber comes again after so long in any case, as behind a proxy. */
const STREAM_MILLISECONDS = 60_000;
const TERMINAL = ['success', 'failure'];

/** A client of the two APIs: what one of them does not answer is asked of another. */
export class Client {
  readonly #fleet: Fleet;
  readonly #ledger: Ledger;
  readonly #random: Random;

  constructor(fleet: Fleet, ledger: Ledger, random: Random) {
    this.#fleet = fleet;
    this.#ledger = ledger;
    this.#random = random;
  }

  /**
   * Sends a request, a text as JSON, until one API answers it: connections that fail and 503 are no answer. A 500 is a
   * violation.
   * @throws Error after three minutes without an answer
   */
  async send(method: string, path: string, body?: () => FormData | string): Promise<Answer> {
    const began = Date.now();
    for (let last = ''; ; ) {
      last = await this.#api(last);
      const answer = await this.#ask(last + path, method, body?.());
      if (answer && answer.status < 500) return answer;
      if (answer?.status === 503) this.#ledger.count('answers 503');
      else if (answer) this.#ledger.violate(`${method} ${path} was answered with ${answer.status}`);
      if (Date.now() - began > PATIENCE_MILLISECONDS)
        throw new Error(`${method} ${path} got no answer in ${PATIENCE_MILLISECONDS / 1_000} s`);
      await this.#pause();
    }
  }

  async #ask(url: string, method: string, body: FormData | string | undefined): Promise<Answer | undefined> {
    try {
      const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined;
      const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
      return { status: response.status, body: response.status === 204 ? undefined : await response.json() };
    } catch (error) {
      const isLate = (error as Error).name === 'TimeoutError';
      this.#ledger.count(isLate ? 'requests without an answer in 30 s' : 'requests cut');
      return undefined;
    }
  }

  /** Follows the job to its end over every API that dies on the way. */
  async follow(job: AcceptedJob): Promise<void> {
    let progress = 0;
    let last = '';
    for (let connections = 0; !job.end; connections++) {
      if (connections > 0) {
        this.#ledger.count('subscribers came back');
        await this.#pause();
      }
      last = await this.#api(last);
      job.trail.push({ at: Date.now(), what: `to ${new URL(last).port}` });
      for await (const seen of this.#watch(last, job.id)) {
        if (seen === 'not found') {
          this.#ledger.violate(`job ${job.id} was accepted, and then unknown to its subscriber`);
          return;
        }
        if (job.end) this.#ledger.violate(`job ${job.id} sent an event after its terminal state`);
        if (seen.progress < progress) {
          this.#ledger.count('progress went back');
          this.#ledger.violate(`job ${job.id} went back from ${progress} to ${seen.progress} %`);
        }
        progress = seen.progress;
        if (TERMINAL.includes(seen.state)) job.end ??= { state: seen.state, error: seen.error, at: Date.now() };
        job.trail.push({ at: Date.now(), what: seen.state });
      }
      job.trail.push({ at: Date.now(), what: 'cut' });
    }
  }

  /** A subscriber that comes back when all is over: sees the terminal state, the same, once, and nothing else. */
  async comeBack(job: AcceptedJob): Promise<void> {
    for (let last = ''; ; ) {
      last = await this.#api(last);
      const seen: unknown[] = [];
      for await (const event of this.#watch(last, job.id)) {
        seen.push(event === 'not found' ? event : { state: event.state, error: event.error });
      }
      if (seen.length === 0) {
        await this.#pause(); // cut, or not accepted
        continue;
      }
      const wanted = JSON.stringify([{ state: job.end?.state, error: job.end?.error }]);
      if (JSON.stringify(seen) !== wanted)
        this.#ledger.violate(`job ${job.id}: who came back saw ${JSON.stringify(seen)}, not ${wanted}`);
      return;
    }
  }

  async *#watch(url: string, id: string): AsyncGenerator<Event | 'not found'> {
    try {
      const response = await fetch(`${url}/jobs/${id}/events`, { signal: AbortSignal.timeout(STREAM_MILLISECONDS) });
      if (response.status === 404) yield 'not found';
      else if (response.status === 500) this.#ledger.violate(`the events of job ${id} were answered with 500`);
      if (!response.ok) {
        await response.body?.cancel();
        return;
      }
      for await (const { data } of events(response)) yield JSON.parse(data) as Event;
    } catch (error) {
      if (error instanceof SyntaxError) throw error; // half an event is never one
    }
  }

  /** An API that is ready, another than the last one where there is one. */
  async #api(last: string): Promise<string> {
    for (;;) {
      const urls = this.#fleet.ready('api').map(({ url }) => url!);
      const others = urls.filter((url) => url !== last);
      if (urls.length > 0) return this.#random.pick(others.length > 0 ? others : urls);
      await sleep(50);
    }
  }

  #pause(): Promise<void> {
    return sleep(100 + this.#random.below(400));
  }
}

interface Event {
  state: string;
  progress: number;
  error: string | null;
}
