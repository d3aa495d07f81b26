import { createClient } from 'graphql-ws';
import { isOwnAnswer, proxyWords } from './proxy-errors.ts';
import { signal } from './signal.ts';

/** Where GraphQL is, seen from the page: it may be under any prefix. */
export const endpoint = new URL('graphql', document.baseURI);

/** How news come: over a WebSocket, over server-sent events where none gets through, else by asking. */
export const link = signal<'socket' | 'events' | 'asking'>('socket');
/** Why the service cannot be reached at the moment; empty while it can. */
export const lost = signal('');

const LONGEST_MILLISECONDS = 5_000;
/** Pause between two attempts to have a WebSocket again where none gets through. */
const RETURN_MILLISECONDS = 30_000;
/** Attempts in a row that fail, while the service answers otherwise, before another way is taken: it may just be starting anew. */
const ATTEMPTS = 2;
/** How long an attempt, a ping and a look may take. */
const PATIENCE_MILLISECONDS = 5_000;
const LOOK_MILLISECONDS = 2_000;

let isOpen = false;
let failures = 0;
let eventsFail = false;
let wake = () => {};
let attempt = 0; // timers
let answer = 0;
let again = 0;

const socketUrl = new URL(endpoint);
socketUrl.protocol = endpoint.protocol.replace('http', 'ws');
/** Kept open, so that a lost connection is seen at once. */
export const socket = createClient({
  url: socketUrl.href,
  lazy: false,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
  connectionAckWaitTimeout: PATIENCE_MILLISECONDS,
  keepAlive: 10_000,
  retryWait: (tries) =>
    new Promise((done) => {
      const wait = link.get() === 'socket' ? Math.min(300 * 2 ** tries, LONGEST_MILLISECONDS) : RETURN_MILLISECONDS;
      const timer = setTimeout(done, wait);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    }),
  on: {
    connecting() {
      clearTimeout(attempt);
      // something may take the connection and never say a word
      attempt = setTimeout(() => failed(ATTEMPTS), PATIENCE_MILLISECONDS) as unknown as number;
    },
    connected() {
      clearTimeout(attempt);
      isOpen = true;
      failures = 0;
      eventsFail = false;
      link.set('socket');
      lost.set('');
    },
    closed() {
      clearTimeout(attempt);
      clearTimeout(answer);
      isOpen = false;
      failed(1);
    },
    ping(received) {
      clearTimeout(answer);
      if (!received) answer = setTimeout(() => socket.terminate(), PATIENCE_MILLISECONDS) as unknown as number;
    },
    pong: () => clearTimeout(answer),
  },
});
addEventListener('online', () => wake());

function failed(times: number): void {
  failures += times;
  void look();
}

/** Events do not come through either: refused or, while the service answers, kept back by something on their way. */
export async function eventsAreSilent(): Promise<void> {
  await look();
  if (lost.get() || isOpen) return;
  eventsFail = true;
  link.set('asking');
}

/** Finds out whether the service answers at all, until it does; then takes the best way there is. */
let looking: Promise<void> | undefined;
export function look(): Promise<void> {
  looking ??= lookOnce().finally(() => {
    looking = undefined;
  });
  return looking;
}

async function lookOnce(): Promise<void> {
  const words = await reason();
  if (isOpen) return;
  if (words) {
    lost.set(words);
    clearTimeout(again);
    again = setTimeout(look, LOOK_MILLISECONDS) as unknown as number;
    return;
  }
  if (lost.get()) {
    // it is back: everything is tried again, at once
    failures = 0;
    eventsFail = false;
    lost.set('');
    wake();
  } else if (failures >= ATTEMPTS) link.set(eventsFail ? 'asking' : 'events');
}

/** Why the service does not answer; empty when it does. */
async function reason(): Promise<string> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    return isOwnAnswer(response.headers.get('content-type')) ? '' : proxyWords(response.status);
  } catch {
    return 'The connection is lost.';
  }
}
