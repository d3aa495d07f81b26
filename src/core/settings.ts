import { isIP } from 'node:net';
import { SettingError } from './errors.ts';

/** Environment variables by name. */
export type Environment = Record<string, string | undefined>;

/** Networks that Fastify's `trustProxy` knows by name. */
const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * Reads settings by name. An empty variable counts as not set. Every reader throws a SettingError that names the
 * variable.
 */
export class Settings {
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  /** The value without white space around it. */
  optional(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** The value without white space around it; `fallback` when it is not set. */
  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  /** A whole number in decimal digits, from `low` to `high`, both included. */
  integer(name: string, fallback: number, low: number, high: number): number {
    const raw = this.optional(name);
    if (raw === undefined) return fallback;
    const value = Number(raw);
    if (!/^\d+$/.test(raw) || value < low || value > high)
      throw new SettingError(`${name} must be a whole number from ${low} to ${high}, not ${JSON.stringify(raw)}.`);
    return value;
  }

  /** A port of TCP, from 1 to 65,535. */
  port(name: string, fallback: number): number {
    return this.integer(name, fallback, 1, 65_535);
  }

  /** One of the allowed values, in their spelling. */
  oneOf<const Value extends string>(name: string, fallback: Value, allowed: readonly Value[]): Value {
    const value = this.text(name, fallback);
    const found = allowed.find((each) => each === value);
    if (found === undefined)
      throw new SettingError(`${name} must be one of ${allowed.join(', ')}, not ${JSON.stringify(value)}.`);
    return found;
  }

  /** `true` or `false`, in lower case. */
  isTrue(name: string, fallback: boolean): boolean {
    return this.oneOf(name, fallback ? 'true' : 'false', ['true', 'false']) === 'true';
  }

  /** The name or address of a host, without a port. */
  host(name: string): string | undefined {
    const value = this.optional(name);
    if (value && !/^[\w.:-]+$/.test(value))
      throw new SettingError(`${name} must be the name or address of a host, not ${JSON.stringify(value)}.`);
    return value;
  }

  /** The name of a bucket: 3 to 63 lower case letters, digits, dots and hyphens, as S3 allows. */
  bucket(name: string, fallback: string): string {
    const value = this.text(name, fallback);
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value))
      throw new SettingError(
        `${name} must be 3 to 63 lower-case letters, digits, dots and hyphens, not ${JSON.stringify(value)}.`,
      );
    return value;
  }

  /** A queue of RabbitMQ that this project alone consumes. */
  queueName(name: string, fallback: string): string {
    const value = this.text(name, fallback);
    if (value === 'celery')
      throw new SettingError(
        `${name} must not be "celery": that queue belongs to stock Celery clients, ` +
          'whose messages are processed anyway.',
      );
    if (!/^(?!amq\.)[\w.:-]{1,200}$/.test(value))
      throw new SettingError(
        `${name} must be a name of at most 200 letters, digits and . : _ - that does not begin with "amq.", ` +
          `not ${JSON.stringify(value)}.`,
      );
    return value;
  }

  /** An address of HTTP whose path ends with a slash. */
  url(name: string): URL | undefined {
    const raw = this.optional(name);
    if (!raw) return undefined;
    const value = URL.parse(raw);
    const isBare = value && !value.username && !value.password && !value.search && !value.hash;
    if (!isBare || !/^https?:$/.test(value.protocol) || !/^(?:\/[\w.~-]+)*\/?$/.test(value.pathname))
      throw new SettingError(
        `${name} must be the address that people open, like https://example.org/reports/, not ${JSON.stringify(raw)}.`,
      );
    if (!value.pathname.endsWith('/')) value.pathname += '/';
    return value;
  }

  /**
   * Addresses and networks of proxies; `false`: none. A number of proxies in a row is refused: with it, a client that
   * reaches the port directly would be trusted like a proxy.
   */
  proxies(name: string): string[] | false {
    const raw = this.optional(name);
    if (!raw) return false;
    const list = raw.split(',').map((each) => each.trim());
    const wrong = list.find((each) => !PROXY_NETWORKS.includes(each) && !isNetwork(each));
    if (wrong !== undefined)
      throw new SettingError(
        `${name} must list the addresses or networks of your proxies ` +
          `(10.0.0.5, 10.0.0.0/8, ${PROXY_NETWORKS.join(', ')}), not ${JSON.stringify(wrong)}.`,
      );
    return list;
  }

  /** Names and addresses of hosts, as URLs spell them; `*` stands for any. */
  hostNames(name: string): string[] {
    return this.#list(name).map((each) => {
      if (each === '*') return each;
      const { hostname, host } = URL.parse(`http://${each}`) ?? {};
      if (!hostname || hostname !== host || /[/@?#]/.test(each))
        throw new SettingError(
          `${name} must list names or addresses without port or path (example.org, [::1]), ` +
            `not ${JSON.stringify(each)}.`,
        );
      return hostname;
    });
  }

  /** Origins of pages: scheme, host and port. */
  origins(name: string): string[] {
    return this.#list(name).map((each) => {
      const url = URL.parse(each);
      if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/` || each.endsWith('/'))
        throw new SettingError(
          `${name} must list origins like https://example.org or http://localhost:3000, ` +
            `not ${JSON.stringify(each)}.`,
        );
      return url.origin;
    });
  }

  #list(name: string): string[] {
    return (this.optional(name) ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean);
  }
}

/** An address, or one with the length of its prefix. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128);
}
