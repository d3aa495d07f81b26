import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';
import { expect, test } from 'vitest';
import { decodeCeleryMessage, encodeCeleryMessage } from '../../src/infra/queue/celery-message.ts';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';

const fleet = useFleet();
/** Of jobs, and of dead letters. */
const jobs = () => fleet.config.rabbitmq!.queue;
const dead = () => `${jobs()}.dead`;

/** A connection of the test's own to the broker. */
async function withBroker<T>(
  work: (channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createConfirmChannel']>>) => Promise<T>,
) {
  const { host: hostname, port, user: username, password, vhost } = fleet.config.rabbitmq!;
  const connection = await connect({ protocol: 'amqp', hostname, port, username, password, vhost });
  try {
    return await work(await connection.createConfirmChannel());
  } finally {
    await connection.close();
  }
}
async function newJob(api: Awaited<ReturnType<typeof fleet.start>>['api'], bytes = 500) {
  const dataset = await api.upload({ name: 'broker', content: csvOf(bytes), filename: 'a.csv' });
  return { ...(await api.process(dataset.id)), datasetId: dataset.id };
}

test('the broker is down and the API dies: the job is accepted, its message goes out later', async () => {
  const first = await fleet.start('api');
  fleet.proxies.rabbitmq.cut();
  const job = await newJob(first.api);
  expect(job).toMatchObject({ state: 'queued' });
  await first.kill('SIGKILL');
  expect(await fleet.job(job.id)).toMatchObject({ state: 'queued', celeryTaskId: null });
  const started = Promise.all([fleet.start('api'), fleet.start('worker')]); // which wait for the broker
  fleet.proxies.rabbitmq.restore();
  await started;
  const { state, attempt, celeryTaskId } = await fleet.jobWhen(job.id, isOver);
  expect([state, attempt]).toEqual(['success', 1]);
  expect(celeryTaskId).not.toBeNull();
});

test('a message that comes many times, before, during and after, makes one report', async () => {
  const { api } = await fleet.start('api', {}, true);
  const job = await newJob(api);
  const send = (times: number) =>
    withBroker(async (channel) => {
      for (let i = 0; i < times; i++) {
        const { content, options } = encodeCeleryMessage({ id: randomUUID(), datasetId: job.datasetId, jobId: job.id });
        channel.publish('', jobs(), content, options);
      }
      await channel.waitForConfirms();
    });
  await send(5);
  await fleet.start('worker');
  await fleet.start('worker');
  await fleet.jobWhen(job.id, isOver);
  const before = await fleet.job(job.id);
  await send(5);
  await until(() => withBroker(async (channel) => (await channel.checkQueue(jobs())).messageCount === 0));
  expect(before).toMatchObject({ state: 'success', attempt: 1, faults: 0 });
  expect(before.attempts).toHaveLength(1);
  expect(await fleet.job(job.id)).toEqual(before);
});

test('connections to the broker are cut: the job goes on, the worker reconnects, nothing is done twice', async () => {
  const { api } = await fleet.start('api');
  await fleet.start('worker');
  fleet.proxies.s3.hold(400_000);
  const job = await newJob(api, 3_000_000);
  await until(() => fleet.proxies.s3.held() > 0);
  fleet.proxies.rabbitmq.cut();
  const other = await newJob(api);
  expect(other.state).toBe('queued');
  fleet.proxies.s3.restore();
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success', attempt: 1 });
  fleet.proxies.rabbitmq.restore();
  expect(await fleet.jobWhen(other.id, isOver)).toMatchObject({ state: 'success', attempt: 1 });
});

test('a half-open connection to the broker is noticed, and the worker comes back', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker');
  await until(() => withBroker(async (channel) => (await channel.checkQueue(jobs())).consumerCount > 0));
  fleet.proxies.rabbitmq.strand();
  const job = await newJob(api);
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success' });
});

test('the queue is deleted with its messages: the worker declares it again, and the jobs are sent again', async () => {
  const { api } = await fleet.start('api');
  const job = await newJob(api);
  await fleet.jobWhen(job.id, ({ celeryTaskId }) => celeryTaskId !== null);
  await withBroker((channel) => channel.deleteQueue(jobs()));
  await fleet.start('worker');
  // as if it had waited half a minute
  await fleet.database
    .$executeRaw`UPDATE jobs SET handed_over_at = now() - interval '1 hour' WHERE id = ${job.id}::uuid`;
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success', attempt: 1 });
  // and while a worker consumes: it notices, and a message that no queue accepts does not count as sent
  await withBroker((channel) => channel.deleteQueue(jobs()));
  const later = await newJob(api);
  expect(await fleet.jobWhen(later.id, isOver)).toMatchObject({ state: 'success' });
});

test('messages that are no task of ours are set aside, and the worker goes on', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker', {}, true);
  await withBroker(async (channel) => {
    await channel.purgeQueue(dead());
    channel.publish('', jobs(), Buffer.from('no JSON'), { contentType: 'application/json' });
    channel.publish('', jobs(), Buffer.from('[[],{},{}]'), { headers: { task: 'other.task', id: randomUUID() } });
    const { content, options } = encodeCeleryMessage({ id: randomUUID(), datasetId: 'x', jobId: 'y' });
    channel.publish('', jobs(), content, options);
    await channel.waitForConfirms();
    await until(async () => (await channel.checkQueue(dead())).messageCount === 3);
    await channel.purgeQueue(dead());
  });
  const job = await newJob(api);
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'success' });
});

test('a job given up is among the dead letters, with its reason', async () => {
  const { api } = await fleet.start('api', { MAX_ATTEMPTS: '1' }, true);
  await withBroker((channel) => channel.purgeQueue(dead()));
  await fleet.start('worker', { MAX_ATTEMPTS: '1' });
  fleet.proxies.s3.cut();
  const job = await newJob(api);
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({
    state: 'failure',
    error: expect.stringMatching(/^Given up after 1 attempt/),
  });
  await withBroker(async (channel) => {
    const message = await until(async () => (await channel.get(dead(), { noAck: true })) || undefined);
    expect(decodeCeleryMessage(message.content, message.properties)).toMatchObject({ task: { jobId: job.id } });
    expect(message.properties.headers).toMatchObject({ reason: expect.stringMatching(/^Given up/) });
  });
});

test("a stock client's countdown is honoured, and an expired task ends with a sentence", async () => {
  const { api } = await fleet.start('api', {}, true);
  const [waits, late] = [await newJob(api), await newJob(api)];
  await withBroker(async (channel) => {
    // instead of the API's own messages
    await until(async () => (await channel.checkQueue(jobs())).messageCount >= 2);
    await channel.purgeQueue(jobs());
    const eta = new Date(Date.now() + 4_000).toISOString();
    for (const [job, header] of [
      [waits, { eta }],
      [late, { expires: new Date(Date.now() - 1_000).toISOString() }],
    ] as const) {
      const task = { id: randomUUID(), datasetId: job.datasetId, jobId: job.id };
      const { content, options } = encodeCeleryMessage(task, header);
      channel.publish('', jobs(), content, options);
    }
    await channel.waitForConfirms();
    await fleet.start('worker', {}, true);
    expect(await fleet.jobWhen(late.id, isOver)).toMatchObject({
      state: 'failure',
      error: expect.stringMatching(/expired/),
    });
    const { state, startedAt } = await fleet.jobWhen(waits.id, isOver);
    expect(state).toBe('success');
    expect(startedAt!.toISOString() >= eta).toBe(true);
  });
});
