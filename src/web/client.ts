import { Client, fetchExchange, subscriptionExchange, type TypedDocumentNode } from '@urql/core';
import { createClient } from 'graphql-ws';
import { signal } from './signal.ts';

/** Whether live news can come; the socket is kept open so that a lost connection is seen at once. */
export const connected = signal(true);

const MAX_WAIT_MILLISECONDS = 5_000;
const socket = createClient({
  url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
  lazy: false,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
  keepAlive: 10_000,
  retryWait: (tries) => new Promise((done) => setTimeout(done, Math.min(300 * 2 ** tries, MAX_WAIT_MILLISECONDS))),
  on: { connected: () => connected.set(true), closed: () => connected.set(false) },
});

const client = new Client({
  url: `${location.origin}/graphql`,
  preferGetMethod: false,
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe(
            { query: query ?? '', variables: variables as Record<string, unknown> },
            sink as never,
          ),
        }),
      }),
    }),
  ],
});

/** A query or mutation. @throws Error with the server's sentence */
export async function ask<Data, Variables extends object>(
  kind: 'query' | 'mutation',
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client[kind](document, variables as never, {
    requestPolicy: 'network-only',
  }).toPromise();
  if (error?.networkError) throw new Error('The server does not answer at the moment.');
  if (error) throw new Error(error.graphQLErrors[0]?.message ?? error.message);
  return data as Data;
}

/** Every event of a subscription. @returns what ends it */
export function listen<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onData: (data: Data) => void,
): () => void {
  const { unsubscribe } = client.subscription(document, variables as never).subscribe(({ data }) => {
    if (data) onData(data as Data);
  });
  return unsubscribe;
}
