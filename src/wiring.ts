import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config, PostgresConfig } from './core/config.ts';
import { SettingError } from './core/errors.ts';
import { createLogger, type Logger } from './core/log.ts';
import { periodically } from './core/periodically.ts';
import { untilAvailable } from './infra/availability.ts';
import { openDatabase } from './infra/postgres/database.ts';
import { migrate } from './infra/postgres/migrations.ts';
import { listen } from './infra/postgres/notify.ts';
import { findJobs } from './infra/postgres/rows/jobs.ts';
import { type Addresses, postgresService, reachPostgres } from './infra/postgres/start-checks.ts';
import type { Queue } from './infra/queue/queue.ts';
import type { Storage } from './infra/storage/storage.ts';
import type { Deps } from './services/deps.ts';
import { Outbox, resendLost } from './services/outbox.ts';
import { Previews } from './services/previews.ts';
import { ProgressFeed } from './services/progress.ts';
import { reapJobs, sessionOf } from './services/reap.ts';
import { RowIndexes } from './services/row-indexes.ts';
import { Scans } from './services/scans.ts';

/** A process that is started. */
export interface Running {
  /** Where the API listens, when there is one. */
  address?: string;
  /** Releases everything, last acquired first. */
  close(): Promise<void>;
}

const OUTBOX_MILLISECONDS = 1_000;
const REAPER_MILLISECONDS = 1_000;
const LOST_MILLISECONDS = 10_000;
/** A message is lost when its job has waited for longer while the broker has no message waiting. */
const LOST_SECONDS = 30;
const MINUTE = 60_000;

/**
 * Constructs a process and all it depends on. What was acquired is also released when the start fails half way. Modules
 * that only some processes need are imported where they are used: others do not pay for their memory.
 * @param parts what the process is: the API, a worker or both
 */
export async function start(config: Config, name: string, parts: { api: boolean; worker: boolean }): Promise<Running> {
  const log = createLogger(config.logLevel, name);
  const releasers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (let release = releasers.pop(); release; release = releasers.pop()) {
      await release().catch((error) => log.error({ err: error }, 'something could not be released'));
    }
  };
  try {
    const address = await acquire(config, log, parts, releasers);
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function acquire(
  config: Config,
  log: Logger,
  parts: { api: boolean; worker: boolean },
  releasers: (() => Promise<void>)[],
): Promise<string | undefined> {
  const acquired: Acquired = (value, release) => {
    releasers.push(release);
    return value;
  };
  if (!(parts.api && parts.worker) && !(config.postgres && config.rabbitmq && config.s3)) {
    throw new SettingError(
      'This process embeds no services: set POSTGRES_HOST, RABBITMQ_HOST and S3_HOST, or use npm start, ' +
        'which embeds what is missing.',
    );
  }
  const { postgres, direct } = config.postgres
    ? await reachPostgres(config.postgres, config.postgresDirect, log)
    : await embedPostgres(config, log, acquired);
  await untilAvailable(postgresService(direct, postgres !== direct), log, () =>
    migrate(direct, (seconds) => log.warn(`another session migrates the database: waiting up to ${seconds} s`)),
  );
  const { database, close } = openDatabase(postgres, config.poolSize, log, postgres !== direct);
  acquired(database, close);
  const buckets = [config.uploadsBucket, config.reportsBucket];
  const storage = await openStorage(config, buckets, log, acquired);
  const queue = await openQueue(config, postgres, log, acquired);
  const outbox = new Outbox({ database, queue, log });
  acquired(outbox, () => outbox.close());
  const services = { config, database, storage, queue, outbox, log };
  startJobMaintenance(services, acquired);
  if (parts.worker) await startWorker(services, direct, acquired);
  if (!parts.api) return undefined;
  const feed = new ProgressFeed({ readJobs: (ids) => findJobs(database, ids), postgres: direct, log });
  const progress = acquired(feed, () => feed.close());
  const { createServer } = await import('./api/server.ts');
  const { listenOn } = await import('./api/listen.ts');
  const pools = { scans: new Scans(), previews: new Previews(), rowIndexes: new RowIndexes() };
  const app = await createServer({ ...services, progress, ...pools });
  acquired(app, async () => {
    const grace = setTimeout(() => app.server.closeAllConnections(), config.shutdownGraceSeconds * 1_000);
    await app.close();
    clearTimeout(grace);
  });
  return listenOn(app, config);
}

type Acquired = <T>(value: T, release: () => Promise<void>) => T;
type JobServices = Deps & { queue: Queue; outbox: Outbox };

/** Every process does this: any that is alive sends the waiting messages and finds the jobs of dead workers. */
function startJobMaintenance(services: JobServices, acquired: Acquired): void {
  const { outbox, log } = services;
  const every = (milliseconds: number, work: () => Promise<unknown>, sentence: string) => {
    const loop = periodically(milliseconds, work, (error) => log.warn({ err: error }, sentence));
    acquired(loop, () => loop.close());
  };
  every(OUTBOX_MILLISECONDS, () => outbox.dispatch(), 'the outbox could not be emptied');
  every(REAPER_MILLISECONDS, () => reapJobs(services), 'the jobs of dead workers could not be found');
  every(LOST_MILLISECONDS, () => resendLost(services, LOST_SECONDS), 'lost messages could not be found');
}

/** Removes orphans and expired datasets from time to time, unless the settings turn that off. */
async function startCleanup(services: JobServices, acquired: Acquired): Promise<void> {
  const { config, log } = services;
  if (config.cleanupMinutes === 0) return;
  const { cleanUp } = await import('./services/cleanup.ts');
  const cleanup = periodically(
    config.cleanupMinutes * MINUTE,
    () => cleanUp(services, config.orphanMinutes * MINUTE),
    (error) => log.warn({ err: error }, 'the cleanup could not be done'),
  );
  acquired(cleanup, () => cleanup.close());
}

/** @param direct not through a pooler: the worker's session there, by its name, shows that the worker lives */
async function startWorker(services: JobServices, direct: PostgresConfig, acquired: Acquired): Promise<void> {
  const { config, queue, log } = services;
  const { Worker } = await import('./services/process/worker.ts');
  const { EngineThreads } = await import('./infra/engine/threads.ts');
  const { openPageWriter } = await import('./services/report-page-writer.ts');
  const engine = new EngineThreads();
  const threads = acquired(engine, () => engine.close());
  await startCleanup(services, acquired);
  let working = 0;
  const writer = openPageWriter(services, () => working === 0);
  const pages = acquired(writer, () => writer.close());
  // a session's name has at most 63 bytes
  const name = `${hostname().slice(0, 32)}-${process.pid}-${randomBytes(3).toString('hex')}`;
  const worker = new Worker({ ...services, threads, pages, worker: name });
  const session = { ...direct, application_name: sessionOf(name) };
  const cancels = listen(session, 'job_cancel', { onNotify: (jobId) => worker.cancel(jobId), onConnect() {} }, log);
  acquired(cancels, () => cancels.close());
  const shutdown = new AbortController();
  const consumer = await queue.consume(config.workerConcurrency, async (task) => {
    working++;
    try {
      return await worker.handle(task, shutdown.signal);
    } finally {
      working--;
    }
  });
  acquired(consumer, async () => {
    const grace = setTimeout(
      () => shutdown.abort(new Error('the worker is shutting down')),
      config.shutdownGraceSeconds * 1_000,
    );
    await consumer.stop();
    clearTimeout(grace);
  });
}

async function openStorage({ s3, dataDir }: Config, buckets: string[], log: Logger, acquired: Acquired) {
  if (!s3) {
    const { openFilesystemStorage } = await import('./infra/storage/filesystem.ts');
    const folder = openFilesystemStorage(join(dataDir, 'objects'), buckets);
    await folder.prepare();
    return acquired<Storage>(folder, () => folder.close());
  }
  const { openS3Storage } = await import('./infra/storage/s3.ts');
  const { s3Service } = await import('./infra/storage/s3-start-checks.ts');
  const store = openS3Storage(s3, buckets);
  acquired(store, () => store.close());
  await untilAvailable(s3Service(s3), log, () => store.prepare());
  return store;
}

async function openQueue({ rabbitmq }: Config, postgres: PostgresConfig, log: Logger, acquired: Acquired) {
  if (!rabbitmq) {
    const { openEmbeddedQueue } = await import('./infra/queue/embedded-queue.ts');
    const embedded = await untilAvailable(postgresService(postgres), log, () => openEmbeddedQueue(postgres, log));
    return acquired<Queue>(embedded, () => embedded.close());
  }
  const { openRabbitmqQueue } = await import('./infra/queue/rabbitmq.ts');
  const { rabbitmqService } = await import('./infra/queue/rabbitmq-refusals.ts');
  const broker = openRabbitmqQueue(rabbitmq, log);
  acquired(broker, () => broker.close());
  await untilAvailable(rabbitmqService(rabbitmq), log, () => broker.ping());
  return broker;
}

async function embedPostgres(config: Config, log: Logger, acquired: Acquired): Promise<Addresses> {
  const { startEmbeddedPostgres } = await import('./infra/postgres/embedded-postgres.ts');
  const server = await startEmbeddedPostgres(config.dataDir, log);
  acquired(server, () => server.stop());
  return { postgres: server.config, direct: server.config };
}
