import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../core/errors.ts';

/**
 * The response to requests for which no route is added after this call: 405 with `Allow` for another method on a known
 * path, else 404. The body is not looked at before, so its type or length makes no difference.
 */
export function refuseUnknownRoutes(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>(); // one entry per route
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  let patterns: { allowed: Set<string>; pattern: RegExp }[] = [];
  app.addHook('onReady', async () => {
    patterns = [...methods]
      .filter(([url]) => !url.includes('*'))
      .map(([url, allowed]) => ({
        allowed,
        pattern: new RegExp(`^${url.replaceAll('.', '\\.').replace(/:[^/]+/g, '[^/]+')}/?$`),
      }));
  });
  const refuse = (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0]!;
    const known = patterns.filter(({ pattern }) => pattern.test(path)).flatMap(({ allowed }) => [...allowed]);
    const allowed = [...new Set(known)].join(', ');
    if (!allowed)
      throw new AppError('NOT_FOUND', `There is nothing at ${path.slice(0, 200)}. /docs lists what there is.`);
    reply.header('allow', allowed);
    throw new AppError('METHOD_NOT_ALLOWED', `${request.method} is not allowed here. Allowed: ${allowed}.`);
  };
  app.setNotFoundHandler((request, reply) => refuse(request, reply));
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) refuse(request, reply);
  });
}
