import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import accepts from '@fastify/accepts';
import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError, ERROR_CODES, type ErrorCode, failureLevel, toAppError } from '../core/errors.ts';
import { readinessProblems } from '../services/readiness.ts';
import { DOCS_POLICY } from './content-policies.ts';
import { attachGraphql } from './graphql/server.ts';
import { registerMetrics } from './metrics.ts';
import { originCheck } from './origins.ts';
import { prefixRemover, registerPrefix } from './prefix.ts';
import { graphqlProblem, problem, respondToBrokenRequest } from './problems.ts';
import { askForBody, lingerAfterRefusal } from './request-body.ts';
import { openapiDocument } from './rest/document.ts';
import { checkQuery } from './rest/parameters.ts';
import { registerReportRoutes } from './rest/report-routes.ts';
import { registerBodies, registerRoutes } from './rest/routes.ts';
import { registerRowRoutes } from './rest/row-routes.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { refuseUnknownRoutes } from './unknown-routes.ts';
import { readPages, registerWeb } from './web.ts';

/** A refusal by Fastify itself (a URL it cannot decode, a body it cannot take) in the project's codes. */
function fromFastify(error: unknown): AppError {
  const status = (error as { statusCode?: number }).statusCode;
  if (error instanceof AppError || !status || status >= 500) return toAppError(error);
  const known = Object.entries(ERROR_CODES).find(([, entry]) => entry.status === status)?.[0];
  // a status without a code here (414, a part of the path that is too long) is the client's mistake as well
  return new AppError((known as ErrorCode | undefined) ?? 'BAD_REQUEST', (error as Error).message, { cause: error });
}

/**
 * How long requests are still taken once a shutdown has begun. Every response then closes its connection: clients that
 * keep theirs, and balancers that poll /ready, go elsewhere before anything is closed on them.
 */
const DRAIN_MILLISECONDS = 500;
const IDLE_MILLISECONDS = 100;

/** How long a browser may keep the response to a preflight request. */
const CORS_SECONDS = 600;
/** Most bytes of a body for a route that needs none. */
const BODY_BYTES = 1 << 20;
/** A request whose head has not arrived within this time is cut off (Node responds with 408). */
const HEAD_MILLISECONDS = 15_000;
const CHECK_MILLISECONDS = 3_000;

/** The HTTP server: REST, GraphQL over HTTP, server-sent events and WebSocket, documentation. */
export async function createServer(services: Services): Promise<FastifyInstance> {
  const { publicUrl } = services.config;
  const app = fastifyFor(services);
  const pages = readPages(services.log);
  const finishPrefix = registerPrefix(app, publicUrl);
  refuseBodies(app);
  const shutdown = drainAtShutdown(app, services);
  const wrongOrigin = originCheck(services.config);
  app.addHook('onRequest', async ({ raw }, reply) => {
    setSecurityHeaders(reply.raw);
    lingerAfterRefusal(raw, reply.raw);
    const refusal = wrongOrigin(raw);
    if (refusal) throw refusal;
  });
  await registerCors(app, services);
  await registerDocs(app);
  refuseUnknownRoutes(app);
  app.addHook('onRequest', checkQuery);
  registerMetrics(app, services); // counts the requests of all routes that are added after it
  await app.register(async (scope) => {
    scope.addHook('preParsing', async ({ raw }, reply) => askForBody(raw, reply.raw, BODY_BYTES));
    registerRoutes(scope, services);
    await scope.register(accepts);
    registerReportRoutes(scope, services);
    registerRowRoutes(scope, services, pages);
  });
  await app.register(async (scope) => {
    registerBodies(scope, services);
    shutdown.closeSubscriptions = attachGraphql(scope, app.server, services, wrongOrigin);
  });
  if (pages) registerWeb(app, pages);
  app.get('/openapi.json', async () => ({ ...openapiDocument, servers: [{ url: publicUrl?.href ?? './' }] }));
  app.get('/health', async () => ({ status: 'up' }));
  app.get('/ready', async () => {
    if (shutdown.hasBegun) throw new AppError('UNAVAILABLE', 'This process is shutting down.');
    const problems = await readinessProblems(services);
    if (problems.length > 0) throw new AppError('UNAVAILABLE', problems.join(' '));
    return { status: 'ready' };
  });
  finishPrefix();
  return app;
}

/** Fastify with the project's error responses. */
function fastifyFor({ config, log }: Services): FastifyInstance {
  const { publicUrl, trustProxy } = config;
  const withoutPrefix = prefixRemover(publicUrl);
  const isWebSocket = (target = '/', protocol = '') =>
    protocol.toLowerCase() === 'websocket' && withoutPrefix(target).split('?')[0] === '/graphql';
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const refusal = fromFastify(error);
    const level = refusal.status >= 500 && failureLevel(error);
    if (level) log[level]({ err: error, method: request.method, url: request.url }, 'a request failed');
    if (refusal.status === 503) reply.header('retry-after', '2');
    if (reply.raw.headersSent) return reply.raw.destroy();
    // hooks do not run for a URL that cannot be decoded
    if (!reply.raw.hasHeader('x-content-type-options')) setSecurityHeaders(reply.raw);
    reply.code(refusal.status);
    if (request.url?.split('?')[0] === '/graphql') return reply.type('application/json').send(graphqlProblem(refusal));
    return reply.type('application/problem+json').send(problem(refusal));
  };
  const app = Fastify({
    trustProxy,
    rewriteUrl: ({ url }) => withoutPrefix(url ?? '/'),
    clientErrorHandler: respondToBrokenRequest,
    // for a URL that cannot be decoded
    frameworkErrors: (error, request, reply) => void refuse(error, request as FastifyRequest, reply as FastifyReply),
    // at shutdown: requests that have begun get their whole response, with `Connection: close`
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    requestTimeout: 0, // an upload may take as long as it needs, while it keeps coming (request-body.ts)
    http: {
      headersTimeout: HEAD_MILLISECONDS,
      connectionsCheckingInterval: CHECK_MILLISECONDS,
      // a client that offers another protocol (HTTP/2: curl --http2, Java) gets a response in HTTP/1.1 all the same
      shouldUpgradeCallback: ({ url, headers }: IncomingMessage) => isWebSocket(url, headers.upgrade),
    },
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    bodyLimit: BODY_BYTES,
  });
  app.setErrorHandler(refuse);
  return app;
}

/**
 * Only the routes of GraphQL and of uploads take a body, yet clients send one elsewhere, or name a type without sending
 * anything: it is not waited for, since it may never come, and what comes is dropped.
 */
function refuseBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  // "Expect: 100-continue": Node would ask for the body at once; here its reader does, after a check of what is
  // declared
  app.server.on('checkContinue', (request, response) => app.server.emit('request', request, response));
}

/** What a shutdown does before anything is closed. */
interface Shutdown {
  hasBegun: boolean;
  closeSubscriptions(): Promise<void>;
}

function drainAtShutdown(app: FastifyInstance, { progress }: Services): Shutdown {
  const shutdown: Shutdown = { hasBegun: false, closeSubscriptions: async () => {} };
  app.addHook('preClose', async () => {
    shutdown.hasBegun = true;
    const open = await promisify(app.server.getConnections).call(app.server);
    if (open > 0) await sleep(DRAIN_MILLISECONDS);
    await shutdown.closeSubscriptions();
    await progress.close();
    // a connection that is kept when its last response is out would hold the process until it times out
    const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_MILLISECONDS);
    app.server.once('close', () => clearInterval(idle));
  });
  // for requests that came before the shutdown began; Fastify does it for those that come after
  app.addHook('onSend', async (_request, reply) => {
    if (shutdown.hasBegun) reply.header('connection', 'close');
  });
  return shutdown;
}

async function registerCors(app: FastifyInstance, { config }: Services): Promise<void> {
  if (config.corsOrigins.length === 0) return;
  await app.register(cors, {
    origin: config.corsOrigins,
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['content-disposition', 'retry-after'],
    maxAge: CORS_SECONDS,
  });
}

/** Swagger UI at /docs. */
async function registerDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, { mode: 'static', specification: { document: openapiDocument as never } });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: () => DOCS_POLICY,
    indexPrefix: '.', // relative to the page: a proxy may serve it under a prefix that is not known here
    // the page asks the server that it comes from
    transformSpecification: (document) => ({ ...document, servers: [{ url: '../' }] }),
  });
}
