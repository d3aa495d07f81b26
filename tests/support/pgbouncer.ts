import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresConfig } from '../../src/core/config.ts';

/** PgBouncer refuses to run as root: then it runs as "nobody". */
const UNPRIVILEGED = 65534;

export interface PgBouncer {
  port: number;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts the machine's PgBouncer in front of a Postgres; every database of that can be reached.
 * @param more lines of its settings
 */
export async function startPgBouncer(
  { host, port: server, user, password }: PostgresConfig,
  mode: 'session' | 'transaction' | 'statement',
  more: string[] = [],
): Promise<PgBouncer> {
  if (spawnSync('pgbouncer', ['--version']).status !== 0)
    throw new Error('These tests need PgBouncer: apt-get install pgbouncer.');
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-pgbouncer-'));
  const port = await freePort();
  const settings = [
    '[databases]',
    `* = host=${host} port=${server}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = scram-sha-256',
    `auth_file = ${join(folder, 'users')}`,
    `pool_mode = ${mode}`,
    ...more,
  ];
  writeFileSync(join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`);
  writeFileSync(join(folder, 'users'), `"${user}" "${password}"\n`);
  const owner = process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
  chmodSync(folder, 0o755);
  if (owner.uid) chownSync(join(folder, 'users'), UNPRIVILEGED, UNPRIVILEGED);
  const child = spawn('pgbouncer', ['-q', join(folder, 'pgbouncer.ini')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    ...owner,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; ; tries++) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await new Promise<boolean>((resolve) =>
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)),
    );
    socket.destroy();
    if (isUp) break;
    if (tries === 100 || child.exitCode !== null) throw new Error('PgBouncer did not start.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    async stop() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
