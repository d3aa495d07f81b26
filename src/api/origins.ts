import type { IncomingMessage } from 'node:http';
import type { Config } from '../core/config.ts';
import { AppError } from '../core/errors.ts';

/** Methods that change nothing. Without CORS, a browser does not show their responses to a page of another origin. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Names and addresses of this machine, which no name server can give to another machine. */
const LOOPBACK = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const ANY_ADDRESS = new Set(['0.0.0.0', '[::]']);

/** The name or address in a `Host` header or a setting, as URLs spell it; `undefined` when it can be neither. */
function nameIn(host: string): string | undefined {
  if (/[\s/\\@?#]/.test(host)) return undefined; // parts of a URL, not of a host
  const name = URL.parse(`http://${host.includes('::') && !host.startsWith('[') ? `[${host}]` : host}`)?.hostname;
  return name?.replace(/\.$/, ''); // "localhost." is the same name, fully qualified
}

/**
 * Checks where requests come from. Even a service that listens only on this machine can be reached by every page that
 * its user has open: a form or a `fetch` without CORS can send anything, and a page whose own name is made to resolve
 * to this address (DNS rebinding) can read the responses, too.
 * @returns a function that gives the refusal of a request, if any: FORBIDDEN when it changes something and comes from a
 *   page of another origin, MISDIRECTED_REQUEST when its `Host` is not a name of this service
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
    // only programs and old protocols send none
    if (host === undefined) return true;
    const name = nameIn(host);
    if (name === undefined) return false; // GraphQL makes a URL of it, which would fail
    if (!isHostChecked) return true;
    if (names.has(name) || (isOnLoopback && LOOPBACK.test(name))) return true;
    // the address that the connection came to: DNS rebinding needs a name
    return name === nameIn(localAddress.replace(/^::ffff:/, ''));
  }

  function isFromElsewhere({ headers }: IncomingMessage): boolean {
    const { origin, host } = headers;
    if (origin !== undefined && origins.has(origin)) return false;
    // the browser's own comparison, which no proxy distorts; `none`: the user typed the address or used a bookmark
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site !== 'same-origin' && site !== 'none';
    return origin !== undefined && URL.parse(origin)?.host !== host;
  }

  return (request) => {
    const { headers, method, socket } = request;
    if (!isOurs(headers.host, socket))
      return new AppError(
        'MISDIRECTED_REQUEST',
        `${JSON.stringify(headers.host?.slice(0, 200))} is not a name of this service. ` +
          'Open it by its own address, or add that name to ALLOWED_HOSTS.',
      );
    if ((!SAFE.has(method ?? '') || headers.upgrade !== undefined) && isFromElsewhere(request))
      return new AppError(
        'FORBIDDEN',
        `A page of ${(headers.origin ?? 'another origin').slice(0, 200)} may not change anything here. ` +
          'Add its origin to CORS_ORIGINS to allow it.',
      );
    return undefined;
  };
}
