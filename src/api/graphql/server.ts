import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type DocumentNode, execute, GraphQLError, parse, subscribe, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createYoga, type Plugin } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { AppError, INTERNAL_MESSAGE } from '../../core/errors.ts';
import { GRAPHIQL_POLICY } from '../content-policies.ts';
import { graphqlProblem, respondOnSocket } from '../problems.ts';
import { keepHeaders } from '../security-headers.ts';
import type { Services } from '../services.ts';
import { asGraphQLError, maskError } from './errors.ts';
import { MAX_TOKENS, overLimit } from './limits.ts';
import { useBoundedRequests } from './request-bodies.ts';
import { useRequestErrors } from './request-errors.ts';
import { schema } from './schema.ts';

const MAX_MESSAGE_BYTES = 1 << 20;

const TOO_MANY_TOKENS = /more than \d+ tokens/;

/**
 * Parses a document. One that is over a limit, or nested too deeply for the parser's stack, is a refusal of the whole
 * request; a syntax error is reported as GraphQL does.
 */
function parseBounded(source: string, options: object = {}): ReturnType<typeof parse> {
  try {
    return parse(source, { ...options, maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError && !TOO_MANY_TOKENS.test(error.message)) {
      error.extensions.code = 'BAD_REQUEST';
      throw error;
    }
    const message = error instanceof GraphQLError ? error.message : 'The document is nested too deeply.';
    throw asGraphQLError(new AppError('BAD_REQUEST', message));
  }
}

type Limit = (
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
) => GraphQLError | undefined;

/** Limits documents, and gives their errors the code that REST has for a bad request. */
const useDocumentChecks = (limit: Limit): Plugin => ({
  onParse({ setParseFn }) {
    setParseFn(parseBounded as never);
  },
  onValidate() {
    return ({ result }) => {
      for (const error of result) error.extensions.code = 'BAD_REQUEST';
    };
  },
  // not a validation rule, whose results are cached by document: the cost depends on the variables
  onExecute({ args, setResultAndStopExecution }) {
    const refusal = limit(args.document, args.operationName, (args.variableValues ?? {}) as never);
    if (refusal) setResultAndStopExecution({ errors: [refusal] });
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const refusal = limit(args.document, args.operationName, (args.variableValues ?? {}) as never);
    if (refusal) setResultAndStopExecution({ errors: [refusal] } as never);
  },
});

/**
 * Has proxies pass event streams on at once: nginx would buffer them. Yoga pings each stream every 12 s, so that
 * no proxy closes it as idle.
 */
const useLiveStreams = (): Plugin => ({
  onResponse({ response }) {
    if (response.headers.get('content-type')?.startsWith('text/event-stream'))
      response.headers.set('x-accel-buffering', 'no');
  },
});

/**
 * `/graphql` over HTTP with server-sent events, GraphiQL without internet, and graphql-transport-ws.
 * @returns a function that disconnects all subscribers so that they reconnect, to another process: WebSockets are
 *   closed as "going away"; an event stream is cut off, since an orderly end would mean that the subscription is
 *   complete
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
  const yoga = createYoga({
    schema,
    context: () => services as never,
    multipart: false,
    cors: false, // Yoga's own would allow every origin; server.ts allows those of the settings
    maxRequestBodySize: false as never, // request-bodies.ts limits JSON bodies and streams files
    logging: false,
    landingPage: false,
    maskedErrors: { maskError: mask, errorMessage: INTERNAL_MESSAGE },
    // server-sent events, not WebSocket: they pass every proxy
    graphiql: { title: 'Dataset reports', subscriptionsProtocol: 'SSE' },
    // loaded when it is first opened: its page, one large string, takes 47 MiB of memory
    renderGraphiQL: async (options) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options) as never,
    plugins: [
      useDocumentChecks(limit),
      useRequestErrors(),
      useLiveStreams(),
      useBoundedRequests(services.config) as Plugin,
    ],
  });
  const streams = new Set<ServerResponse>(); // open connections
  app.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: async (request, reply) => {
      keepHeaders(reply);
      reply.hijack();
      const { accept = '' } = request.headers;
      if (request.method === 'GET' && accept.includes('text/html'))
        reply.raw.setHeader('content-security-policy', GRAPHIQL_POLICY);
      if (accept.includes('text/event-stream')) {
        streams.add(reply.raw);
        reply.raw.once('close', () => streams.delete(reply.raw));
      }
      // without it Yoga takes the target as it was sent: with a prefix, or as an absolute URL, which is not a path
      Object.assign(request.raw, { originalUrl: request.url });
      await yoga(request.raw, reply.raw);
    },
  });

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
  return async () => {
    await running.dispose();
    for (const response of streams) response.socket?.destroySoon();
  };
}
