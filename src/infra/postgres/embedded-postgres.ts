import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresConfig } from '../../core/config.ts';
import type { Logger } from '../../core/log.ts';
import { takeDataFolder } from './data-owner.ts';
import { type Cluster, isRoot, prepareCluster } from './embedded-cluster.ts';
import { postgresPrograms } from './embedded-programs.ts';

const START_MILLISECONDS = 30_000;

/** A PostgreSQL that this process has started. */
export interface EmbeddedPostgres {
  config: PostgresConfig;
  /** Ends its connections and the server, and releases the data folder. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL with its data under `dataDir` (created when new) on a free port of 127.0.0.1.
 * @throws SettingError when the platform has none, or another process uses the folder
 */
export async function startEmbeddedPostgres(dataDir: string, log: Logger): Promise<EmbeddedPostgres> {
  const native = await postgresPrograms(isRoot);
  const folder = join(dataDir, 'postgres');
  mkdirSync(folder, { recursive: true });
  const giveBack = takeDataFolder(folder, dataDir);
  try {
    const cluster = await prepareCluster(folder, native);
    const { config, server } = await startServer(native, cluster, log);
    return {
      config,
      async stop() {
        await stopServer(server);
        giveBack();
      },
    };
  } catch (error) {
    giveBack();
    throw error;
  }
}

const freePort = () =>
  new Promise<number>((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

async function startServer(native: string, { data, password, options }: Cluster, log: Logger) {
  const port = await freePort();
  const config = { host: '127.0.0.1', port, user: 'dataset', password, database: 'dataset', ssl: false };
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=100'];
  const flags = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(native, 'bin', 'postgres'), flags, {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // a Ctrl-C in the terminal must not reach it: it is stopped last
    ...options,
  });
  let lastOutput = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastOutput = (lastOutput + text).slice(-2_000);
    log.trace({ postgres: text.trimEnd() }, 'embedded Postgres');
  });
  try {
    await untilReady(server, config, () => lastOutput);
  } catch (error) {
    await stopServer(server);
    throw error;
  }
  return { config, server };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function stopServer(server: ChildProcess): Promise<void> {
  if (hasEnded(server)) return;
  const exited = new Promise((done) => server.once('exit', done));
  server.kill('SIGINT'); // fast shutdown: does not wait for clients
  await exited;
}

async function untilReady(server: ChildProcess, config: PostgresConfig, lastOutput: () => string): Promise<void> {
  const until = Date.now() + START_MILLISECONDS;
  for (;;) {
    if (hasEnded(server)) throw new Error(`The embedded Postgres ended while starting: ${lastOutput()}`);
    const client = new pg.Client({ ...config, database: 'postgres', connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [config.database]);
      if (!rowCount) await client.query(`CREATE DATABASE "${config.database}"`);
      return;
    } catch (error) {
      if (Date.now() > until)
        throw new Error(`The embedded Postgres was not ready in time: ${lastOutput()}`, { cause: error });
      await sleep(20);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
