import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { DATA_POLICY } from './content-policies.ts';

/**
 * Headers of every response. Pages have a policy of their own instead of this one, which allows nothing when a browser
 * shows the response.
 */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': DATA_POLICY,
} as const;

/** Sets the headers of every response. A route may set any of them otherwise. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

/** For a route that responds without Fastify: keeps the headers that hooks have set so far (CORS). */
export function keepHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) reply.raw.setHeader(name, value);
}
