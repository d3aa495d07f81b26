import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { createYoga, type Plugin } from 'graphql-yoga';
import { INTERNAL_MESSAGE } from '../../core/errors.ts';
import { GRAPHIQL_POLICY } from '../content-policies.ts';
import { keepHeaders } from '../security-headers.ts';
import type { Services } from '../services.ts';
import { type Limit, useDocumentChecks } from './document-checks.ts';
import { defaultQueryAt } from './examples.ts';
import { useBoundedRequests } from './request-bodies.ts';
import { useRequestErrors } from './request-errors.ts';
import { schema } from './schema.ts';

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
 * `/graphql` over HTTP with server-sent events, and GraphiQL without internet.
 * @returns a function that cuts off the event streams: an orderly end would mean that the subscription is complete
 */
export function attachHttp(
  app: FastifyInstance,
  services: Services,
  limit: Limit,
  mask: (error: unknown) => Error,
): () => void {
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
    graphiql: ({ url }) => ({
      title: 'Dataset reports',
      subscriptionsProtocol: 'SSE',
      defaultQuery: defaultQueryAt((services.config.publicUrl?.href ?? new URL(url).origin).replace(/\/$/, '')),
    }),
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
  return () => {
    for (const response of streams) response.socket?.destroySoon();
  };
}
