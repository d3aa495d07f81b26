import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../core/log.ts';
import { APPLICATION_POLICY } from './content-policies.ts';

const FOLDER = fileURLToPath(new URL('../../build/web', import.meta.url));
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

/** A file's bytes, plain and compressed, which happens once at the start. */
interface Body {
  plain: Buffer;
  gzip: Buffer;
}

const GZIP = /(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?:1|0\.\d*[1-9]))/i;

function send({ plain, gzip }: Body, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const varies = reply.getHeader('vary');
  reply.header('vary', varies ? `${varies}, accept-encoding` : 'accept-encoding');
  return GZIP.test(request.headers['accept-encoding'] ?? '')
    ? reply.header('content-encoding', 'gzip').send(gzip)
    : reply.send(plain);
}

/** The pages of the browser application, held in memory with their few files; undefined where they are not built. */
export interface WebPages {
  index: Body;
  /** Of a dataset's rows: it reads the address that it is served at. */
  rows: Body;
}

const read = (...path: string[]): Body => {
  const plain = readFileSync(join(FOLDER, ...path));
  return { plain, gzip: gzipSync(plain, { level: 9 }) };
};

/** Reads the built pages, at the start. */
export function readPages(log: Logger): WebPages | undefined {
  try {
    return { index: read('index.html'), rows: read('rows.html') };
  } catch {
    log.warn('the browser application is not built');
    return undefined;
  }
}

/** Responds with a page. @param policy what it may load and run */
export function sendPage(page: Body, policy: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' });
  return send(page, request, reply.type('text/html; charset=utf-8'));
}

/** Serves the browser application at `/`, and the files of all pages. */
export function registerWeb(app: FastifyInstance, { index }: WebPages): void {
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
