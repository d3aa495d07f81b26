import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { execute, subscribe, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AppError } from '../../core/errors.ts';
import { graphqlProblem, respondOnSocket } from '../problems.ts';
import type { RequestServices, Services } from '../services.ts';
import { type Limit, parseBounded } from './document-checks.ts';
import { schema } from './schema.ts';

const MAX_MESSAGE_BYTES = 1 << 20;

/**
 * `/graphql` over WebSocket (graphql-transport-ws).
 * @param wrongOrigin the error for a request that a page of another origin makes
 * @returns a function that closes all sockets as "going away"
 */
export function attachWebSocket(
  server: Server,
  services: Services,
  wrongOrigin: (request: IncomingMessage) => AppError | undefined,
  limit: Limit,
  mask: (error: unknown) => Error,
): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    // a client that disconnects: Node leaves the socket to us, and an error without a listener ends the process
    socket.on('error', () => {});
    const refusal = wrongOrigin(request);
    if (refusal) return respondOnSocket(socket as Socket, refusal, 'application/json', graphqlProblem(refusal));
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  const running = useServer(
    {
      schema,
      context: () => services as never,
      execute: execute as never,
      subscribe: subscribe as never,
      onSubscribe({ extra }, _id, params) {
        const request = { signal: signalOf(extra.socket) };
        const args = {
          schema,
          operationName: params.operationName,
          variableValues: params.variables,
          contextValue: { ...services, request } satisfies RequestServices,
        };
        try {
          const document = parseBounded(params.query);
          const errors = validate(schema, document);
          if (errors.length > 0) return errors.map((error) => mask(error) as never);
          const refusal = limit(document, params.operationName, (params.variables ?? {}) as never);
          return refusal ? [refusal as never] : ({ ...args, document } as never);
        } catch (error) {
          return [mask(error) as never];
        }
      },
      onNext: (_context, _id, _params, _args, result) =>
        result.errors ? { ...result, errors: result.errors.map((error) => mask(error) as never) } : result,
      onError: (_context, _id, _params, errors) => errors.map((error) => mask(error) as never),
    },
    sockets,
  );
  return async () => running.dispose();
}

const signals = new WeakMap<WebSocket, AbortSignal>();
/** Aborted when the socket closes: one for all its operations. */
function signalOf(socket: WebSocket): AbortSignal {
  const known = signals.get(socket);
  if (known) return known;
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  signals.set(socket, gone.signal);
  return gone.signal;
}
