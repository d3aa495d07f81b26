import { isAbsolute, resolve } from 'node:path';
import { DEFAULTS } from './defaults.ts';
import { SettingError } from './errors.ts';
import { type Environment, Settings } from './settings.ts';

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
/** Where RabbitMQ is. `undefined` in Config means: the queue in Postgres. */
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
/** Where the object store is. `undefined` in Config means: a folder under `dataDir`. */
export interface S3Config {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
}
/** All settings, read and validated. */
export interface Config {
  host: string;
  port: number;
  /**
   * Where others reach the service, through a proxy; its path ends with a slash. `undefined`: only at `host` and
   * `port`.
   */
  publicUrl: URL | undefined;
  /** Proxies whose `X-Forwarded-*` are trusted, by address, network or name of a network. `false`: none. */
  trustProxy: string[] | false;
  /** Names by which the service may be reached besides its own; `*`: any. */
  allowedHosts: string[];
  /** Origins (`https://example.org`) whose pages may use the service. */
  corsOrigins: string[];
  dataDir: string;
  logLevel: string;
  maxUploadBytes: number;
  /** Bytes that a compressed file may have when it is unpacked. */
  maxUnpackedBytes: number;
  /** Bytes per second, over half a minute, below which a request's body is refused; 0: never. */
  minUploadRate: number;
  /** Whether GraphQL answers queries for its schema. */
  introspection: boolean;
  /** Connections of one process to Postgres, the LISTEN client not counted. */
  poolSize: number;
  /** Jobs that one worker processes at a time; of large datasets two. */
  workerConcurrency: number;
  /** Attempts of a job, the first included, before a transient fault becomes its failure. */
  maxAttempts: number;
  /** Seconds that an attempt owns its job without a heartbeat. */
  leaseSeconds: number;
  /** Seconds that running jobs get to end after SIGTERM before they are handed back. */
  shutdownGraceSeconds: number;
  /** Minutes between two cleanups; 0: none. */
  cleanupMinutes: number;
  /** Minutes after which an object without a row counts as an orphan. */
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

/** TLS by libpq's names of its modes. */
const SSL = { disable: false, require: { rejectUnauthorized: false }, 'verify-full': true } as const;
const SSL_MODES = Object.keys(SSL) as (keyof typeof SSL)[];

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/**
 * Reads every setting once. An empty variable counts as not set.
 * @throws SettingError naming the variable that is wrong
 */
export function readConfig(env: Environment): Config {
  const settings = new Settings(env);
  const dataDir = settings.text('DATA_DIR', DEFAULTS.DATA_DIR);
  return {
    host: settings.text('HOST', DEFAULTS.HOST),
    port: settings.integer('PORT', DEFAULTS.PORT, 0, 65_535),
    publicUrl: settings.url('PUBLIC_URL'),
    trustProxy: settings.proxies('TRUST_PROXY'),
    allowedHosts: settings.hostNames('ALLOWED_HOSTS'),
    corsOrigins: settings.origins('CORS_ORIGINS'),
    dataDir: isAbsolute(dataDir) ? dataDir : resolve(dataDir),
    logLevel: settings.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
    maxUploadBytes: settings.integer('MAX_UPLOAD_BYTES', 10_737_418_240, 1, Number.MAX_SAFE_INTEGER),
    maxUnpackedBytes: settings.integer('MAX_UNPACKED_BYTES', 2 ** 40, 1, Number.MAX_SAFE_INTEGER),
    minUploadRate: settings.integer('MIN_UPLOAD_RATE', 1_024, 0, 1_000_000_000),
    introspection: settings.isTrue('GRAPHQL_INTROSPECTION', true),
    poolSize: settings.integer('POSTGRES_POOL_SIZE', 10, 2, 1_000),
    workerConcurrency: settings.integer('WORKER_CONCURRENCY', 4, 1, 64),
    maxAttempts: settings.integer('MAX_ATTEMPTS', 5, 1, 100),
    leaseSeconds: settings.integer('LEASE_SECONDS', 30, 1, 3_600),
    shutdownGraceSeconds: settings.integer('SHUTDOWN_GRACE_SECONDS', 20, 0, 3_600),
    cleanupMinutes: settings.integer('CLEANUP_MINUTES', 60, 0, 10_080),
    orphanMinutes: settings.integer('ORPHAN_MINUTES', 60, 1, 10_080),
    retentionDays: settings.integer('RETENTION_DAYS', 0, 0, 36_500),
    uploadsBucket: settings.bucket('S3_BUCKET_UPLOADS', 'uploads'),
    reportsBucket: settings.bucket('S3_BUCKET_REPORTS', 'reports'),
    ...readPostgres(settings),
    rabbitmq: readRabbitmq(settings),
    s3: readS3(settings),
  };
}

function readPostgres(settings: Settings): Pick<Config, 'postgres' | 'postgresDirect'> {
  const host = settings.host('POSTGRES_HOST');
  const directHost = settings.host('POSTGRES_DIRECT_HOST');
  if (directHost && !host)
    throw new SettingError('POSTGRES_DIRECT_HOST names the Postgres behind a pooler: set POSTGRES_HOST to the pooler.');
  if (!directHost && settings.optional('POSTGRES_DIRECT_PORT'))
    throw new SettingError('POSTGRES_DIRECT_PORT is the port of POSTGRES_DIRECT_HOST: set that too.');
  if (!host) return { postgres: undefined, postgresDirect: undefined };
  const postgres: PostgresConfig = {
    host,
    port: settings.port('POSTGRES_PORT', 5432),
    user: settings.text('POSTGRES_USER', 'dataset'),
    password: settings.text('POSTGRES_PASSWORD', 'dataset'),
    database: settings.text('POSTGRES_DB', 'dataset'),
    ssl: SSL[settings.oneOf('POSTGRES_SSLMODE', 'disable', SSL_MODES)],
  };
  const postgresDirect = directHost
    ? { ...postgres, host: directHost, port: settings.port('POSTGRES_DIRECT_PORT', 5432) }
    : undefined;
  return { postgres, postgresDirect };
}

function readRabbitmq(settings: Settings): RabbitmqConfig | undefined {
  const host = settings.host('RABBITMQ_HOST');
  if (!host) return undefined;
  return {
    host,
    port: settings.port('RABBITMQ_PORT', 5673),
    user: settings.text('RABBITMQ_USER', 'dataset'),
    password: settings.text('RABBITMQ_PASSWORD', 'dataset'),
    vhost: settings.text('RABBITMQ_VHOST', '/'),
    queue: settings.queueName('RABBITMQ_QUEUE', 'dataset-jobs'),
    isCeleryShared: settings.isTrue('CELERY_QUEUE_SHARED', false),
  };
}

function readS3(settings: Settings): S3Config | undefined {
  const host = settings.host('S3_HOST');
  if (!host) return undefined;
  const scheme = settings.oneOf('S3_SCHEME', 'http', ['http', 'https']);
  return {
    endpoint: `${scheme}://${host}:${settings.port('S3_PORT', 9000)}`,
    region: settings.text('S3_REGION', 'us-east-1'),
    accessKey: settings.text('S3_ACCESS_KEY', 'minio'),
    secretKey: settings.text('S3_SECRET_KEY', 'minio123'),
  };
}
