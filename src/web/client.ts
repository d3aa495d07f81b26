import { Client, fetchExchange, subscriptionExchange, type TypedDocumentNode } from '@urql/core';
import { endpoint, eventsAreSilent, link, look, socket } from './connection.ts';
import { subscribeByEvents } from './events.ts';
import { isOwnAnswer, proxyWords } from './proxy-errors.ts';

const client = new Client({
  url: endpoint.href,
  preferGetMethod: false,
  exchanges: [
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query = '', variables }) => ({
        subscribe(sink) {
          const operation = { query, variables: variables as Record<string, unknown> };
          const unsubscribe =
            link.get() === 'socket'
              ? socket.subscribe(operation, sink as never)
              : subscribeByEvents(endpoint, operation, sink as never, eventsAreSilent);
          return { unsubscribe };
        },
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
  if (error?.networkError) {
    void look();
    const { status, headers } = (error.response ?? {}) as Partial<Response>;
    throw new Error(
      status && !isOwnAnswer(headers!.get('content-type'))
        ? proxyWords(status)
        : 'The server does not answer at the moment.',
    );
  }
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
