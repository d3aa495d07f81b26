import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type Config, readConfig } from '../../src/core/config.ts';
import { createLogger } from '../../src/core/log.ts';
import { type Database, openDatabase } from '../../src/infra/postgres/database.ts';
import { migrate } from '../../src/infra/postgres/migrations.ts';
import { startProxy, type TcpProxy } from './proxy.ts';
import { restApi } from './rest-api.ts';
import { launch } from './server.ts';

/** Processes of the product on the real services that the environment names, each reached through a proxy. */
export class Fleet {
  readonly #folder = mkdtempSync(join(tmpdir(), 'dataset-reports-faults-'));
  readonly #running = new Set<{ kill(signal: NodeJS.Signals): Promise<unknown> }>();
  config!: Config;
  database!: Database;
  /** Of what the processes of the test use; the test itself reads the database directly. */
  proxies!: { postgres: TcpProxy; rabbitmq: TcpProxy; s3: TcpProxy };
  #close!: () => Promise<void>;

  async open(): Promise<void> {
    this.config = readConfig(process.env);
    const { postgres, rabbitmq, s3 } = this.config;
    if (!postgres || !rabbitmq || !s3)
      throw new Error('The fault tests need real services: run npm run test:services.');
    await migrate(postgres);
    const opened = openDatabase(postgres, 4, createLogger('silent', 'test'));
    this.database = opened.database;
    this.#close = opened.close;
    const store = new URL(s3.endpoint);
    this.proxies = {
      postgres: await startProxy(postgres.host, postgres.port),
      rabbitmq: await startProxy(rabbitmq.host, rabbitmq.port),
      s3: await startProxy(store.hostname, Number(store.port)),
    };
  }

  /** Starts an API or a worker, and waits until it is ready. `direct` goes past the proxies. */
  async start(name: 'api' | 'worker', extra: Record<string, string> = {}, direct = false) {
    const { postgres, rabbitmq, s3 } = this.proxies;
    const through = {
      POSTGRES_PORT: String(postgres.port),
      RABBITMQ_PORT: String(rabbitmq.port),
      S3_HOST: '127.0.0.1',
      S3_PORT: String(s3.port),
    };
    const env = {
      ...process.env,
      DATA_DIR: this.#folder,
      PORT: '0',
      LEASE_SECONDS: '2',
      ...(direct ? {} : through),
      ...extra,
    };
    const { child, ready, exited } = launch(`src/${name}.ts`, env, 'silent');
    const started = {
      pid: child.pid!,
      exited,
      signal: (signal: NodeJS.Signals) => child.kill(signal),
      /** Resolves with the exit code. */
      kill: (signal: NodeJS.Signals) => {
        child.kill(signal);
        return exited;
      },
    };
    this.#running.add(started);
    void exited.then(() => this.#running.delete(started));
    const url = await ready;
    return { ...started, url, api: restApi(url) };
  }

  /** After each test: nothing of it runs on. */
  async reset(): Promise<void> {
    for (const proxy of Object.values(this.proxies)) proxy.restore();
    await Promise.all([...this.#running].map((started) => started.kill('SIGKILL')));
  }
  async close(): Promise<void> {
    await this.reset();
    for (const proxy of Object.values(this.proxies)) await proxy.close();
    await this.#close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The row as it is now. */
  job(id: string) {
    return this.database.job.findUniqueOrThrow({
      where: { id },
      include: { attempts: { orderBy: { number: 'asc' } } },
    });
  }
  async jobWhen(id: string, is: (job: Awaited<ReturnType<Fleet['job']>>) => boolean, seconds = 40) {
    return until(
      async () => {
        const job = await this.job(id);
        return is(job) ? job : undefined;
      },
      seconds,
      async () => {
        const job = await this.job(id);
        return `job ${JSON.stringify(job, (_key, value) => (typeof value === 'bigint' ? Number(value) : value))}`;
      },
    );
  }
  /** A connection of the test's own, for what Prisma cannot express. */
  async withPostgres<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client(this.config.postgres!);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}

/** One fleet for the tests of a file. */
export function useFleet(): Fleet {
  const fleet = new Fleet();
  beforeAll(() => fleet.open());
  afterEach(() => fleet.reset());
  afterAll(() => fleet.close());
  return fleet;
}

/** Asks until there is an answer. @throws with the text of `describe` when there is none in time */
export async function until<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 40,
  describe: () => Promise<string> | string = () => 'nothing',
): Promise<T> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${await describe()}`);
    await sleep(25);
  }
}

/** A CSV of about so many bytes that no other test has. */
export function csvOf(bytes: number): Buffer {
  const head = `id,amount,city\n${randomBytes(8).toString('hex')},1.5,Lima\n`;
  return Buffer.from(head + '12345,67.25,Oslo\n'.repeat(Math.ceil(bytes / 17)));
}

/** Terminal states that a job may have. */
export const isOver = ({ state }: { state: string }) => state === 'success' || state === 'failure';
