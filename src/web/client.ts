import { Client, fetchExchange, subscriptionExchange, type TypedDocumentNode } from '@urql/core';
import { checkConnection, endpoint, eventsAreBlocked, socket, transport } from './connection.ts';
import { subscribeByEvents } from './events.ts';
import { isOwnResponse, proxyError } from './proxy-errors.ts';

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
            transport.get() === 'socket'
              ? socket.subscribe(operation, sink as never)
              : subscribeByEvents(endpoint, operation, sink as never, eventsAreBlocked);
          return { unsubscribe };
        },
      }),
    }),
  ],
});

/** A refusal of the server. */
export class Refusal extends Error {
  /** Its kind, such as `UNPROCESSABLE`. */
  readonly code: string;
  /** What may have been meant instead, as the server lists it. */
  readonly choices: readonly object[];
  constructor(message: string, { code = '', choices = [] }: { code?: string; choices?: object[] } = {}) {
    super(message);
    this.code = code;
    this.choices = choices;
  }
}

/** Runs a query or mutation. @throws Refusal with the server's message; Error where there is no response */
export async function run<Data, Variables extends object>(
  kind: 'query' | 'mutation',
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client[kind](document, variables as never, {
    requestPolicy: 'network-only',
  }).toPromise();
  if (error?.networkError) {
    void checkConnection();
    const { status, headers } = (error.response ?? {}) as Partial<Response>;
    throw new Error(
      status && !isOwnResponse(headers!.get('content-type'))
        ? proxyError(status)
        : 'The server does not answer at the moment.',
    );
  }
  const [first] = error?.graphQLErrors ?? [];
  if (error) throw new Refusal(first?.message ?? error.message, first?.extensions);
  return data as Data;
}

/** Calls `onData` for every event of a subscription. @returns what ends it */
export function subscribe<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onData: (data: Data) => void,
): () => void {
  const { unsubscribe } = client.subscription(document, variables as never).subscribe(({ data }) => {
    if (data) onData(data as Data);
  });
  return unsubscribe;
}
