import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const ACCESS = { user: 'minio', secret: 'minio123' };
const CACHE =
  process.env.STORES_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'dataset-services');
const BUILD_MILLISECONDS = 25 * 60_000;
const START_MILLISECONDS = 60_000;

export interface Store {
  name: string;
  /** Contract tests that it cannot pass, each with what its documentation states. */
  cannot: Record<string, string>;
  /** Makes its program, the first time. @returns its path @throws with what went wrong */
  install(): string;
  /** Of a server on the port, with its objects in the folder. */
  command(program: string, port: number, folder: string): { args: string[]; env?: Record<string, string> };
}

function must(
  what: string,
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): void {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 27,
    timeout: BUILD_MILLISECONDS,
    ...options,
  });
  if (result.status === 0) return;
  const reason = result.error?.message ?? result.stderr.trim().split('\n').slice(-5).join('\n');
  throw new Error(`${what}: ${reason}`);
}

/** The program in the cache; else `build` makes it in a new folder, from where it is moved once it is whole. */
function cached(name: string, version: string, build: (folder: string) => void): string {
  const home = join(CACHE, `${name}-${version}`);
  const program = join(home, name);
  if (existsSync(program)) return program;
  console.error(`stores: building ${name} ${version}, some minutes the first time`);
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'building-'));
  try {
    build(folder);
    mkdirSync(home, { recursive: true });
    renameSync(join(folder, name), program);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}

/** Go of the PATH, or where its installer puts it. */
const go = () => (spawnSync('go', ['version']).status === 0 ? 'go' : '/usr/local/go/bin/go');
const goInstall = (module: string, version: string) => (folder: string) =>
  must(`go install of ${module}`, go(), ['install', '-ldflags', '-s -w', `${module}@${version}`], {
    cwd: folder,
    env: { ...process.env, GOBIN: folder },
  });

const MOTO = '5.2.5';
const VERSITYGW = 'v1.8.0';
const RCLONE = join('tests', 'stores', 'rclone');

export const STORES: Store[] = [
  {
    name: 'minio',
    cannot: {},
    install() {
      // the same as in the containers
      const version = /minio@(v\S+)/.exec(readFileSync(join('docker', 'minio.Dockerfile'), 'utf8'))![1]!;
      return cached('minio', version, goInstall('github.com/minio/minio', version));
    },
    command: (_program, port, folder) => ({
      args: ['server', '--quiet', '--address', `127.0.0.1:${port}`, folder],
      env: { MINIO_ROOT_USER: ACCESS.user, MINIO_ROOT_PASSWORD: ACCESS.secret, MINIO_UPDATE: 'off' },
    }),
  },
  {
    name: 'moto',
    cannot: { 'a wrong secret is refused': 'takes any credentials' },
    install() {
      const home = join('.tools', 'moto');
      const has = () =>
        spawnSync(join(home, 'bin', 'python'), ['-c', `import moto, flask; assert moto.__version__ == "${MOTO}"`])
          .status === 0;
      if (!has()) {
        must('a venv for moto', 'python3', ['-m', 'venv', home]);
        must('pip install of moto', join(home, 'bin', 'python'), [
          '-m',
          'pip',
          'install',
          '-q',
          `moto[server]==${MOTO}`,
        ]);
      }
      return join(home, 'bin', 'moto_server');
    },
    command: (_program, port) => ({ args: ['-H', '127.0.0.1', '-p', String(port)] }),
  },
  {
    name: 'versitygw',
    cannot: {},
    install: () => cached('versitygw', VERSITYGW, goInstall('github.com/versity/versitygw/cmd/versitygw', VERSITYGW)),
    command: (_program, port, folder) => ({
      args: [
        '--quiet',
        '--access',
        ACCESS.user,
        '--secret',
        ACCESS.secret,
        '--port',
        `127.0.0.1:${port}`,
        'posix',
        folder,
      ],
    }),
  },
  {
    name: 'rclone',
    cannot: {},
    install() {
      const version = /rclone (v\S+)/.exec(readFileSync(join(RCLONE, 'go.mod'), 'utf8'))![1]!;
      return cached('rclone', version, (folder) => {
        for (const file of ['main.go', 'go.mod']) copyFileSync(join(RCLONE, file), join(folder, file));
        // the sums of its dependencies are those of Go's own data base
        const env = { ...process.env, GOFLAGS: '-mod=mod' };
        must('go build of rclone', go(), ['build', '-ldflags', '-s -w', '-o', 'rclone', '.'], { cwd: folder, env });
      });
    },
    command: (_program, port, folder) => ({
      args: ['serve', 's3', '--auth-key', `${ACCESS.user},${ACCESS.secret}`, '--addr', `127.0.0.1:${port}`, folder],
      env: { RCLONE_CONFIG: join(folder, '..', 'rclone.conf') },
    }),
  },
];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a store with nothing in it. @throws when it is not available or does not answer */
export async function startStore(store: Store): Promise<{ port: number; stop(): Promise<void> }> {
  const program = store.install();
  const home = mkdtempSync(join(tmpdir(), `dataset-reports-${store.name}-`));
  const folder = join(home, 'objects');
  mkdirSync(folder);
  const port = await freePort();
  const { args, env } = store.command(program, port, folder);
  let words = '';
  const child: ChildProcess = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-2_000);
    });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(home, { recursive: true, force: true });
  };
  for (const end = performance.now() + START_MILLISECONDS; ; await sleep(100)) {
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      )
    )
      return { port, stop };
    if (child.exitCode !== null || performance.now() > end) {
      await stop();
      throw new Error(`${store.name} does not answer: ${words}`);
    }
  }
}
