import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { expect, test } from 'vitest';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';

const fleet = useFleet();
const HOME = join('.tools', 'celery');
const VERSION = '5.7.0';

/** A Python with a stock Celery, installed once into .tools; or why there is none. */
function python(): { program: string } | { missing: string } {
  const program = join(HOME, 'bin', 'python');
  const has = () => spawnSync(program, ['-c', `import celery; assert celery.__version__ == "${VERSION}"`]).status === 0;
  if (existsSync(program) && has()) return { program };
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', HOME],
    [program, '-m', 'pip', 'install', '--quiet', `celery==${VERSION}`],
  ] as [string, ...string[]][]) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 120_000 });
    if (status !== 0) return { missing: `${command} ${args.join(' ')}: ${error?.message ?? stderr}` };
  }
  return { program };
}

const APP = `
import sys
from celery import Celery
from kombu import Queue
app = Celery('peer', broker=sys.argv[1])
# the queue is there, as the product declares it: a stock client must not declare it in another way
queue = Queue('celery', routing_key='celery', no_declare=True, queue_arguments={'x-queue-type': 'quorum'})
app.conf.task_queues = [queue]
`;
const SEND = `${APP}
print(app.send_task('process_dataset', args=[sys.argv[2], sys.argv[3]], queue=queue).id)
`;
const WORK = `${APP}
@app.task(name='process_dataset', acks_late=True)
def process_dataset(dataset_id, job_id):
    with open(sys.argv[2], 'w') as out:
        out.write(dataset_id + ' ' + job_id)
app.worker_main(['worker', '--pool', 'solo', '--without-gossip', '--without-mingle', '--without-heartbeat', '--loglevel', 'ERROR'])
`;

test(
  'stock Celery: its send_task is worked by our worker, and its worker reads a message of ours',
  { timeout: 300_000 },
  async (context) => {
    const found = python();
    if ('missing' in found) {
      console.error(
        `\n######## STOCK CELERY CANNOT BE INSTALLED HERE, SO IT WAS NOT TESTED: ${found.missing} ########\n`,
      );
      return context.skip('stock Celery cannot be installed here');
    }
    const { host, port, user, password, vhost } = fleet.config.rabbitmq!;
    const broker = `amqp://${user}:${password}@${host}:${port}/${encodeURIComponent(vhost)}`;
    const connection = await connect(broker);
    const channel = await connection.createConfirmChannel();
    const { api } = await fleet.start('api', {}, true);
    const newJob = async () => {
      const dataset = await api.upload({ name: 'celery', content: csvOf(200), filename: 'a.csv' });
      const job = await api.process(dataset.id);
      await fleet.jobWhen(job.id, ({ celeryTaskId }) => celeryTaskId !== null);
      return { ...job, datasetId: dataset.id };
    };

    // ours in place of the stock worker's: our own message is taken away first
    const theirs = await newJob();
    await channel.purgeQueue('celery');
    const sent = spawnSync(found.program, ['-c', SEND, broker, theirs.datasetId, theirs.id], { encoding: 'utf8' });
    expect(sent.stderr).toBe('');
    await fleet.start('worker', {}, true);
    expect(await fleet.jobWhen(theirs.id, isOver)).toMatchObject({
      state: 'success',
      celeryTaskId: sent.stdout.trim(),
    });
    await fleet.reset();

    // and the other way round
    const second = await fleet.start('api', {}, true);
    const dataset = await second.api.upload({ name: 'celery', content: csvOf(200), filename: 'a.csv' });
    const ours = await second.api.process(dataset.id);
    const folder = mkdtempSync(join(tmpdir(), 'dataset-reports-celery-'));
    const worker = spawn(found.program, ['-c', WORK, broker, join(folder, 'read')], {
      stdio: 'ignore',
    });
    try {
      const file = join(folder, 'read');
      await until(
        () => existsSync(file) && readFileSync(file, 'utf8').length > 0,
        60,
        () => 'the stock worker has read nothing',
      );
      expect(readFileSync(file, 'utf8')).toBe(`${dataset.id} ${ours.id}`);
      await until(async () => (await channel.checkQueue('celery')).messageCount === 0);
    } finally {
      worker.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
    await second.api.cancel(ours.id);
    await connection.close();
  },
);
