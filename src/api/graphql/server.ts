import type { IncomingMessage, Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { AppError } from '../../core/errors.ts';
import type { Services } from '../services.ts';
import type { Limit } from './document-checks.ts';
import { asGraphQLError, maskError } from './errors.ts';
import { attachHttp } from './http.ts';
import { overLimit } from './limits.ts';
import { schema } from './schema.ts';
import { attachWebSocket } from './websocket.ts';

/**
 * `/graphql` over HTTP and over WebSocket.
 * @returns a function that disconnects all subscribers so that they reconnect, to another process
 */
export function attachGraphql(
  app: FastifyInstance,
  server: Server,
  services: Services,
  wrongOrigin: (request: IncomingMessage) => AppError | undefined,
): () => Promise<void> {
  const mask = maskError(services.log);
  const limit: Limit = (document, operationName, variables) => {
    const refusal = overLimit(schema, document, operationName, variables, services.config.introspection);
    return refusal && asGraphQLError(refusal);
  };
  const cutStreams = attachHttp(app, services, limit, mask);
  const closeSockets = attachWebSocket(server, services, wrongOrigin, limit, mask);
  return async () => {
    await closeSockets();
    cutStreams();
  };
}
