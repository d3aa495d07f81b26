import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { useKernelCode } from '../../processing/host/kernel-module.ts';
import { KernelThread } from '../../processing/host/kernel-thread.ts';
import type { TextReading } from '../../processing/text/text-reading.ts';
import { openSharedSpill } from './spill-file.ts';
import { BELL, type FromThread, SLEEPERS, type ToThread, VERSION } from './threads.ts';

/**
 * A thread of the engine: takes pieces of work of all open jobs in turn, so that jobs share it fairly, and sleeps on
 * the bell when no job has any. It never returns to its event loop: it reads its messages from a port.
 */
const { board, number, port, code } = workerData as {
  board: Int32Array;
  number: number;
  port: MessagePort;
  code: WebAssembly.Module;
};
useKernelCode(code);

/** Pieces of work of one job before the others have their turn. */
const PIECES = 4;

interface Job {
  id: number;
  thread: KernelThread;
  isJson: boolean;
  /** Set when no more rows come. */
  reading: TextReading | undefined;
  isFinished: boolean;
}
const jobs = new Map<number, Job>(); // those that are open
/** Half of the thread's code, imported when a job first ends, so that the thread starts working sooner. */
let end: typeof import('../../processing/host/end-step.ts') | undefined;
let version = 0;

const send = (message: FromThread) => parentPort!.postMessage(message);

function readMessages(): void {
  version = Atomics.load(board, VERSION);
  for (;;) {
    const received = receiveMessageOnPort(port);
    if (!received) return;
    const message = received.message as ToThread;
    if (message.what === 'close') {
      jobs.delete(message.job);
      send({ what: 'left', job: message.job });
    } else if (message.what === 'finish') {
      const job = jobs.get(message.job);
      if (job) job.reading = message.reading;
    } else attempt(message.job, () => join(message));
  }
}
function join({ job: id, memory, spill }: Extract<ToThread, { what: 'open' }>): void {
  const thread = KernelThread.join(memory, number, spill && openSharedSpill(spill));
  jobs.set(id, { id, thread, isJson: thread.kernel.isJson() !== 0, reading: undefined, isFinished: false });
}
/** An error in a job fails that job alone. */
function attempt(job: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    jobs.delete(job);
    const { message, stack, code } = error as NodeJS.ErrnoException;
    send({ what: 'failure', job, message, stack, code });
  }
}

/** @returns whether there was something to do */
function step(job: Job): boolean {
  const { kernel } = job.thread;
  const did = kernel.work(PIECES) > 0;
  const isDone = kernel.published() === kernel.freed();
  // the reader waits for room, or can work on lanes again
  const isWanted =
    kernel.isFaulty() !== 0 ||
    kernel.isReady() !== 0 ||
    (kernel.published() - kernel.freed()) * 2 <= kernel.blockRing();
  if (isWanted && kernel.clearWaiting() !== 0) send({ what: 'freed', job: job.id });
  if (did) {
    // work that this thread does not reach may be for one that sleeps
    if (Atomics.load(board, SLEEPERS) > 0 && kernel.isReady() !== 0) ring();
    return true;
  }
  if (job.reading === undefined || !isDone || job.isFinished) return false;
  const piece = end!.endStep(job.thread, job.reading, job.isJson);
  if (piece?.facts) send({ what: 'facts', job: job.id, column: piece.column!, facts: piece.facts });
  if (piece) return true;
  job.isFinished = true;
  send({ what: 'finished', job: job.id });
  return false;
}
const isEnding = () => [...jobs.values()].some(({ reading }) => reading !== undefined);
function ring(): void {
  Atomics.add(board, BELL, 1);
  Atomics.notify(board, BELL);
}

for (;;) {
  const bell = Atomics.load(board, BELL);
  if (Atomics.load(board, VERSION) !== version) readMessages();
  if (!end && isEnding()) end = await import('../../processing/host/end-step.ts');
  let busy = false;
  for (const job of [...jobs.values()])
    attempt(job.id, () => {
      if (step(job)) busy = true;
    });
  if (busy) continue;
  Atomics.add(board, SLEEPERS, 1);
  Atomics.wait(board, BELL, bell);
  Atomics.sub(board, SLEEPERS, 1);
}
