import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
  reply.header('vary', 'accept-encoding');
  return GZIP.test(request.headers['accept-encoding'] ?? '')
    ? reply.header('content-encoding', 'gzip').send(gzip)
    : reply.send(plain);
}

/**
 * Serves the browser application at `/`: a page and its few built files, held in memory. Without a build, nothing is
 * served.
 */
export function registerWeb(app: FastifyInstance): void {
  const read = (...path: string[]): Body => {
    const plain = readFileSync(join(FOLDER, ...path));
    return { plain, gzip: gzipSync(plain, { level: 9 }) };
  };
  let index: Body;
  try {
    index = read('index.html');
  } catch {
    app.log.warn('the browser application is not built');
    return;
  }
  const page = { schema: { hide: true } };
  app.get('/', page, async (request, reply) => {
    reply.headers({
      'content-security-policy': APPLICATION_POLICY,
      'cache-control': 'no-cache',
    });
    return send(index, request, reply.type('text/html; charset=utf-8'));
  });
  for (const name of readdirSync(join(FOLDER, 'assets'))) {
    const body = read('assets', name);
    // the name contains a hash of the content
    app.get(`/assets/${name}`, page, async (request, reply) => {
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      return send(body, request, reply.type(`${TYPES[extname(name)] ?? 'application/octet-stream'}; charset=utf-8`));
    });
  }
}
