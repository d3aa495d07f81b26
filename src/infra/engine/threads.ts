import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, SHARE_ENV, Worker } from 'node:worker_threads';
import { kernelCode } from '../../processing/host/kernel-module.ts';
import type { Spill } from '../../processing/host/spill.ts';
import type { JobOnThreads, ThreadListener, Threads, UnnamedFacts } from '../../processing/host/threads.ts';
import type { TextReading } from '../../processing/text/text-reading.ts';
import { type SharedSpill, SpillError, SpillFile } from './spill-file.ts';

/** Messages to a thread, in order. It looks for messages when the version on the board has changed. */
export type ToThread =
  | { what: 'open'; job: number; memory: WebAssembly.Memory; spill: SharedSpill | undefined }
  | { what: 'finish'; job: number; reading: TextReading }
  | { what: 'close'; job: number };
/** Messages from a thread. */
export type FromThread =
  | { what: 'freed'; job: number }
  | { what: 'facts'; job: number; column: number; facts: UnnamedFacts }
  | { what: 'finished'; job: number }
  | { what: 'left'; job: number }
  | { what: 'failure'; job: number; message: string; stack: string | undefined; code: string | undefined };

/** Words of the board that all threads watch. */
export const BELL = 0;
export const SLEEPERS = 1;
export const VERSION = 2;

/** JavaScript objects of a thread are few: a small young generation keeps the process small. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };
const MOST_THREADS = 15;

interface Thread {
  worker: Worker;
  port: MessagePort;
}
interface Job {
  listener: ThreadListener;
  spill: SpillFile | undefined;
  /** Threads that have something to do yet, once the rows have ended. */
  working: number;
  /** Threads that may still use its memory and its spill. */
  users: number;
}

/**
 * A fixed number of worker threads for the engine, started when the first job calls for them and used by all jobs of
 * the process. A thread that ends by itself fails the jobs it worked for; the next job starts new ones.
 */
export class EngineThreads implements Threads {
  readonly count: number;
  #board = newBoard();
  readonly #jobs = new Map<number, Job>(); // as many as the worker takes at a time
  /** Closed, but not yet by all threads. */
  readonly #leaving = new Map<number, Job>();
  #threads: Thread[] = [];
  #lastJob = 0;

  /** @param count one less than the processors when not given: who calls them works too */
  constructor(count = Math.max(availableParallelism() - 1, 1)) {
    this.count = Math.min(count, MOST_THREADS);
  }

  open(memory: WebAssembly.Memory, spill: Spill | undefined, listener: ThreadListener): JobOnThreads {
    this.#start();
    const job = ++this.#lastJob;
    const users = this.#threads.length;
    const file = spill instanceof SpillFile ? spill : undefined;
    const opened: Job = { listener, spill: file, working: users, users };
    this.#jobs.set(job, opened);
    const shared = file?.lend();
    for (const { worker } of this.#threads) worker.ref();
    this.#send({ what: 'open', job, memory, spill: shared });
    return {
      wake: () => this.#ring(),
      finish: (reading) => this.#send({ what: 'finish', job, reading }),
      close: () => {
        if (!this.#jobs.delete(job)) return;
        this.#leaving.set(job, opened);
        this.#send({ what: 'close', job });
        // a process that has nothing else to do may end
        if (this.#jobs.size === 0) for (const { worker } of this.#threads) worker.unref();
      },
    };
  }
  /** Starts the threads before a job calls for them: they are ready then. The process does not wait for them. */
  start(): void {
    this.#start();
    if (this.#jobs.size === 0) for (const { worker } of this.#threads) worker.unref();
  }
  /** Ends the threads; jobs that are on them fail. */
  close(): Promise<void> {
    return this.#end(new Error('The threads of the engine were closed'));
  }

  #start(): void {
    if (this.#threads.length > 0) return;
    this.#board = newBoard(); // threads that were ended in their sleep are still counted on the old one
    this.#threads = Array.from({ length: this.count }, (_, number) => {
      const { port1, port2 } = new MessageChannel();
      const worker = new Worker(new URL('./thread-entry.mjs', import.meta.url), {
        workerData: { board: this.#board, number: number + 1, port: port2, code: kernelCode() },
        transferList: [port2],
        resourceLimits: LIMITS,
        // nothing that a thread needs, and each costs its start
        env: SHARE_ENV,
        trackUnmanagedFds: false,
      });
      worker.on('message', (message: FromThread) => this.#received(message));
      worker.on('error', (error) => this.#lost(worker, error));
      worker.on('exit', (code) => this.#lost(worker, new Error(`A thread of the engine ended with code ${code}`)));
      port1.unref();
      return { worker, port: port1 };
    });
  }
  #send(message: ToThread): void {
    for (const { port } of this.#threads) port.postMessage(message);
    Atomics.add(this.#board, VERSION, 1);
    this.#ring();
  }
  #ring(): void {
    Atomics.add(this.#board, BELL, 1);
    if (Atomics.load(this.#board, SLEEPERS) > 0) Atomics.notify(this.#board, BELL);
  }
  #received(message: FromThread): void {
    if (message.what === 'left') {
      this.#left(message.job);
      return;
    }
    const job = this.#jobs.get(message.job);
    if (!job) return;
    if (message.what === 'freed') job.listener.onFreed();
    else if (message.what === 'facts') job.listener.onFacts(message.column, message.facts);
    else if (message.what === 'finished') {
      if (--job.working === 0) job.listener.onFinished();
    } else {
      const error = message.code === 'ENOSPC' ? new SpillError(message.message) : new Error(message.message);
      if (message.stack) error.stack = message.stack;
      job.listener.onFailure(error);
    }
  }
  #left(number: number): void {
    const job = this.#leaving.get(number);
    if (!job || --job.users > 0) return;
    this.#leaving.delete(number);
    job.spill?.giveBack();
    job.listener.onLeft();
  }
  #lost(worker: Worker, error: Error): void {
    if (this.#threads.some((thread) => thread.worker === worker)) void this.#end(error);
  }
  /** All jobs were on all threads, and what a lost one was doing is unknown. */
  async #end(error: Error): Promise<void> {
    const threads = this.#threads.splice(0);
    const failed = [...this.#jobs.values()];
    const users = [...failed, ...this.#leaving.values()];
    this.#jobs.clear();
    this.#leaving.clear();
    for (const { listener } of failed) listener.onFailure(error);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
    for (const { spill } of users) spill?.giveBack();
  }
}

const newBoard = () => new Int32Array(new SharedArrayBuffer(64));
