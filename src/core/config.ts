import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { SettingError } from './errors.ts';

/** Where Postgres is. `undefined` in Config means: embedded. */
export interface PostgresConfig {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** As pg takes it: none, any certificate, or one that is trusted and names the host. */
  ssl: boolean | { rejectUnauthorized: false };
}
export interface RabbitmqConfig {
  host: string;
  port: number;
  user: string;
  password: string;
  vhost: string;
  /** The queue that this project alone consumes; its dead letters have the same name with `.dead`. */
  queue: string;
  /** The queue `celery` holds tasks of other applications, too: they are left there. */
  isCeleryShared: boolean;
}
export interface S3Config {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
}
export interface Config {
  host: string;
  port: number;
  /** Where others reach the service, through a proxy; its path ends with a slash. `undefined`: at `host` and `port` alone. */
  publicUrl: URL | undefined;
  /** Whose `X-Forwarded-*` are believed: proxies by address, network or name of a network. `false`: nobody's. */
  trustProxy: string[] | false;
  /** Names by which the service may be reached besides its own; `*`: any. */
  allowedHosts: string[];
  /** Origins (`https://example.org`) whose pages may use the service. */
  corsOrigins: string[];
  dataDir: string;
  logLevel: string;
  maxUploadBytes: number;
  /** Bytes a second, over half a minute, below which a body is given up; 0: never. */
  minUploadRate: number;
  /** Whether GraphQL tells its schema. */
  introspection: boolean;
  /** Connections of one process to Postgres, the LISTEN client not counted. */
  poolSize: number;
  /** Jobs that one worker processes at a time; of large datasets two. */
  workerConcurrency: number;
  /** Attempts of a job, the first counted, before a passing fault becomes its failure. */
  maxAttempts: number;
  /** Seconds that an attempt owns its job without a heartbeat. */
  leaseSeconds: number;
  /** Seconds that running jobs get to end after SIGTERM before they are handed back. */
  shutdownGraceSeconds: number;
  /** Minutes between two cleanups; 0: none. */
  cleanupMinutes: number;
  /** Minutes after which an object without a row counts as left behind. */
  orphanMinutes: number;
  /** Days that a dataset is kept; 0: for ever. */
  retentionDays: number;
  uploadsBucket: string;
  reportsBucket: string;
  postgres: PostgresConfig | undefined;
  /** The Postgres behind `postgres` where that is a pooler: for what lives as long as a session. */
  postgresDirect: PostgresConfig | undefined;
  rabbitmq: RabbitmqConfig | undefined;
  s3: S3Config | undefined;
}

/** By libpq's names. */
const SSL = { disable: false, require: { rejectUnauthorized: false }, 'verify-full': true } as const;

type Environment = Record<string, string | undefined>;

/** Networks that Fastify's `trustProxy` knows by name. */
const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** An address, or one with the length of its prefix. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

/**
 * Reads every setting once. An empty variable counts as not set.
 * @throws SettingError naming the variable that is wrong
 */
export function readConfig(env: Environment): Config {
  const text = (name: string, fallback: string): string => env[name]?.trim() || fallback;
  const integer = (name: string, fallback: number, low: number, high: number): number => {
    const raw = env[name]?.trim();
    if (!raw) return fallback;
    const value = Number(raw);
    if (!/^\d+$/.test(raw) || value < low || value > high) {
      throw new SettingError(`${name} must be a whole number from ${low} to ${high}, not ${JSON.stringify(raw)}.`);
    }
    return value;
  };
  const oneOf = (name: string, fallback: string, allowed: string[]): string => {
    const value = text(name, fallback);
    if (!allowed.includes(value))
      throw new SettingError(`${name} must be one of ${allowed.join(', ')}, not ${JSON.stringify(value)}.`);
    return value;
  };
  const host = (name: string): string | undefined => {
    const value = env[name]?.trim();
    if (value && !/^[\w.:-]+$/.test(value))
      throw new SettingError(`${name} must be the name or address of a host, not ${JSON.stringify(value)}.`);
    return value || undefined;
  };
  const bucket = (name: string, fallback: string): string => {
    const value = text(name, fallback);
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value))
      throw new SettingError(`${name} is no valid bucket name: ${JSON.stringify(value)}.`);
    return value;
  };
  const queueName = (name: string, fallback: string): string => {
    const value = text(name, fallback);
    if (value === 'celery')
      throw new SettingError(
        `${name} must not be "celery": that queue belongs to stock Celery clients, and is consumed in any case.`,
      );
    if (!/^(?!amq\.)[\w.:-]{1,200}$/.test(value))
      throw new SettingError(
        `${name} must be a name of at most 200 letters, digits and . : _ - that does not begin with "amq.", not ${JSON.stringify(value)}.`,
      );
    return value;
  };

  const url = (name: string): URL | undefined => {
    const raw = env[name]?.trim();
    if (!raw) return undefined;
    const value = URL.parse(raw);
    const bare = value && !value.username && !value.password && !value.search && !value.hash;
    if (!bare || !/^https?:$/.test(value.protocol) || !/^(?:\/[\w.~-]+)*\/?$/.test(value.pathname))
      throw new SettingError(
        `${name} must be the address that people open, like https://example.org/reports/, not ${JSON.stringify(raw)}.`,
      );
    if (!value.pathname.endsWith('/')) value.pathname += '/';
    return value;
  };
  const proxies = (name: string): string[] | false => {
    const raw = env[name]?.trim();
    if (!raw) return false;
    // no count of proxies in a row: whoever reaches the port directly would be believed as well, so Fastify takes it as nobody
    const list = raw.split(',').map((each) => each.trim());
    const wrong = list.find((each) => !PROXY_NETWORKS.includes(each) && !isNetwork(each));
    if (wrong !== undefined)
      throw new SettingError(
        `${name} must list the addresses or networks of your proxies (10.0.0.5, 10.0.0.0/8, ${PROXY_NETWORKS.join(', ')}), not ${JSON.stringify(wrong)}.`,
      );
    return list;
  };

  const list = (name: string): string[] =>
    (env[name] ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean);
  const hostName = (name: string): string => {
    const { hostname, host } = URL.parse(`http://${name}`) ?? {};
    if (name === '*') return name;
    if (!hostname || hostname !== host || /[/@?#]/.test(name))
      throw new SettingError(
        `ALLOWED_HOSTS must list names or addresses without port or path (example.org, [::1]), not ${JSON.stringify(name)}.`,
      );
    return hostname;
  };
  const origin = (text: string): string => {
    const url = URL.parse(text);
    if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/` || text.endsWith('/'))
      throw new SettingError(
        `CORS_ORIGINS must list origins like https://example.org or http://localhost:3000, not ${JSON.stringify(text)}.`,
      );
    return url.origin;
  };

  const postgresHost = host('POSTGRES_HOST');
  const directHost = host('POSTGRES_DIRECT_HOST');
  if (directHost && !postgresHost)
    throw new SettingError('POSTGRES_DIRECT_HOST names the Postgres behind a pooler: set POSTGRES_HOST to the pooler.');
  if (!directHost && env.POSTGRES_DIRECT_PORT?.trim())
    throw new SettingError('POSTGRES_DIRECT_PORT is the port of POSTGRES_DIRECT_HOST: set that too.');
  const rabbitmqHost = host('RABBITMQ_HOST');
  const s3Host = host('S3_HOST');
  const dataDir = text('DATA_DIR', '.data');
  const postgres: PostgresConfig | undefined = postgresHost
    ? {
        host: postgresHost,
        port: integer('POSTGRES_PORT', 5432, 1, 65535),
        user: text('POSTGRES_USER', 'dataset'),
        password: text('POSTGRES_PASSWORD', 'dataset'),
        database: text('POSTGRES_DB', 'dataset'),
        ssl: SSL[oneOf('POSTGRES_SSLMODE', 'disable', Object.keys(SSL)) as keyof typeof SSL],
      }
    : undefined;
  return {
    host: text('HOST', '127.0.0.1'),
    port: integer('PORT', 4000, 0, 65535),
    publicUrl: url('PUBLIC_URL'),
    trustProxy: proxies('TRUST_PROXY'),
    allowedHosts: list('ALLOWED_HOSTS').map(hostName),
    corsOrigins: list('CORS_ORIGINS').map(origin),
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(dataDir),
    logLevel: oneOf('LOG_LEVEL', 'info', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    maxUploadBytes: integer('MAX_UPLOAD_BYTES', 10_737_418_240, 1, Number.MAX_SAFE_INTEGER),
    minUploadRate: integer('MIN_UPLOAD_RATE', 1_024, 0, 1_000_000_000),
    introspection: oneOf('GRAPHQL_INTROSPECTION', 'true', ['true', 'false']) === 'true',
    poolSize: integer('POSTGRES_POOL_SIZE', 10, 2, 1000),
    workerConcurrency: integer('WORKER_CONCURRENCY', 4, 1, 64),
    maxAttempts: integer('MAX_ATTEMPTS', 5, 1, 100),
    leaseSeconds: integer('LEASE_SECONDS', 30, 1, 3600),
    shutdownGraceSeconds: integer('SHUTDOWN_GRACE_SECONDS', 20, 0, 3600),
    cleanupMinutes: integer('CLEANUP_MINUTES', 60, 0, 10_080),
    orphanMinutes: integer('ORPHAN_MINUTES', 60, 1, 10_080),
    retentionDays: integer('RETENTION_DAYS', 0, 0, 36_500),
    uploadsBucket: bucket('S3_BUCKET_UPLOADS', 'uploads'),
    reportsBucket: bucket('S3_BUCKET_REPORTS', 'reports'),
    postgres,
    postgresDirect:
      postgres && directHost
        ? { ...postgres, host: directHost, port: integer('POSTGRES_DIRECT_PORT', 5432, 1, 65535) }
        : undefined,
    rabbitmq: rabbitmqHost
      ? {
          host: rabbitmqHost,
          port: integer('RABBITMQ_PORT', 5673, 1, 65535),
          user: text('RABBITMQ_USER', 'dataset'),
          password: text('RABBITMQ_PASSWORD', 'dataset'),
          vhost: text('RABBITMQ_VHOST', '/'),
          queue: queueName('RABBITMQ_QUEUE', 'dataset-jobs'),
          isCeleryShared: oneOf('CELERY_QUEUE_SHARED', 'false', ['true', 'false']) === 'true',
        }
      : undefined,
    s3: s3Host
      ? {
          endpoint: `${oneOf('S3_SCHEME', 'http', ['http', 'https'])}://${s3Host}:${integer('S3_PORT', 9000, 1, 65535)}`,
          region: text('S3_REGION', 'us-east-1'),
          accessKey: text('S3_ACCESS_KEY', 'minio'),
          secretKey: text('S3_SECRET_KEY', 'minio123'),
        }
      : undefined,
  };
}
