import type { IncomingMessage } from 'node:http';
import type { Config } from '../core/config.ts';
import { AppError } from '../core/errors.ts';

/** Methods that change nothing; what a page of another origin reads with them it is not shown, without CORS. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Names and addresses of this machine, which no name server can give to another one. */
const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const ANY_ADDRESS = new Set(['0.0.0.0', '[::]']);

/** The name or address in a `Host` header or of a setting, as URLs have it; `undefined` for what can be neither. */
function nameIn(host: string): string | undefined {
  if (/[\s/\\@?#]/.test(host)) return undefined; // parts of a URL, not of a host
  const name = URL.parse(`http://${host.includes('::') && !host.startsWith('[') ? `[${host}]` : host}`)?.hostname;
  return name?.replace(/\.$/, ''); // "localhost.": the same name, written out
}

/**
 * Where requests may come from. A service that listens on this machine alone is still reached by every page that its
 * user has open: a form or a `fetch` without CORS sends what it likes, and a name of the page's own that is made to
 * lead here (DNS rebinding) reads the answers too.
 * @returns what is wrong with a request: FORBIDDEN for one that changes something and comes from a page of another
 *   origin, MISDIRECTED_REQUEST for a `Host` that is none of this service
 */
export function originCheck(config: Config): (request: IncomingMessage) => AppError | undefined {
  const { publicUrl, corsOrigins, allowedHosts } = config;
  const own = nameIn(config.host) ?? config.host;
  const isOnLoopback = LOOPBACK.test(own);
  const names = new Set([...allowedHosts, ...(publicUrl ? [publicUrl.hostname] : [])]);
  if (!ANY_ADDRESS.has(own)) names.add(own);
  const isHostChecked = (isOnLoopback || allowedHosts.length > 0) && !names.has('*');
  const origins = new Set([...corsOrigins, ...(publicUrl ? [publicUrl.origin] : [])]);

  function isOurs(host: string | undefined, { localAddress = '' }: { localAddress?: string }): boolean {
    // only programs send none, and old protocols
    if (host === undefined) return true;
    const name = nameIn(host);
    if (name === undefined) return false; // what is no name makes no address either, which GraphQL asks for
    if (!isHostChecked) return true;
    if (names.has(name) || (isOnLoopback && LOOPBACK.test(name))) return true;
    // the very address it came to: rebinding needs a name
    return name === nameIn(localAddress.replace(/^::ffff:/, ''));
  }

  function isFromElsewhere({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    if (origin !== undefined && origins.has(origin)) return false;
    // what a browser says of both addresses as it knows them, behind any proxy; none: the user's own doing
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site !== 'same-origin' && site !== 'none';
    return origin !== undefined && URL.parse(origin)?.host !== host;
  }

  return (request) => {
    const { headers, method, socket } = request;
    if (!isOurs(headers.host, socket))
      return new AppError(
        'MISDIRECTED_REQUEST',
        `This service is not known as ${JSON.stringify(headers.host?.slice(0, 200))}: ` +
          'open it by its own address, or add that name to ALLOWED_HOSTS.',
      );
    if ((!SAFE.has(method ?? '') || headers.upgrade !== undefined) && isFromElsewhere(request))
      return new AppError(
        'FORBIDDEN',
        `A page of ${JSON.stringify((headers.origin ?? 'another origin').slice(0, 200))} may not change anything ` +
          'here, unless CORS_ORIGINS names its origin.',
      );
    return undefined;
  };
}
