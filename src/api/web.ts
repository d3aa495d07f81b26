import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const FOLDER = join(import.meta.dirname, '../../build/web');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The browser application at `/`: a page and its few built files, held in memory. Nothing is served while it is not built. */
export function registerWeb(app: FastifyInstance): void {
  const read = (...path: string[]) => readFileSync(join(FOLDER, ...path));
  let index: Buffer;
  try {
    index = read('index.html');
  } catch {
    app.log.warn('the browser application is not built');
    return;
  }
  const page = { schema: { hide: true } };
  app.get('/', page, async (_request, reply) =>
    reply
      .headers({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
        'referrer-policy': 'same-origin',
      })
      .type('text/html; charset=utf-8')
      .send(index),
  );
  for (const name of readdirSync(join(FOLDER, 'assets'))) {
    const body = read('assets', name);
    // the name has a hash of the content in it
    app.get(`/assets/${name}`, page, async (_request, reply) =>
      reply
        .headers({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
        .type(`${TYPES[extname(name)] ?? 'application/octet-stream'}; charset=utf-8`)
        .send(body),
    );
  }
}
