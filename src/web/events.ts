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
 * Streams at a time, the others wait for one to end: over HTTP/1.1 a browser has six connections to a host for all its pages
 * together, and what asks and uploads needs some.
 */
export const MOST_STREAMS = 2;
/** The first event is the state as it stands, sent at once: without it until then something keeps the stream back. */
const PATIENCE_MILLISECONDS = 5_000;

const wanted = new Set<Waiting>(); // one entry a running job on the page

/**
 * A GraphQL subscription over server-sent events (GET, "distinct connections").
 * @param onSilence is called when no event comes through: the answer is refused, or kept back on its way
 * @returns what ends it
 */
export function subscribeByEvents(
  endpoint: URL,
  { query, variables }: { query: string; variables: Record<string, unknown> },
  sink: Sink,
  onSilence: () => void,
): () => void {
  const url = new URL(endpoint);
  url.searchParams.set('query', query);
  url.searchParams.set('variables', JSON.stringify(variables));
  const entry: Waiting = { url, sink };
  wanted.add(entry);
  openSome(onSilence);
  return () => end(entry, onSilence);
}

function end(entry: Waiting, onSilence: () => void): void {
  entry.source?.close();
  if (wanted.delete(entry)) openSome(onSilence);
}

function openSome(onSilence: () => void): void {
  let open = [...wanted].filter(({ source }) => source).length;
  for (const entry of wanted) {
    if (open >= MOST_STREAMS) return;
    if (entry.source) continue;
    start(entry, onSilence);
    open++;
  }
}

function start(entry: Waiting, onSilence: () => void): void {
  const source = new EventSource(entry.url);
  entry.source = source;
  const patience = setTimeout(fail, PATIENCE_MILLISECONDS);
  function fail() {
    clearTimeout(patience);
    if (!wanted.has(entry)) return; // ended meanwhile
    end(entry, onSilence);
    onSilence();
  }
  source.addEventListener('next', ({ data }) => {
    clearTimeout(patience);
    entry.sink.next(JSON.parse(data) as ExecutionResult);
  });
  source.addEventListener('complete', () => {
    clearTimeout(patience);
    end(entry, onSilence);
    entry.sink.complete();
  });
  // one that breaks is opened again by the browser; one that is refused is not
  source.addEventListener('error', () => source.readyState === EventSource.CLOSED && fail());
}
