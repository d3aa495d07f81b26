import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const HOME = join('.tools', 'celery');
const VERSION = '5.7.0';

/**
 * A Python with a stock Celery, installed once into .tools.
 * @throws when it is not available: what was not tested is no success
 */
function python(): string {
  const program = join(HOME, 'bin', 'python');
  const has = () => spawnSync(program, ['-c', `import celery; assert celery.__version__ == "${VERSION}"`]).status === 0;
  if (existsSync(program) && has()) return program;
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', HOME],
    [program, '-m', 'pip', 'install', '--quiet', `celery==${VERSION}`],
  ] as [string, ...string[]][]) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 240_000 });
    if (status !== 0)
      throw new Error(`Stock Celery cannot be installed: ${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  }
  return program;
}

const APP = `
import json, sys, uuid
from celery import Celery
from kombu import Queue
app = Celery('peer', broker=sys.argv[1])
`;

/**
 * Runs a Python script with a Celery application of default settings, `app`, and `given`.
 * @returns what it prints, as JSON
 * @throws with what it wrote to standard error
 */
export function runStock(broker: string, script: string, given: unknown): unknown {
  const source = `${APP}given = json.loads(sys.argv[2])\n${script}`;
  const args = ['-c', source, broker, JSON.stringify(given)];
  const { status, stdout, stderr } = spawnSync(python(), args, { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0 || stderr !== '') throw new Error(`Celery ended with ${status}: ${stderr}`);
  return stdout.trim() === '' ? undefined : JSON.parse(stdout);
}

/** Starts a stock worker whose tasks the script declares, with `out(text)` to write a line into a file. */
export function startStockWorker(broker: string, script: string, file: string): ChildProcess {
  const source = `${APP}
def out(text):
    with open(sys.argv[2], 'a') as lines:
        lines.write(text + '\\n')
${script}
quiet = ['--without-gossip', '--without-mingle', '--without-heartbeat', '--loglevel', 'ERROR']
app.worker_main(['worker', '--pool', 'solo', *quiet])
`;
  return spawn(python(), ['-c', source, broker, file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PYTHONWARNINGS: 'ignore' }, // of running as root
  });
}
