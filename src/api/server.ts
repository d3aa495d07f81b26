import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type AppError, ERROR_CODES, AppError as Refusal, toAppError } from '../core/errors.ts';
import type { Services } from './context.ts';
import { attachGraphql } from './graphql/server.ts';
import { registerMetrics } from './metrics.ts';
import { prefixRemover, registerPrefix } from './prefix.ts';
import { registerReportRoutes } from './rest/report-routes.ts';
import { registerRoutes, registerUpload } from './rest/routes.ts';
import { registerWeb } from './web.ts';

const problem = (error: AppError) => ({
  type: 'about:blank',
  title: ERROR_CODES[error.code].title,
  status: error.status,
  detail: error.message,
  code: error.code,
});

/** What Fastify itself refuses (a URL it cannot decode, a body it cannot take) in the project's codes. */
function fromFastify(error: unknown): AppError {
  const status = (error as { statusCode?: number }).statusCode;
  const code = Object.entries(ERROR_CODES).find(([, entry]) => entry.status === status)?.[0] as
    | keyof typeof ERROR_CODES
    | undefined;
  if (code && status! < 500 && !(error instanceof Refusal))
    return new Refusal(code, (error as Error).message, { cause: error });
  return toAppError(error);
}

/**
 * Once a shutdown has begun, requests are still taken for so long, and every answer closes its connection: clients that keep theirs,
 * and balancers that ask /ready, go elsewhere before anything is closed on them.
 */
const DRAIN_MILLISECONDS = 500;
const IDLE_MILLISECONDS = 100;

/** The HTTP server: REST, GraphQL over HTTP, server-sent events and WebSocket, documentation. */
export async function createServer(services: Services): Promise<FastifyInstance> {
  const { log } = services;
  const { publicUrl, trustProxy } = services.config;
  const withoutPrefix = prefixRemover(publicUrl);
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = fromFastify(error);
    if (refusal.status >= 500) log.error({ err: error, method: request.method, url: request.url }, 'a request failed');
    if (refusal.status === 503) reply.header('retry-after', '2');
    if (reply.raw.headersSent) return reply.raw.destroy();
    return reply
      .code(refusal.status)
      .type('application/problem+json')
      .send(JSON.stringify(problem(refusal)));
  };
  let isClosing = false;
  const app = Fastify({
    trustProxy,
    rewriteUrl: ({ url }) => withoutPrefix(url ?? '/'),
    frameworkErrors: (error, request, reply) => void refuse(error, request as FastifyRequest, reply as FastifyReply), // a URL that cannot be decoded
    // at shutdown: whoever is served at the moment is served to the end, and told to close the connection
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestTimeout: 0, // an upload may take as long as it needs
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    bodyLimit: 1 << 20,
  });
  const finishPrefix = registerPrefix(app, publicUrl);
  // bodies are written by this project alone: nothing to check, and fast-json-stringify would cut what the schema lacks
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setValidatorCompiler(() => () => true);
  app.setErrorHandler(refuse);
  let sendSubscribersAway = async () => {};
  app.addHook('preClose', async () => {
    isClosing = true;
    const open = await promisify(app.server.getConnections).call(app.server);
    if (open > 0) await sleep(DRAIN_MILLISECONDS);
    await sendSubscribersAway();
    await services.progress.close();
    // a connection that is kept when its last answer is out would hold the process until it times out
    const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_MILLISECONDS);
    app.server.once('close', () => clearInterval(idle));
  });
  // those that came before the shutdown began: Fastify does it for those that come after
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Dataset reports',
        version: '1.0.0',
        description: 'Upload a CSV or JSON dataset, process it, read its report.',
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    indexPrefix: '.', // relative to the page: it may be under a prefix that nobody has told
    transformSpecification: (document) => ({ ...document, servers: [{ url: '../' }] }), // its own page asks where it is itself
  });
  const methods = new Map<string, Set<string>>(); // one entry a route
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  registerMetrics(app, services); // counts the requests of all routes that come after
  await app.register(async (scope) => {
    // no route of these takes a body, yet clients send one, or name a type without sending anything
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null));
    registerRoutes(scope, services);
    await registerReportRoutes(scope, services);
  });
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    registerUpload(scope, services);
    sendSubscribersAway = attachGraphql(scope, app.server, services, withoutPrefix);
  });

  registerWeb(app);
  app.get('/openapi.json', { schema: { hide: true } }, async () => ({
    ...app.swagger(),
    servers: [{ url: publicUrl?.href ?? './' }],
  }));
  app.get('/health', { schema: { hide: true } }, async () => ({ status: 'up' }));
  app.get('/ready', { schema: { hide: true } }, async () => {
    if (isClosing) throw new Refusal('UNAVAILABLE', 'This process is shutting down.');
    await Promise.all([services.database.$queryRaw`SELECT 1`, services.storage.ping(), services.queue.ping()]).catch(
      (error) => {
        throw new Refusal('UNAVAILABLE', 'A service this needs does not answer.', { cause: error });
      },
    );
    return { status: 'ready' };
  });

  finishPrefix();
  // Another method on a known path: 405 with what is allowed
  const patterns = [...methods]
    .filter(([url]) => !url.includes('*'))
    .map(([url, allowed]) => ({ allowed, pattern: new RegExp(`^${url.replace(/:[^/]+/g, '[^/]+')}/?$`) }));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!;
    const known = patterns.filter(({ pattern }) => pattern.test(path)).flatMap(({ allowed }) => [...allowed]);
    const refusal =
      known.length > 0
        ? new Refusal(
            'METHOD_NOT_ALLOWED',
            `${request.method} is not possible here; allowed: ${[...new Set(known)].join(', ')}.`,
          )
        : new Refusal('NOT_FOUND', `There is nothing at ${JSON.stringify(path.slice(0, 200))}.`);
    if (known.length > 0) reply.header('allow', [...new Set(known)].join(', '));
    return reply.code(refusal.status).type('application/problem+json').send(problem(refusal));
  });
  return app;
}
