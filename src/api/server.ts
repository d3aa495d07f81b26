import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import cors from '@fastify/cors';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type AppError, ERROR_CODES, type ErrorCode, AppError as Refusal, toAppError } from '../core/errors.ts';
import { troubles } from '../services/readiness.ts';
import type { Services } from './context.ts';
import { attachGraphql } from './graphql/server.ts';
import { registerMetrics } from './metrics.ts';
import { originCheck } from './origins.ts';
import { prefixRemover, registerPrefix } from './prefix.ts';
import { answerBrokenRequest, graphqlProblem, problem } from './problems.ts';
import { askForBody, lingerAfterRefusal } from './request-body.ts';
import { openapiDocument } from './rest/document.ts';
import { checkQuery } from './rest/parameters.ts';
import { registerReportRoutes } from './rest/report-routes.ts';
import { registerRoutes, registerUpload } from './rest/routes.ts';
import { DOCS_POLICY, setSecurityHeaders } from './security-headers.ts';
import { refuseUnknownRoutes } from './unknown-routes.ts';
import { registerWeb } from './web.ts';

/** What Fastify itself refuses (a URL it cannot decode, a body it cannot take) in the project's codes. */
function fromFastify(error: unknown): AppError {
  const status = (error as { statusCode?: number }).statusCode;
  if (error instanceof Refusal || !status || status >= 500) return toAppError(error);
  const known = Object.entries(ERROR_CODES).find(([, entry]) => entry.status === status)?.[0];
  // what has no code here (414, a part of the path that is too long) is the client's mistake all the same
  return new Refusal((known as ErrorCode | undefined) ?? 'BAD_REQUEST', (error as Error).message, { cause: error });
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
    reply.code(refusal.status);
    if (request.url?.split('?')[0] === '/graphql') return reply.type('application/json').send(graphqlProblem(refusal));
    return reply.type('application/problem+json').send(problem(refusal));
  };
  let isClosing = false;
  const app = Fastify({
    trustProxy,
    rewriteUrl: ({ url }) => withoutPrefix(url ?? '/'),
    clientErrorHandler: answerBrokenRequest,
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
  const finishPrefix = registerPrefix(app, publicUrl);
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

  await app.register(swagger, { mode: 'static', specification: { document: openapiDocument as never } });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    transformStaticCSP: () => DOCS_POLICY,
    indexPrefix: '.', // relative to the page: it may be under a prefix that nobody has told
    transformSpecification: (document) => ({ ...document, servers: [{ url: '../' }] }), // its own page asks where it is itself
  });
  refuseUnknownRoutes(app);
  app.addHook('onRequest', checkQuery);
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
  app.get('/openapi.json', async () => ({ ...openapiDocument, servers: [{ url: publicUrl?.href ?? './' }] }));
  app.get('/health', async () => ({ status: 'up' }));
  app.get('/ready', async () => {
    if (isClosing) throw new Refusal('UNAVAILABLE', 'This process is shutting down.');
    const found = await troubles(services);
    if (found.length > 0) throw new Refusal('UNAVAILABLE', found.join(' '));
    return { status: 'ready' };
  });
  finishPrefix();
  return app;
}
