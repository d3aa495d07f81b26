import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { removeData } from './embedded-data.ts';

const SERVICE_VARIABLES = /^(POSTGRES|RABBITMQ|S3)_/;

/** Whether the tests run on the real services that the environment names. */
export const onServices = process.env.STACK === 'services';

export interface TestServer {
  url: string;
  /** What it said when it was ready. */
  said: string;
  dataDir: string;
  stop(): Promise<void>;
  /** Ends the processes and starts them again on the same data; `between` is awaited while nothing runs. */
  restart(extra: Record<string, string>, between: () => Promise<unknown>): Promise<void>;
}

/** Starts a process of the product; `ready` resolves with its address once it says that it is. */
export function launch(
  script: string,
  env: Record<string, string | undefined>,
  level = 'warn',
): { child: ChildProcess; ready: Promise<string>; exited: Promise<number | null>; said: () => string } {
  const child = spawn(process.execPath, [script], {
    env: { ...env, LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? level },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let line = '';
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      if (!text.startsWith('Ready: ')) return;
      line = text.trimEnd();
      resolve(/https?:\S+/.exec(text)?.[0] ?? '');
    });
    void exited.then((code) => reject(new Error(`${script} ended with ${code} before it was ready`)));
  });
  return { child, ready, exited, said: () => line };
}

/** The product as its users start it: one process on embedded parts, or an API and a worker on real services. */
export async function startServer(extra: Record<string, string> = {}): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-test-'));
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => onServices || !SERVICE_VARIABLES.test(name)),
  );
  const env = { ...clean, DATA_DIR: folder, PORT: '0', ...extra };
  const start = (more: Record<string, string> = {}) =>
    (onServices ? ['src/api.ts', 'src/worker.ts'] : ['src/main.ts']).map((script) =>
      launch(script, { ...env, ...more }),
    );
  let started = start();
  const [url] = await Promise.all(started.map(({ ready }) => ready));
  const end = () => {
    for (const { child } of started) child.kill('SIGTERM');
    return Promise.all(started.map(({ exited }) => exited));
  };
  return {
    url: url!,
    said: started[0]!.said(),
    dataDir: folder,
    async restart(more, between) {
      await end();
      await between();
      started = start(more);
      await Promise.all(started.map(({ ready }) => ready));
    },
    async stop() {
      const codes = await end();
      removeData(folder);
      if (codes.some((code) => code !== 0)) throw new Error(`a process did not end cleanly on SIGTERM: ${codes}`);
    },
  };
}
