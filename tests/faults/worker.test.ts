import { expect, test } from 'vitest';
import { csvOf, isOver, until, useFleet } from '../support/fleet.ts';

const fleet = useFleet();

/** A job whose worker has read some of the file and waits for the rest. */
async function jobUnderWay(api: Awaited<ReturnType<typeof fleet.start>>['api']) {
  fleet.proxies.s3.hold(400_000);
  const dataset = await api.upload({ name: 'under way', content: csvOf(3_000_000), filename: 'a.csv' });
  const { id } = await api.process(dataset.id);
  await until(
    () => fleet.proxies.s3.held() > 0,
    20,
    () => 'nobody reads the file',
  );
  return { id, datasetId: dataset.id };
}
const watchAll = async (jobs: AsyncIterable<{ state: string; progress: number }>) => {
  const seen: { state: string; progress: number }[] = [];
  for await (const job of jobs) seen.push(job);
  return seen;
};

test('a worker is killed in a job: another ends it, progress never goes back, both attempts are listed', async () => {
  const { api } = await fleet.start('api', {}, true);
  const worker = await fleet.start('worker');
  const job = await jobUnderWay(api);
  const watched = watchAll(api.watch(job.id));
  await worker.kill('SIGKILL');
  fleet.proxies.s3.restore();
  await fleet.start('worker');
  const { state, attempts, faults } = await fleet.jobWhen(job.id, isOver);
  expect([state, faults, attempts.map(({ outcome }) => outcome)]).toEqual(['success', 1, ['lost', 'success']]);
  expect(attempts[0]!.worker).not.toBe(attempts[1]!.worker);
  const seen = await watched;
  expect(seen.at(-1)).toMatchObject({ state: 'success', progress: 100 });
  expect(seen.filter((each) => each.state === 'success')).toHaveLength(1);
  expect(seen.map(({ progress }) => progress)).toEqual(seen.map(({ progress }) => progress).toSorted((a, b) => a - b));
  expect(await fleet.database.report.count({ where: { datasetId: job.datasetId } })).toBe(1);
});

test('the job of a killed worker does not wait for the end of its lease', async () => {
  const settings = { LEASE_SECONDS: '600' };
  const { api } = await fleet.start('api', settings, true);
  const worker = await fleet.start('worker', settings);
  const job = await jobUnderWay(api);
  await fleet.start('worker', settings, true);
  await worker.kill('SIGKILL');
  const { state, attempts } = await fleet.jobWhen(job.id, isOver);
  expect([state, attempts.map(({ outcome }) => outcome)]).toEqual(['success', ['lost', 'success']]);
});

test('a file that kills its workers ends as a dead letter after its attempts; it can be processed again', async () => {
  const settings = { MAX_ATTEMPTS: '2', LEASE_SECONDS: '1' };
  const { api } = await fleet.start('api', settings, true);
  let worker = await fleet.start('worker', settings);
  const job = await jobUnderWay(api);
  for (let attempt = 1; attempt <= 2; attempt++) {
    await fleet.jobWhen(job.id, (now) => now.state === 'started' && now.attempt === attempt);
    await worker.kill('SIGKILL');
    if (attempt === 1) worker = await fleet.start('worker', settings);
  }
  const { state, error, attempts } = await fleet.jobWhen(job.id, isOver);
  expect([state, attempts.map(({ outcome }) => outcome)]).toEqual(['failure', ['lost', 'lost']]);
  expect(error).toMatch(/^Given up after 2 attempts\. The worker stopped without notice/);
  expect(await api.dataset(job.datasetId)).toMatchObject({ status: 'failed', error });
  // the message is among the dead letters once the row says so
  await fleet.jobWhen(job.id, ({ deadLetterDue }) => !deadLetterDue);
  fleet.proxies.s3.restore();
  await fleet.start('worker', settings);
  const small = await api.upload({ name: 'small', content: csvOf(100), filename: 'a.csv' });
  expect((await watchAll(api.watch((await api.process(small.id)).id))).at(-1)).toMatchObject({ state: 'success' });
  const again = await api.process(job.datasetId);
  expect(again.id).not.toBe(job.id);
  expect((await watchAll(api.watch(again.id))).at(-1)).toMatchObject({ state: 'success' });
});

test('a worker that was asleep while another took its job changes nothing when it wakes', async () => {
  const { api } = await fleet.start('api', {}, true);
  const sleeper = await fleet.start('worker');
  const job = await jobUnderWay(api);
  sleeper.signal('SIGSTOP');
  fleet.proxies.s3.restore();
  await fleet.start('worker', {}, true);
  const before = await fleet.jobWhen(job.id, isOver);
  const report = await fleet.database.report.findUniqueOrThrow({ where: { datasetId: job.datasetId } });
  sleeper.signal('SIGCONT');
  // awake when it has acknowledged its message: that connection had lost its heartbeats
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(await fleet.job(job.id)).toEqual(before);
  expect(before.attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'success']);
  expect(await fleet.database.report.findUniqueOrThrow({ where: { datasetId: job.datasetId } })).toEqual(report);
  expect(await api.report(job.datasetId)).toMatchObject({ row_count: 176_472 });
});

test('SIGTERM: a job that does not end in time is handed back, counts no attempt; another worker ends it', async () => {
  const { api } = await fleet.start('api', {}, true);
  const worker = await fleet.start('worker', { SHUTDOWN_GRACE_SECONDS: '1' });
  const job = await jobUnderWay(api);
  expect(await worker.kill('SIGTERM')).toBe(0);
  expect(await fleet.job(job.id)).toMatchObject({ state: 'retrying', leasedUntil: null, faults: 0 });
  fleet.proxies.s3.restore();
  await fleet.start('worker');
  const { state, attempts } = await fleet.jobWhen(job.id, isOver);
  expect([state, attempts.map(({ outcome }) => outcome)]).toEqual(['success', ['handed_back', 'success']]);
});

test('SIGTERM: a job that ends in time ends, and the worker with it', async () => {
  const { api } = await fleet.start('api', {}, true);
  const worker = await fleet.start('worker', { SHUTDOWN_GRACE_SECONDS: '20' });
  const job = await jobUnderWay(api);
  worker.signal('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 300));
  fleet.proxies.s3.restore();
  expect(await worker.exited).toBe(0);
  expect(await fleet.job(job.id)).toMatchObject({ state: 'success', attempt: 1 });
});

test('a cancel stops the worker, which then confirms it: nothing of the attempt is left', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker', { LEASE_SECONDS: '30' });
  const job = await jobUnderWay(api);
  expect(await api.cancel(job.id)).toMatchObject({ state: 'failure', error: 'cancelled' });
  await until(
    () => fleet.proxies.s3.held() === 0,
    5,
    () => 'the download goes on',
  );
  expect((await fleet.job(job.id)).attempts.map(({ outcome }) => outcome)).toEqual(['cancelled']);
  expect(await api.dataset(job.datasetId)).toMatchObject({ status: 'uploaded', error: null });
  await expect(api.cancel(job.id)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a job that nobody works on is cancelled at once; of a dead worker, by the reaper', async () => {
  const { api } = await fleet.start('api', {}, true);
  const dataset = await api.upload({ name: 'queued', content: csvOf(100), filename: 'a.csv' });
  const queued = await api.process(dataset.id);
  expect(await api.cancel(queued.id)).toMatchObject({ state: 'failure', error: 'cancelled' });
  expect(await api.dataset(dataset.id)).toMatchObject({ status: 'uploaded' });
  const worker = await fleet.start('worker');
  const job = await jobUnderWay(api);
  worker.signal('SIGSTOP');
  await api.cancel(job.id);
  expect(await fleet.jobWhen(job.id, isOver)).toMatchObject({ state: 'failure', error: 'cancelled' });
});

test('cancels that race with the end have one winner', async () => {
  const { api } = await fleet.start('api', {}, true);
  await fleet.start('worker', {}, true);
  for (let i = 0; i < 15; i++) {
    const dataset = await api.upload({ name: 'race', content: csvOf(100_000), filename: 'a.csv' });
    const { id } = await api.process(dataset.id);
    await new Promise((resolve) => setTimeout(resolve, i * 4));
    const answer = await api.cancel(id).then(
      ({ error }) => error,
      ({ code }) => code,
    );
    const { state, error } = await fleet.jobWhen(id, isOver);
    expect([state, error, answer]).toEqual(
      state === 'success' ? ['success', null, 'CONFLICT'] : ['failure', 'cancelled', 'cancelled'],
    );
    const reports = await fleet.database.report.count({ where: { datasetId: dataset.id } });
    expect(reports).toBe(state === 'success' ? 1 : 0);
    expect((await api.report(dataset.id)) === null).toBe(state !== 'success');
  }
});
