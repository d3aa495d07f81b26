import { join } from 'node:path';
import { createServer } from './api/server.ts';
import type { Config } from './core/config.ts';
import { SettingError } from './core/errors.ts';
import { createLogger, type Logger } from './core/log.ts';
import { openDatabase } from './infra/database.ts';
import { startEmbeddedPostgres } from './infra/embedded-postgres.ts';
import { migrate } from './infra/migrations.ts';
import type { Queue } from './infra/queue.ts';
import { openEmbeddedQueue } from './infra/queue-embedded.ts';
import { openRabbitmqQueue } from './infra/queue-rabbitmq.ts';
import type { Storage } from './infra/storage.ts';
import { openFilesystemStorage } from './infra/storage-filesystem.ts';
import { openS3Storage } from './infra/storage-s3.ts';
import { dispatchOutbox } from './services/enqueue.ts';
import { processTask } from './services/process.ts';
import { openProgressFeed } from './services/progress.ts';

export interface Running {
  /** Where the API is reached, when there is one. */
  address?: string;
  /** Releases everything, last acquired first. */
  close(): Promise<void>;
}

const OUTBOX_MILLISECONDS = 1_000;

/** Constructs the process named by `parts` and all it stands on; what was acquired is released also when the start fails half way. */
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
  const acquired = <T>(value: T, release: () => Promise<void>): T => {
    releasers.push(release);
    return value;
  };
  if (!(parts.api && parts.worker) && !(config.postgres && config.rabbitmq && config.s3)) {
    throw new SettingError(
      'This process runs on services alone: set POSTGRES_HOST, RABBITMQ_HOST and S3_HOST, or use npm start, which embeds what is missing.',
    );
  }
  const postgres = config.postgres ?? (await embedPostgres(config, log, acquired));
  await patiently('Postgres', log, () => migrate(postgres));
  const { database, close } = openDatabase(postgres, config.poolSize, log);
  acquired(database, close);
  const buckets = [config.uploadsBucket, config.reportsBucket];
  const opened: Storage = config.s3
    ? openS3Storage(config.s3, buckets)
    : openFilesystemStorage(join(config.dataDir, 'objects'), buckets);
  const storage = acquired(opened, () => opened.close());
  await patiently('the object store', log, () => storage.prepare());
  const broker: Queue = config.rabbitmq
    ? openRabbitmqQueue(config.rabbitmq, log)
    : await openEmbeddedQueue(postgres, log);
  const queue = acquired(broker, () => broker.close());
  const services = { config, database, storage, queue, log };

  if (parts.worker) {
    const shutdown = new AbortController();
    const consumer = await queue.consume(config.workerConcurrency, (task) =>
      processTask(services, task, shutdown.signal),
    );
    acquired(consumer, async () => {
      const grace = setTimeout(
        () => shutdown.abort(new Error('the worker is shutting down')),
        config.shutdownGraceSeconds * 1_000,
      );
      await consumer.stop();
      clearTimeout(grace);
    });
  }
  if (!parts.api) return undefined;
  const feed = openProgressFeed(database, postgres, log);
  const progress = acquired(feed, () => feed.close());
  let dispatching = false;
  const outbox = setInterval(async () => {
    if (dispatching) return;
    dispatching = true;
    await dispatchOutbox(services).catch((error) => log.warn({ err: error }, 'the outbox could not be read'));
    dispatching = false;
  }, OUTBOX_MILLISECONDS);
  acquired(outbox, async () => clearInterval(outbox));
  const app = await createServer({ ...services, progress });
  acquired(app, async () => {
    await app.close();
  });
  return listenOn(app, config);
}

async function embedPostgres(config: Config, log: Logger, acquired: <T>(value: T, release: () => Promise<void>) => T) {
  const server = await startEmbeddedPostgres(config.dataDir, log);
  acquired(server, () => server.stop());
  return server.config;
}

async function listenOn(app: Awaited<ReturnType<typeof createServer>>, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EADDRINUSE')
      throw new SettingError(`Port ${port} is taken by another program: set PORT to a free one.`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new SettingError(`HOST=${host} is no address of this machine.`);
    if (code === 'EACCES')
      throw new SettingError(`Port ${port} is not allowed to this user: set PORT to one above 1023.`);
    throw error;
  }
}

/** A service that is still starting is waited for, half a minute: in a compose file everything starts at once. */
async function patiently(what: string, log: Logger, connect: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await connect();
      return;
    } catch (error) {
      if (
        tries >= 30 ||
        !/ECONN|ENOTFOUND|EAI_AGAIN|57P03|timeout|Timeout|terminated/.test(
          `${(error as { code?: string }).code} ${(error as Error).name} ${(error as Error).message}`,
        )
      )
        throw error;
      log.warn({ tries }, `${what} does not answer yet`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
