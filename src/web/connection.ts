import { createClient } from 'graphql-ws';
import { isOwnResponse, proxyError } from './proxy-errors.ts';
import { signal } from './signal.ts';

/** Where GraphQL is, seen from the page: it may be under any prefix. */
export const endpoint = new URL('graphql', document.baseURI);

/** How updates arrive: over a WebSocket, over server-sent events where that is blocked, else by polling. */
export const transport = signal<'socket' | 'events' | 'polling'>('socket');
/** Why the service cannot be reached at the moment; empty while it can. */
export const outage = signal('');

/** Pauses between two attempts to open the WebSocket: the first, which doubles each time, and the longest. */
const FIRST_MILLISECONDS = 300;
const LONGEST_MILLISECONDS = 5_000;
/** Pause between two pings: proxies close connections that are silent for a minute. */
const PING_MILLISECONDS = 10_000;
/** Pause between two attempts to open a WebSocket where it has been blocked. */
const RETURN_MILLISECONDS = 30_000;
/**
 * Failures in a row, while the service responds otherwise, before another transport is used: it may just be restarting.
 */
const ATTEMPTS = 2;
/** Time limit of an attempt, a ping and a check. */
const PATIENCE_MILLISECONDS = 5_000;
const CHECK_MILLISECONDS = 2_000;

let isOpen = false;
let failures = 0;
let areEventsBlocked = false;
let retryNow = () => {};
// timers
let attempt = 0;
let pong = 0;
let nextCheck = 0;

const socketUrl = new URL(endpoint);
socketUrl.protocol = endpoint.protocol.replace('http', 'ws');
/** Kept open, so that a lost connection is seen at once. */
export const socket = createClient({
  url: socketUrl.href,
  lazy: false,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
  connectionAckWaitTimeout: PATIENCE_MILLISECONDS,
  keepAlive: PING_MILLISECONDS,
  retryWait: (tries) =>
    new Promise((done) => {
      const isSocket = transport.get() === 'socket';
      const wait = isSocket ? Math.min(FIRST_MILLISECONDS * 2 ** tries, LONGEST_MILLISECONDS) : RETURN_MILLISECONDS;
      const timer = setTimeout(done, wait);
      retryNow = () => {
        clearTimeout(timer);
        done();
      };
    }),
  on: {
    connecting() {
      clearTimeout(attempt);
      // something may accept the connection and never respond
      attempt = setTimeout(() => failed(ATTEMPTS), PATIENCE_MILLISECONDS) as unknown as number;
    },
    connected() {
      clearTimeout(attempt);
      isOpen = true;
      failures = 0;
      areEventsBlocked = false;
      transport.set('socket');
      outage.set('');
    },
    closed() {
      clearTimeout(attempt);
      clearTimeout(pong);
      isOpen = false;
      failed(1);
    },
    ping(received) {
      clearTimeout(pong);
      if (!received) pong = setTimeout(() => socket.terminate(), PATIENCE_MILLISECONDS) as unknown as number;
    },
    pong: () => clearTimeout(pong),
  },
});
addEventListener('online', () => retryNow());

function failed(times: number): void {
  failures += times;
  void checkConnection();
}

/** Server-sent events do not arrive either: they are refused or, while the service responds, buffered by a proxy. */
export async function eventsAreBlocked(): Promise<void> {
  await checkConnection();
  if (outage.get() || isOpen) return;
  areEventsBlocked = true;
  transport.set('polling');
}

let checking: Promise<void> | undefined;
/** Checks whether the service responds at all, until it does; then uses the best transport there is. */
export function checkConnection(): Promise<void> {
  checking ??= checkOnce().finally(() => {
    checking = undefined;
  });
  return checking;
}

async function checkOnce(): Promise<void> {
  const problem = await outageReason();
  if (isOpen) return;
  if (problem) {
    outage.set(problem);
    clearTimeout(nextCheck);
    nextCheck = setTimeout(checkConnection, CHECK_MILLISECONDS) as unknown as number;
    return;
  }
  if (outage.get()) {
    // the service is back: everything is tried again, at once
    failures = 0;
    areEventsBlocked = false;
    outage.set('');
    retryNow();
  } else if (failures >= ATTEMPTS) transport.set(areEventsBlocked ? 'polling' : 'events');
}

/** Why the service does not respond; empty when it does. */
async function outageReason(): Promise<string> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    return isOwnResponse(response.headers.get('content-type')) ? '' : proxyError(response.status);
  } catch {
    return 'The connection is lost.';
  }
}
