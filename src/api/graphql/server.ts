import type { Server, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { execute, GraphQLError, parse, subscribe, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createYoga, type Plugin } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { AppError } from '../../core/errors.ts';
import type { Services } from '../context.ts';
import { asGraphQLError, maskError } from './errors.ts';
import { useBoundedRequests } from './requests.ts';
import { schema } from './schema.ts';

/** Tokens of one document: bounds its depth and its aliases. The introspection query has some 300. */
const MAX_TOKENS = 1_500;
const MAX_MESSAGE_BYTES = 1 << 20;

/** A document that nests too deeply for the parser's stack is the client's mistake as much as one that is no GraphQL. */
function parseBounded(source: string, options: object = {}): ReturnType<typeof parse> {
  try {
    return parse(source, { ...options, maxTokens: MAX_TOKENS });
  } catch (error) {
    const message = error instanceof GraphQLError ? error.message : 'The document is nested too deeply.';
    throw asGraphQLError(new AppError('BAD_REQUEST', message));
  }
}

/** Documents are bounded, and what is wrong with them has the code that REST gives to a bad request. */
const useDocumentChecks = (): Plugin => ({
  onParse({ setParseFn }) {
    setParseFn(parseBounded as never);
  },
  onValidate() {
    return ({ result }) => {
      for (const error of result) error.extensions.code = 'BAD_REQUEST';
    };
  },
  // A document or variables that cannot be run are 400 for every client, as REST has it: the library's default is 200
  // unless the client asks for application/graphql-response+json.
  onResultProcess({ result }) {
    if (!('errors' in result) || 'data' in result) return;
    for (const { extensions } of result.errors ?? []) {
      extensions.http = { ...extensions.http, status: extensions.http?.status ?? 400, spec: undefined };
    }
  },
});

/** An event stream goes on as it comes: nginx would else collect it, and other proxies may keep it. Yoga pings it every 12 s. */
const useLiveStreams = (): Plugin => ({
  onResponse({ response }) {
    if (response.headers.get('content-type')?.startsWith('text/event-stream'))
      response.headers.set('x-accel-buffering', 'no');
  },
});

/**
 * `/graphql` over HTTP with server-sent events, GraphiQL without internet, and graphql-transport-ws.
 * @returns what sends all subscribers away to come again, to another process: WebSockets are closed as "going away"; an event
 *   stream breaks off, since its orderly end would say that the subscription is complete
 */
export function attachGraphql(
  app: FastifyInstance,
  server: Server,
  services: Services,
  withoutPrefix: (url: string) => string,
): () => Promise<void> {
  const mask = maskError(services.log);
  const yoga = createYoga({
    schema,
    context: () => services as never,
    multipart: false,
    maxRequestBodySize: false as never, // requests.ts bounds JSON bodies and streams files
    logging: false,
    landingPage: false,
    maskedErrors: { maskError: mask, errorMessage: 'Something went wrong on our side. It has been logged.' },
    // events, not WebSocket: they come through every proxy
    graphiql: { title: 'Dataset reports', subscriptionsProtocol: 'SSE' },
    // loaded by the first who opens it: its page, one large text, takes 47 MiB of memory
    renderGraphiQL: async (options) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options) as never,
    plugins: [useDocumentChecks(), useLiveStreams(), useBoundedRequests() as Plugin],
  });
  const streams = new Set<ServerResponse>(); // open connections
  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    schema: { hide: true },
    handler: async (request, reply) => {
      reply.hijack();
      if (request.headers.accept?.includes('text/event-stream')) {
        streams.add(reply.raw);
        reply.raw.once('close', () => streams.delete(reply.raw));
      }
      Object.assign(request.raw, { originalUrl: request.url }); // Yoga would take the URL as it was before a prefix was removed
      await yoga(request.raw, reply.raw);
    },
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    if (withoutPrefix(request.url ?? '').split('?')[0] !== '/graphql') return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
  const running = useServer(
    {
      schema,
      context: () => services as never,
      execute: execute as never,
      subscribe: subscribe as never,
      onSubscribe(_context, _id, params) {
        const args = {
          schema,
          operationName: params.operationName,
          variableValues: params.variables,
          contextValue: services,
        };
        try {
          const document = parseBounded(params.query);
          const errors = validate(schema, document);
          return errors.length > 0 ? errors.map((error) => mask(error) as never) : ({ ...args, document } as never);
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
  return async () => {
    await running.dispose();
    for (const response of streams) response.socket?.destroySoon();
  };
}
