import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './processes.ts';

/** "nobody" on every Linux. PostgreSQL refuses to run as root: then its programs run as this user. */
const UNPRIVILEGED = 65534;
/** Whether this process runs as root. */
export const isRoot = process.getuid?.() === 0;

/** How the programs of Postgres are run: by whom, where, and with which environment. */
interface RunOptions {
  env: Record<string, string>;
  cwd: string;
  uid?: number;
  gid?: number;
}

/** The data of the embedded Postgres. */
export interface Cluster {
  /** The data folder of Postgres. */
  data: string;
  password: string;
  options: RunOptions;
}

/**
 * Where the data of the embedded Postgres is kept: under `folder`; with root, elsewhere. The unprivileged user may not
 * be able to enter the folder (/root is closed), so a file in it names another.
 */
function homeOf(folder: string): string {
  if (!isRoot) return folder;
  const pointer = join(folder, 'location');
  const home = existsSync(pointer)
    ? readFileSync(pointer, 'utf8')
    : join('/var/tmp', `dataset-reports-${randomBytes(6).toString('hex')}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(pointer, home);
  chownSync(home, UNPRIVILEGED, UNPRIVILEGED);
  return home;
}

/**
 * The data under `folder`, made when there is none. A server that still runs on it is stopped: its owner is dead.
 * @param native the folder of Postgres' programs
 */
export async function prepareCluster(folder: string, native: string): Promise<Cluster> {
  const home = homeOf(folder);
  const owner = isRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  const env = { PATH: process.env.PATH ?? '', HOME: home, LC_ALL: 'C', TZ: 'UTC' };
  const options = { env, cwd: home, ...owner };
  const data = join(home, 'data');
  const secret = join(home, 'password');
  await stopLeftover(data);
  if (!existsSync(join(data, 'PG_VERSION'))) initialize(home, native, secret, options);
  return { data, password: readFileSync(secret, 'utf8'), options };
}

function initialize(home: string, native: string, secret: string, options: RunOptions): void {
  // under another name first: an interrupted initdb leaves no half cluster behind
  const draft = join(home, 'new');
  const data = join(home, 'data');
  rmSync(data, { recursive: true, force: true });
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(secret, randomBytes(18).toString('hex'), { mode: 0o600 });
  if (isRoot) chownSync(secret, UNPRIVILEGED, UNPRIVILEGED);
  const flags = ['-D', draft, '-U', 'dataset', `--pwfile=${secret}`];
  const settings = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(native, 'bin', 'initdb'), [...flags, ...settings], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...options,
  });
  renameSync(draft, data);
}

/**
 * A process that was killed outright leaves its server behind: it is stopped, or its stale lock file removed. Only for
 * the owner of the data folder: nobody else can need that server.
 */
async function stopLeftover(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (isRunning(pid) && isServerOf(pid, data)) {
    process.kill(pid, 'SIGINT');
    for (let i = 0; i < 200 && isRunning(pid); i++) await sleep(25);
    if (isRunning(pid)) process.kill(pid, 'SIGKILL');
  }
  rmSync(lock, { force: true });
}

/** Whether the process is a Postgres on this data, and not one that has the id of a server which has ended. */
function isServerOf(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    // a program whose file was replaced is shown as deleted
    const isPostgres = /\/postgres( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`));
    return isPostgres && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}
