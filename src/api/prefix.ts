import type { FastifyInstance } from 'fastify';
import { SettingError } from '../core/errors.ts';

/**
 * Makes requests of proxies that pass the path of `PUBLIC_URL` on equal to those of proxies that strip it.
 * @returns a function from the target of a request (path and query) to its target here
 */
export function prefixRemover(publicUrl: URL | undefined): (target: string) => string {
  const prefix = prefixOf(publicUrl);
  return (target) => {
    // an absolute URL, as clients send it to a proxy: HTTP requires every server to accept it
    const own = target.replace(/^https?:\/\/[^/?]*/i, '') || '/';
    return prefix !== '' && own.startsWith(`${prefix}/`) ? own.slice(prefix.length) : own;
  };
}

/**
 * Redirects `/reports` to `/reports/`, since the page's addresses are relative to the folder. Called before any route
 * is added.
 * @returns a function to call once all routes are added: it throws a SettingError when one of them begins like the path
 *   of `PUBLIC_URL`, since a request could mean either
 */
export function registerPrefix(app: FastifyInstance, publicUrl: URL | undefined): () => void {
  const prefix = prefixOf(publicUrl);
  if (prefix === '') return () => {};
  const first = prefix.split('/')[1]!;
  let taken = false;
  app.addHook('onRoute', ({ url }) => {
    taken ||= url.split('/')[1] === first; // thrown here, it would end the process
  });
  return () => {
    if (taken)
      throw new SettingError(
        `PUBLIC_URL cannot have the path ${prefix}/: the service itself has addresses that begin with /${first}. ` +
          'Choose another path, like /reports/.',
      );
    app.get(prefix, { schema: { hide: true } }, async (_request, reply) =>
      // relative, so that it holds whatever else the proxy does to the path
      reply.redirect(`${prefix.slice(prefix.lastIndexOf('/') + 1)}/`, 308),
    );
  };
}

/** `/reports`, or nothing. */
const prefixOf = (publicUrl: URL | undefined): string => publicUrl?.pathname.replace(/\/$/, '') ?? '';
