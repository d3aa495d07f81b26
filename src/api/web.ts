import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { APPLICATION_POLICY, GRID_POLICY } from './content-policies.ts';

const FOLDER = fileURLToPath(new URL('../../build/web', import.meta.url));
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A file's bytes, plain and compressed, which happens once at the start. */
interface Body {
  plain: Buffer;
  gzip: Buffer;
}

const GZIP = /(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?:1|0\.\d*[1-9]))/i;

function send({ plain, gzip }: Body, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!reply.hasHeader('vary')) reply.header('vary', 'accept-encoding');
  return GZIP.test(request.headers['accept-encoding'] ?? '')
    ? reply.header('content-encoding', 'gzip').send(gzip)
    : reply.send(plain);
}

const read = (...path: string[]): Body => {
  const plain = readFileSync(join(FOLDER, ...path));
  return { plain, gzip: gzipSync(plain, { level: 9 }) };
};

/** @returns `undefined` without a build */
function readPage(name: string): Body | undefined {
  try {
    return read(name);
  } catch {
    return undefined;
  }
}

function sendPage(body: Body, policy: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' });
  return send(body, request, reply.type('text/html; charset=utf-8'));
}

/**
 * Browsers that open the rows of a dataset get the page that shows them, whatever its query says: the page reads it,
 * and asks for rows by the same address with `format=json`. Without a build the route responds by itself.
 */
export function registerRowsPage(app: FastifyInstance): void {
  const page = readPage('rows.html');
  if (!page) return;
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== '/datasets/:id/rows' || 'format' in (request.query as object)) return;
    if (request.accepts().type(['json', 'csv', 'html']) !== 'html') return;
    return sendPage(page, GRID_POLICY, request, reply.header('vary', 'accept, accept-encoding'));
  });
}

/**
 * Serves the browser application at `/`: a page and its few built files, held in memory. Without a build, nothing is
 * served.
 */
export function registerWeb(app: FastifyInstance): void {
  const index = readPage('index.html');
  if (!index) {
    app.log.warn('the browser application is not built');
    return;
  }
  const page = { schema: { hide: true } };
  app.get('/', page, async (request, reply) => sendPage(index, APPLICATION_POLICY, request, reply));
  for (const name of readdirSync(join(FOLDER, 'assets'))) {
    const body = read('assets', name);
    // the name contains a hash of the content
    app.get(`/assets/${name}`, page, async (request, reply) => {
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      return send(body, request, reply.type(`${TYPES[extname(name)] ?? 'application/octet-stream'}; charset=utf-8`));
    });
  }
}
