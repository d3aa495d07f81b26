import { isOwnResponse, proxyError } from '../proxy-errors.ts';
import { signal } from '../signal.ts';

/** Why the service does not answer at the moment; empty while it does. */
export const outage = signal('');

const MOST_AT_ONCE = 2;
const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

/** A refusal of the service, with its sentence. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

let running = 0;
/** Those that wait for their turn. An abort removes them: as many as there are parts of the page that ask. */
const waiting = new Set<() => void>();

function turn(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (running < MOST_AT_ONCE) {
    running++;
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const begin = () => {
      waiting.delete(begin);
      signal.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      waiting.delete(begin);
      reject(signal.reason);
    };
    waiting.add(begin);
    signal.addEventListener('abort', leave, { once: true });
  });
}

function done(): void {
  const [next] = waiting;
  if (next) next();
  else running--;
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    // or each attempt of a long outage would leave a listener behind
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', leave, { once: true });
  });

/** @returns why it is worth another attempt; `undefined` when the whole body has been taken */
async function attempt(address: string, signal: AbortSignal, take: (text: string) => void) {
  let response: Response;
  try {
    response = await fetch(address, { signal, headers: { accept: 'application/json' } });
  } catch {
    signal.throwIfAborted();
    return 'The connection is lost.';
  }
  const isOwn = isOwnResponse(response.headers.get('content-type'));
  if (!isOwn && response.status !== 404) return proxyError(response.status);
  if (!response.ok) {
    const { detail = `The service answered ${response.status}.` } = await response.json().catch(() => ({}));
    if (response.status < 500 && response.status !== 429) throw new Refusal(response.status, detail);
    return detail as string;
  }
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    let piece: ReadableStreamReadResult<string>;
    try {
      piece = await reader.read();
    } catch {
      signal.throwIfAborted();
      return 'The connection is lost.';
    }
    if (piece.done) return undefined;
    outage.set('');
    take(piece.value);
  }
}

/**
 * Gets an address of the service, at most two at once, again and again while it does not answer.
 * @param start called before each attempt, which begins from the start: returns what takes the pieces of the body
 * @throws Refusal, or the signal's reason
 */
export async function get(address: string, signal: AbortSignal, start: () => (text: string) => void): Promise<void> {
  for (let wait = FIRST_PAUSE_MILLISECONDS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MILLISECONDS)) {
    await turn(signal);
    let problem: string | undefined;
    const gone = new AbortController();
    try {
      problem = await attempt(address, AbortSignal.any([signal, gone.signal]), start());
    } finally {
      gone.abort(); // what is left of a body that was refused
      done();
    }
    if (problem === undefined) return outage.set('');
    outage.set(problem);
    await pause(wait, signal);
  }
}

/** Gets a document whose size the service bounds, such as a report. @throws Refusal, or the signal's reason */
export async function getJson<T>(address: string, signal: AbortSignal): Promise<T> {
  let text = '';
  await get(address, signal, () => {
    text = '';
    return (piece) => {
      text += piece;
    };
  });
  return JSON.parse(text) as T;
}
