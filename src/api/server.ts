import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type AppError, ERROR_CODES, AppError as Refusal, toAppError } from '../core/errors.ts';
import type { Services } from './context.ts';
import { attachGraphql } from './graphql/server.ts';
import { registerMetrics } from './metrics.ts';
import { originCheck } from './origins.ts';
import { prefixRemover, registerPrefix } from './prefix.ts';
import { askForBody, lingerAfterRefusal } from './request-body.ts';
import { registerReportRoutes } from './rest/report-routes.ts';
import { registerRoutes, registerUpload } from './rest/routes.ts';
import { DOCS_POLICY, setSecurityHeaders } from './security-headers.ts';
import { registerWeb } from './web.ts';

const problem = (error: AppError) => ({
  type: 'about:blank',
  title: ERROR_CODES[error.code].title,
  status: error.status,
  detail: error.message,
  code: error.code,
});

/** A refusal at /graphql, for clients that look for `errors`. */
const graphqlBody = ({ message, code }: AppError) => ({ errors: [{ message, extensions: { code } }] });

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

/** How long a browser may keep what it was told of its origin. */
const CORS_SECONDS = 600;
/** Of routes that need no body, and get one all the same. */
const BODY_BYTES = 1 << 20;
/** A request whose head has not come by then is cut off (Node answers 408). */
const HEAD_MILLISECONDS = 15_000;
const CHECK_MILLISECONDS = 3_000;

/** The HTTP server: REST, GraphQL over HTTP, server-sent events and WebSocket, documentation. */
export async function createServer(services: Services): Promise<FastifyInstance> {
  const { log } = services;
  const { publicUrl, trustProxy } = services.config;
  const withoutPrefix = prefixRemover(publicUrl);
  const isWebSocket = (target = '/', protocol = '') =>
    protocol.toLowerCase() === 'websocket' && withoutPrefix(target).split('?')[0] === '/graphql';
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = fromFastify(error);
    if (refusal.status >= 500) log.error({ err: error, method: request.method, url: request.url }, 'a request failed');
    if (refusal.status === 503) reply.header('retry-after', '2');
    if (reply.raw.headersSent) return reply.raw.destroy();
    if (!reply.raw.hasHeader('x-content-type-options')) setSecurityHeaders(reply.raw); // a URL that cannot be decoded comes past the hooks
    if (request.url?.split('?')[0] === '/graphql') return reply.code(refusal.status).send(graphqlBody(refusal));
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
    requestTimeout: 0, // an upload may take as long as it needs, while it keeps coming (request-body.ts)
    http: {
      headersTimeout: HEAD_MILLISECONDS,
      connectionsCheckingInterval: CHECK_MILLISECONDS,
      // other protocols that a client offers (HTTP/2: curl --http2, Java) are passed over: it is answered as if it had not asked
      shouldUpgradeCallback: ({ url, headers }: IncomingMessage) => isWebSocket(url, headers.upgrade),
    },
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    bodyLimit: BODY_BYTES,
  });
  // bodies are written by this project alone: nothing to check, and fast-json-stringify would cut what the schema lacks
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setValidatorCompiler(() => () => true);
  app.setErrorHandler(refuse);
  // No route but those of GraphQL and uploads takes a body, yet clients send one, or name a type without sending anything: it is not
  // waited for (it may never come), and what comes is dropped.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  // "Expect: 100-continue": Node would ask for the body at once; here whoever reads it does, after it was looked at what is declared
  app.server.on('checkContinue', (request, response) => app.server.emit('request', request, response));
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
  const wrongOrigin = originCheck(services.config);
  app.addHook('onRequest', async ({ raw }, reply) => {
    setSecurityHeaders(reply.raw);
    lingerAfterRefusal(raw, reply.raw);
    const refusal = wrongOrigin(raw);
    if (refusal) throw refusal;
  });
  const { corsOrigins } = services.config;
  if (corsOrigins.length > 0)
    await app.register(cors, {
      origin: corsOrigins,
      methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
      exposedHeaders: ['content-disposition', 'retry-after'],
      maxAge: CORS_SECONDS,
    });
  // those that came before the shutdown began: Fastify does it for those that come after
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });

  /** Where the API is, as a document says that is `up` from its root. */
  const serversFor = (up: string) => [{ url: publicUrl?.href ?? up }];
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
    staticCSP: true,
    transformStaticCSP: () => DOCS_POLICY,
    indexPrefix: '.', // relative to the page: it may be under a prefix that nobody has told
    transformSpecification: (document) => ({ ...document, servers: serversFor('../') }),
  });
  const methods = new Map<string, Set<string>>(); // one entry a route
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  registerMetrics(app, services); // counts the requests of all routes that come after
  await app.register(async (scope) => {
    scope.addHook('preParsing', async ({ raw }, reply) => askForBody(raw, reply.raw, BODY_BYTES));
    registerRoutes(scope, services);
    await registerReportRoutes(scope, services);
  });
  await app.register(async (scope) => {
    registerUpload(scope, services);
    sendSubscribersAway = attachGraphql(scope, app.server, services, wrongOrigin);
  });

  registerWeb(app);
  app.get('/openapi.json', { schema: { hide: true } }, async () => ({ ...app.swagger(), servers: serversFor('./') }));
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

  registerPrefix(app, publicUrl, methods.keys());

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
