import type { ExecutionResult } from 'graphql-ws';

export interface Sink {
  next(result: ExecutionResult): void;
  complete(): void;
}
interface Waiting {
  url: URL;
  sink: Sink;
  source?: EventSource;
}

/**
 * Streams at a time, the others wait for one to end: over HTTP/1.1 a browser has six connections to a host for all its
 * pages together, and queries and uploads need some.
 */
export const MOST_STREAMS = 2;
/** The first event is the current state, sent at once: where it does not arrive in this time, the stream is blocked. */
const PATIENCE_MILLISECONDS = 5_000;

const wanted = new Set<Waiting>(); // one entry per running job on the page

/**
 * A GraphQL subscription over server-sent events (GET, "distinct connections").
 * @param onBlocked is called when no event arrives: the stream is refused, or buffered by a proxy
 * @returns what ends it
 */
export function subscribeByEvents(
  endpoint: URL,
  { query, variables }: { query: string; variables: Record<string, unknown> },
  sink: Sink,
  onBlocked: () => void,
): () => void {
  const url = new URL(endpoint);
  url.searchParams.set('query', query);
  url.searchParams.set('variables', JSON.stringify(variables));
  const entry: Waiting = { url, sink };
  wanted.add(entry);
  openSome(onBlocked);
  return () => end(entry, onBlocked);
}

function end(entry: Waiting, onBlocked: () => void): void {
  entry.source?.close();
  if (wanted.delete(entry)) openSome(onBlocked);
}

function openSome(onBlocked: () => void): void {
  let open = [...wanted].filter(({ source }) => source).length;
  for (const entry of wanted) {
    if (open >= MOST_STREAMS) return;
    if (entry.source) continue;
    start(entry, onBlocked);
    open++;
  }
}

function start(entry: Waiting, onBlocked: () => void): void {
  const source = new EventSource(entry.url);
  entry.source = source;
  const patience = setTimeout(fail, PATIENCE_MILLISECONDS);
  function fail() {
    clearTimeout(patience);
    if (!wanted.has(entry)) return; // ended meanwhile
    end(entry, onBlocked);
    onBlocked();
  }
  source.addEventListener('next', ({ data }) => {
    clearTimeout(patience);
    entry.sink.next(JSON.parse(data) as ExecutionResult);
  });
  source.addEventListener('complete', () => {
    clearTimeout(patience);
    end(entry, onBlocked);
    entry.sink.complete();
  });
  // the browser opens a stream that breaks again, but not one that is refused
  source.addEventListener('error', () => source.readyState === EventSource.CLOSED && fail());
}
