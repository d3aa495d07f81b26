import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import type { PostgresConfig } from '../../core/config.ts';
import type { Logger } from '../../core/log.ts';
import { packagedServer } from './packaged-server.ts';

/** PostgreSQL refuses to run as root: then the server runs as this user ("nobody" on every Linux), in a folder it can reach. */
const UNPRIVILEGED = 65534;
const START_MILLISECONDS = 30_000;

export interface EmbeddedPostgres {
  config: PostgresConfig;
  stop(): Promise<void>;
}

/** npm packages hold no symbolic links: the package lists those its libraries need, and they are made here. */
function completeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(join(native, '..', source), link);
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

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A run that was killed outright leaves its server behind: it is stopped, or its stale lock file removed. */
async function clearLeftover(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const isOurs =
    process.platform !== 'linux' || !isRunning(pid) || readlinkSafe(`/proc/${pid}/exe`).endsWith('postgres');
  if (isOurs && isRunning(pid)) {
    process.kill(pid, 'SIGINT');
    for (let i = 0; i < 200 && isRunning(pid); i++) await new Promise((done) => setTimeout(done, 25));
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  }
  rmSync(lock, { force: true });
}

function readlinkSafe(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/**
 * Starts a real PostgreSQL with its data under `folder` (created when new) on a free port of 127.0.0.1.
 * @throws SettingError when the platform has none or the folder cannot be used
 */
export async function startEmbeddedPostgres(folder: string, log: Logger): Promise<EmbeddedPostgres> {
  const root = process.getuid?.() === 0;
  let native = await packagedServer();
  completeSymlinks(native);
  let home = join(folder, 'postgres');
  mkdirSync(home, { recursive: true });
  if (root) {
    // The unprivileged user may not be able to enter the checkout (/root is closed): binaries and data go where it can.
    const pointer = join(home, 'location');
    home = existsSync(pointer)
      ? readFileSync(pointer, 'utf8')
      : join('/var/tmp', `dataset-reports-${randomBytes(6).toString('hex')}`);
    mkdirSync(home, { recursive: true });
    writeFileSync(pointer, home);
    chownSync(home, UNPRIVILEGED, UNPRIVILEGED);
    const copy = join('/var/tmp', `dataset-reports-server-${readdirSync(native).length}-${packageVersion(native)}`);
    if (!existsSync(join(copy, 'native'))) {
      const temporary = `${copy}.${process.pid}`;
      cpSync(native, join(temporary, 'native'), { recursive: true, verbatimSymlinks: false, dereference: true });
      mkdirSync(copy, { recursive: true });
      try {
        renameSync(join(temporary, 'native'), join(copy, 'native'));
      } catch {
        // another start copied it meanwhile
      }
      rmSync(temporary, { recursive: true, force: true });
    }
    native = join(copy, 'native');
  }
  const owner = root ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  const environment = { PATH: process.env.PATH ?? '', HOME: home, LC_ALL: 'C', TZ: 'UTC' };
  const data = join(home, 'data');
  const secret = join(home, 'password');
  await clearLeftover(data);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true });
    rmSync(join(home, 'new'), { recursive: true, force: true });
    writeFileSync(secret, randomBytes(18).toString('hex'), { mode: 0o600 });
    if (root) chownSync(secret, UNPRIVILEGED, UNPRIVILEGED);
    // under another name first: an interrupted initdb leaves no half cluster behind
    const flags = [
      '-D',
      join(home, 'new'),
      '-U',
      'dataset',
      `--pwfile=${secret}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ];
    execFileSync(join(native, 'bin', 'initdb'), flags, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: environment,
      cwd: home,
      ...owner,
    });
    renameSync(join(home, 'new'), data);
  }
  const config = {
    host: '127.0.0.1',
    port: await freePort(),
    user: 'dataset',
    password: readFileSync(secret, 'utf8'),
    database: 'dataset',
    ssl: false,
  };
  const server = spawn(
    join(native, 'bin', 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(config.port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=100',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: environment, cwd: home, detached: true, ...owner }, // detached: Ctrl-C is ours to pass on, last
  );
  let lastWords = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000);
    log.trace({ postgres: text.trimEnd() }, 'embedded Postgres');
  });
  await untilReady(server, config, () => lastWords);
  return {
    config,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exited = new Promise((done) => server.once('exit', done));
      server.kill('SIGINT'); // fast shutdown: does not wait for clients
      await exited;
    },
  };
}

function packageVersion(native: string): string {
  return JSON.parse(readFileSync(resolve(native, '..', 'package.json'), 'utf8')).version;
}

async function untilReady(server: ChildProcess, config: PostgresConfig, lastWords: () => string): Promise<void> {
  const until = Date.now() + START_MILLISECONDS;
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw new Error(`The embedded Postgres ended while starting: ${lastWords()}`);
    const client = new pg.Client({ ...config, database: 'postgres', connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [config.database]);
      if (!rowCount) await client.query(`CREATE DATABASE "${config.database}"`);
      return;
    } catch (error) {
      if (Date.now() > until)
        throw new Error(`The embedded Postgres was not ready in time: ${lastWords()}`, { cause: error });
      await new Promise((done) => setTimeout(done, 20));
    } finally {
      await client.end().catch(() => {});
    }
  }
}
