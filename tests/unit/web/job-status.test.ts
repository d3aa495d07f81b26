import { expect, test } from 'vitest';
import { span } from '../../../src/web/formatting.ts';
import { durationOf, type Job, jobStatus, laterState } from '../../../src/web/job-status.ts';
import { Throughput } from '../../../src/web/throughput.ts';

const job = (changes: Partial<Job> = {}): Job => ({
  id: 'a',
  state: 'STARTED',
  progress: 15,
  error: null,
  celeryTaskId: 'x',
  startedAt: null,
  finishedAt: null,
  attempt: 1,
  rowsProcessed: 0,
  bytesProcessed: 500_000,
  ...changes,
});
const status = (changes: Partial<Job>, bytes = new Throughput(), rows = new Throughput()) =>
  jobStatus(job(changes), 1_000_000, bytes, rows, 1_000);

test('why a job waits', () => {
  expect(status({ state: 'QUEUED', celeryTaskId: null })).toBe('waiting for the broker');
  expect(status({ state: 'QUEUED' })).toBe('waiting for a worker');
  expect(status({ state: 'RETRYING', attempt: 2 })).toBe('attempt 2: trying again soon');
});

test('how far it is, how fast, and how long reading will take', () => {
  expect(status({})).toBe('15 %, reading the rows');
  const bytes = new Throughput();
  bytes.observe(0, 0);
  bytes.observe(500_000, 1_000);
  expect(status({}, bytes)).toBe('15 %, reading the rows, 500.0 kB/s, 1 s left to read');
  const rows = new Throughput();
  rows.observe(0, 0);
  rows.observe(12_345, 1_000);
  expect(status({ attempt: 3 }, bytes, rows)).toBe(
    'attempt 3: 15 %, reading the rows, 12.3 k rows/s, 500.0 kB/s, 1 s left to read',
  );
  expect(status({ progress: 25 })).toBe('25 %, computing statistics');
  expect(status({ progress: 60 })).toBe('60 %, finding duplicates and outliers');
  expect(status({ progress: 85 })).toBe('85 %, writing the report');
});

test('what is shown never goes back', () => {
  const shown = job({ progress: 60 });
  const ended = job({ state: 'SUCCESS', progress: 100 });
  expect(laterState(shown, job({ progress: 11 }))).toBe(shown);
  expect(laterState(ended, shown)).toBe(ended);
  expect(laterState(shown, ended)).toBe(ended);
  const other = job({ id: 'b', progress: 0 });
  expect(laterState(ended, other)).toBe(other);
  expect(laterState(shown, null)).toBeNull();
});

test('how long it took', () => {
  const times = { startedAt: '2026-01-01T00:00:00.000Z', finishedAt: '2026-01-01T00:00:02.000Z' };
  expect(durationOf(job(times))).toBe('processed in 2 s');
  expect(durationOf(job({ ...times, finishedAt: times.startedAt }))).toBe('processed in less than 0.1 s');
  expect(durationOf(job())).toBe('');
  expect([0.44, 12.2, 60, 125, 7_830].map(span)).toEqual(['0.4 s', '12 s', '1 min', '2 min 5 s', '2 h 10 min']);
});
