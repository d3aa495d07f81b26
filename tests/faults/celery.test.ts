import { type ChildProcess, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConfirmChannel, connect, type Options } from 'amqplib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeCeleryMessage } from '../../src/infra/queue/celery-message.ts';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';
import { runStock, startStockWorker } from '../support/stock-celery.ts';

const fleet = useFleet();
/** What an earlier version of this project declared under the name `celery`. */
const EARLIER: Options.AssertQueue = {
  durable: true,
  arguments: {
    'x-queue-type': 'quorum',
    'x-delivery-limit': 20,
    'x-dead-letter-exchange': 'celery.dead',
    'x-dead-letter-routing-key': 'celery',
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  },
};
/** The names are those of a stock application with default settings. */
const SEND = `
print(json.dumps([app.send_task(task, args).id for task, args in given]))
`;
const THEIRS = `
@app.task(name='theirs')
def theirs(n):
    out(str(n))
`;
const broker = () => {
  const { host, port, user, password, vhost } = fleet.config.rabbitmq!;
  return `amqp://${user}:${password}@${host}:${port}/${encodeURIComponent(vhost)}`;
};
const jobs = () => fleet.config.rabbitmq!.queue;
const dead = () => `${jobs()}.dead`;
const send = (tasks: [string, unknown[]][]) => runStock(broker(), SEND, tasks) as string[];

/** What of the test runs on, and is closed or killed after it. */
const workers: ChildProcess[] = [];
const close = async () => {};
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-reports-celery-'));
  await onBroker(async (channel) => {
    for (const queue of ['celery', jobs(), dead()]) await channel.deleteQueue(queue);
  });
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  await close();
  await fleet.reset();
  await onBroker((channel) => channel.deleteQueue('celery'));
  rmSync(folder, { recursive: true, force: true });
});

async function onBroker<T>(work: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  const connection = await connect(broker());
  try {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => {}); // the call that was refused rejects as well
    return await work(channel);
  } finally {
    await connection.close();
  }
}
const waitingIn = (queue: string) => onBroker(async (channel) => (await channel.checkQueue(queue)).messageCount);
/** Whether a queue is there, and as it is declared here. */
const isDeclared = (queue: string, options: Options.AssertQueue) =>
  onBroker(async (channel) => {
    await channel.checkQueue(queue);
    await channel.assertQueue(queue, options);
    return true;
  }).catch(() => false);

type Api = Awaited<ReturnType<typeof fleet.start>>['api'];
/** A job whose message is left to the test: no outbox sends it within the hour. */
async function newJob(api: Api): Promise<{ id: string; datasetId: string }> {
  const { id } = await api.upload({ name: 'celery', content: csvOf(200), filename: 'a.csv' });
  const [job] = await fleet.database.$queryRaw<{ id: string }[]>`
    INSERT INTO jobs (dataset_id, queued_at) VALUES (${id}::uuid, now() + interval '1 hour') RETURNING id`;
  return { id: job!.id, datasetId: id };
}
const taskOf = (job: { id: string; datasetId: string }): [string, unknown[]] => [
  'process_dataset',
  [job.datasetId, job.id],
];
const startWorker = (extra: Record<string, string> = {}) => fleet.start('worker', extra, true);
function startStock(script: string): () => string[] {
  const file = join(folder, randomUUID());
  workers.push(startStockWorker(broker(), script, file));
  return () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
}

test.each(['before', 'after'])('a stock client with default settings that sends %s our worker starts', async (when) => {
  const { api } = await fleet.start('api', {}, true);
  const job = await newJob(api);
  if (when === 'after') {
    await startWorker();
    await until(() => isDeclared('celery', { durable: true }));
  }
  const [id] = send([taskOf(job)]);
  if (when === 'before') await startWorker();
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success', celeryTaskId: id });
  expect(await isDeclared('celery', { durable: true })).toBe(true);
  expect(await waitingIn('celery')).toBe(0);
  // and what this project sends itself does not go there
  const own = await api.process((await api.upload({ name: 'own', content: csvOf(200), filename: 'a.csv' })).id);
  expect(await fleet.jobWhen(own.id, isOver)).toMatchObject({ state: 'success' });
});

test.each([
  'before',
  'after',
])('a stock worker with default settings that starts %s ours, in a shared queue', async (when) => {
  const { api } = await fleet.start('api', {}, true);
  const job = await newJob(api);
  let lines = () => [] as string[];
  if (when === 'before') {
    lines = startStock(THEIRS);
    await until(() => isDeclared('celery', { durable: true }));
  }
  await startWorker({ CELERY_QUEUE_SHARED: 'true' });
  await onBroker(async (channel) => {
    const { content, options } = encodeCeleryMessage({ ...job, jobId: job.id, id: randomUUID() });
    await channel.checkQueue(jobs());
    channel.publish('', jobs(), content, options);
    await channel.waitForConfirms();
  });
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success' });
  send([1, 2, 3].map((n) => ['theirs', [n]]));
  if (when === 'after') lines = startStock(THEIRS);
  await until(
    () => lines().length === 3,
    60,
    () => `the stock worker has done ${JSON.stringify(lines())}`,
  );
  expect(lines().sort()).toEqual(['1', '2', '3']);
});

test('a stock worker reads a message of ours', async () => {
  const { api } = await fleet.start('api', {}, true);
  const dataset = await api.upload({ name: 'celery', content: csvOf(200), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await fleet.jobWhen(id, ({ celeryTaskId }) => celeryTaskId !== null);
  // as the documents say it
  const advice = /^app\.conf\.task_queues = .*$/m.exec(readFileSync('docs/celery.md', 'utf8'))![0];
  expect(advice).toContain('"dataset-jobs"');
  const lines = startStock(`
${advice.replace('"dataset-jobs"', JSON.stringify(jobs()))}
@app.task(name='process_dataset', acks_late=True)
def process_dataset(dataset_id, job_id):
    out(dataset_id + ' ' + job_id)
`);
  await until(() => lines().length > 0, 60);
  expect(lines()).toEqual([`${dataset.id} ${id}`]);
  await until(async () => (await waitingIn(jobs())) === 0);
  await api.cancel(id);
});

test('in a shared queue our tasks are worked and those of others stay for their worker, in order', async () => {
  const { api } = await fleet.start('api', {}, true);
  const ours = await Promise.all([newJob(api), newJob(api), newJob(api)]);
  const theirs = Array.from({ length: 20 }, (_, n): [string, unknown[]] => ['theirs', [n]]);
  const { kill } = await startWorker({ CELERY_QUEUE_SHARED: 'true' });
  send([...theirs.slice(0, 10), ...ours.map(taskOf), ...theirs.slice(10)]);
  for (const { id } of ours) expect(await fleet.jobWhen(id, isOver)).toMatchObject({ state: 'success' });
  await until(async () => (await waitingIn('celery')) === 20);
  expect(await waitingIn(dead())).toBe(0);
  await kill('SIGTERM'); // a look that is under way would hold some back
  const lines = startStock(THEIRS);
  await until(() => lines().length === 20, 60);
  expect(lines().map(Number)).toEqual(theirs.map((_, n) => n));
});

test('in a shared queue that is a quorum queue nothing is taken, and our own queue is worked', async () => {
  await onBroker((channel) =>
    channel.assertQueue('celery', { durable: true, arguments: { 'x-queue-type': 'quorum' } }),
  );
  const { api } = await fleet.start('api', {}, true);
  await startWorker({ CELERY_QUEUE_SHARED: 'true' });
  await onBroker(async (channel) => {
    channel.sendToQueue('celery', Buffer.from('[[],{},{}]'), { headers: { task: 'theirs', id: 'x' } });
    await channel.waitForConfirms();
  });
  const dataset = await api.upload({ name: 'own', content: csvOf(200), filename: 'a.csv' });
  const job = await api.process(dataset.id);
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success' });
  const message = await onBroker((channel) => channel.get('celery', { noAck: true }));
  expect(message).toMatchObject({ fields: { redelivered: false } });
});

test.each([
  ['of an earlier version of ours', EARLIER],
  ['with arguments of somebody else', { durable: true, arguments: { 'x-max-priority': 5 } }],
])('a queue celery %s is taken as it is found, with what waits there', async (_, options) => {
  await onBroker((channel) => channel.assertQueue('celery', options));
  const { api } = await fleet.start('api', {}, true);
  const [waits, comes] = [await newJob(api), await newJob(api)];
  const put = (job: { id: string; datasetId: string }) =>
    onBroker(async (channel) => {
      const { content, options: properties } = encodeCeleryMessage({ ...job, jobId: job.id, id: randomUUID() });
      channel.publish('', 'celery', content, properties);
      await channel.waitForConfirms();
    });
  await put(waits);
  await startWorker();
  expect(await fleet.jobWhen(waits.id, isOver)).toMatchObject({ state: 'success' });
  await put(comes);
  expect(await fleet.jobWhen(comes.id, isOver)).toMatchObject({ state: 'success' });
  expect(await isDeclared('celery', options)).toBe(true);
});

test('celery is taken again after a lost connection, and made again when somebody deletes it', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker');
  await until(() => isDeclared('celery', { durable: true }));
  fleet.proxies.rabbitmq.cut();
  const cut = await newJob(api);
  send([taskOf(cut)]);
  fleet.proxies.rabbitmq.restore();
  expect(await fleet.jobWhen(cut.id, isOver)).toMatchObject({ state: 'success' });
  await onBroker((channel) => channel.deleteQueue('celery'));
  await until(() => isDeclared('celery', { durable: true }));
  const later = await newJob(api);
  send([taskOf(later)]);
  expect(await fleet.jobWhen(later.id, isOver)).toMatchObject({ state: 'success' });
});

test('every form of the task that a stock client can send is read; what cannot be read is dead-lettered', async () => {
  const { api } = await fleet.start('api', {}, true);
  await startWorker();
  const forms = {
    named: '(kwargs={"dataset_id": dataset, "job_id": job})',
    uuids: '(args=[uuid.UUID(dataset), uuid.UUID(job)])',
    gzip: '(args=[dataset, job], compression="gzip")',
    zlib: '(args=[dataset, job], compression="zlib")',
    countdown: '(args=[dataset, job], countdown=1, expires=600)',
    old: '(args=[dataset, job])',
    oldGzip: '(args=[dataset, job], compression="gzip")',
    oldCountdown: '(args=[dataset, job], countdown=1)',
  };
  const made = await Promise.all(Object.keys(forms).map(() => newJob(api)));
  const lines = Object.entries(forms).map(
    ([name, form], n) => `
dataset, job = given[${n}]
app.conf.task_protocol = ${name.startsWith('old') ? 1 : 2}
if app.conf.task_protocol == 1: app.amqp.create_task_message = app.amqp.as_task_v1
app.send_task('process_dataset', ${form.slice(1)}`,
  );
  const unread = `
app.amqp.create_task_message = app.amqp.as_task_v2
app.send_task('process_dataset', args=[dataset, job], compression='bzip2')
app.send_task('process_dataset', args=[dataset, job], serializer='pickle')
app.send_task('process_dataset', args=[dataset])
app.send_task('theirs', args=[1])
app.send_task('process_dataset', args=[1, 2], compression='gzip')
`;
  runStock(
    broker(),
    lines.join('') + unread,
    made.map(({ id, datasetId }) => [datasetId, id]),
  );
  for (const [n, name] of Object.keys(forms).entries())
    expect(await fleet.jobWhen(made[n]!.id, isOver), name).toMatchObject({ state: 'success' });
  await until(async () => (await waitingIn(dead())) === 5);
});

test('expires holds when the countdown is longer, and after a countdown', async () => {
  const { api } = await fleet.start('api', {}, true);
  const [never, late] = [await newJob(api), await newJob(api)];
  const { kill } = await startWorker();
  runStock(
    broker(),
    `
app.send_task('process_dataset', given[0], countdown=3600, expires=1800)
app.send_task('process_dataset', given[1], countdown=4, expires=6)`,
    [never, late].map(({ id, datasetId }) => [datasetId, id]),
  );
  expect(await fleet.jobWhen(never.id, isOver)).toMatchObject({
    state: 'failure',
    error: expect.stringMatching(/^The message expires before its countdown ends/),
  });
  // the worker is gone when the countdown ends, and comes back when the message has expired
  const { expiresAt } = await fleet.jobWhen(late.id, ({ retryAt }) => retryAt !== null);
  await kill('SIGKILL');
  await until(() => Date.now() > expiresAt!.getTime());
  await startWorker();
  expect(await fleet.jobWhen(late.id, isOver)).toMatchObject({
    state: 'failure',
    error: expect.stringMatching(/^The message expired before a worker took it/),
  });
});

test('the two queues share WORKER_CONCURRENCY', async () => {
  const { api } = await fleet.start('api', {}, true);
  const stock = await Promise.all(Array.from({ length: 6 }, () => newJob(api)));
  const own = await Promise.all(
    Array.from({ length: 6 }, async () =>
      api.process((await api.upload({ name: 'own', content: csvOf(50_000), filename: 'a.csv' })).id),
    ),
  );
  send(stock.map(taskOf));
  await startWorker({ WORKER_CONCURRENCY: '1' });
  const ended = [];
  for (const { id } of [...stock, ...own]) ended.push(await fleet.jobWhen(id, isOver));
  expect(ended.map(({ state }) => state)).toEqual(Array(12).fill('success'));
  const times = ended
    .flatMap(({ attempts }) => attempts)
    .map(({ startedAt, endedAt }) => [startedAt.getTime(), endedAt!.getTime()] as const)
    .sort(([a], [b]) => a - b);
  for (const [n, [start]] of times.entries()) if (n > 0) expect(start).toBeGreaterThanOrEqual(times[n - 1]![1]);
});

test.each([
  ['the queue', () => jobs()],
  ['its dead letters', () => dead()],
])('a broker that has %s otherwise ends the start with a sentence', async (_, name) => {
  await onBroker((channel) => channel.assertQueue(name(), { durable: true }));
  for (const script of ['src/api.ts', 'src/worker.ts']) {
    const env = { ...process.env, PORT: '0', LOG_LEVEL: 'silent' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^The broker refuses the queue "[\w-]+" \(RABBITMQ_QUEUE\).* set RABBITMQ_QUEUE to another name/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
  }
  await onBroker((channel) => channel.deleteQueue(name()));
});

test('a queue that is declared differently while we run is reported at /ready, later consumed', async () => {
  const { api, url } = await fleet.start('api', {}, true);
  await startWorker();
  const ready = async () => {
    const response = await fetch(`${url}/ready`);
    return { status: response.status, ...((await response.json()) as { detail?: string }) };
  };
  expect(await ready()).toMatchObject({ status: 'ready' });
  // a worker that is notified of the loss declares the queue again: whoever is faster
  await until(async () => {
    await onBroker(async (channel) => {
      await channel.deleteQueue(jobs());
      await channel.assertQueue(jobs(), { durable: true });
    }).catch(() => {});
    return isDeclared(jobs(), { durable: true });
  });
  expect(await ready()).toMatchObject({ status: 503, detail: expect.stringMatching(/RABBITMQ_QUEUE/) });
  await onBroker((channel) => channel.deleteQueue(jobs()));
  await until(async () => (await ready()).detail === undefined);
  const dataset = await api.upload({ name: 'own', content: csvOf(200), filename: 'a.csv' });
  const job = await api.process(dataset.id);
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success' });
});
