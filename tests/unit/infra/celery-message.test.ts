import { expect, test } from 'vitest';
import { decodeCeleryMessage, encodeCeleryMessage } from '../../../src/infra/celery-message.ts';

const task = {
  id: '0b5e6a0c-3c0f-4f9e-8f5e-2f6f4c1f2a11',
  datasetId: '11111111-1111-4111-8111-111111111111',
  jobId: '22222222-2222-4222-8222-222222222222',
};
const body = (value: unknown) => Buffer.from(JSON.stringify(value));
const headers = { task: 'process_dataset', id: task.id };

test('what is written is read again', () => {
  const { content, options } = encodeCeleryMessage(task, { reason: 'why' });
  expect(decodeCeleryMessage(content, options.headers as Record<string, unknown>)).toEqual(task);
  expect(options.headers).toMatchObject({ reason: 'why', task: 'process_dataset', retries: 0 });
  expect(JSON.parse(content.toString())).toHaveLength(3);
});

test('arguments by position or by name, ids in any case', () => {
  const upper = task.datasetId.toUpperCase();
  expect(decodeCeleryMessage(body([[upper, task.jobId], {}, {}]), headers)).toEqual(task);
  const named = { dataset_id: task.datasetId, job_id: task.jobId };
  expect(decodeCeleryMessage(body([[], named, {}]), headers)).toEqual(task);
});

test.each([
  ['2026-11-25T10:00:00.123456+00:00', '2026-11-25T10:00:00.123Z'],
  ['2026-11-25T12:00:00+02:00', '2026-11-25T10:00:00.000Z'],
  ['2026-11-25T10:00:00', '2026-11-25T10:00:00.000Z'],
])('a countdown and an expiry as stock clients write them: %s', (text, time) => {
  const read = decodeCeleryMessage(body([[task.datasetId, task.jobId], {}, {}]), {
    ...headers,
    eta: text,
    expires: text,
  });
  expect([read!.notBefore?.toISOString(), read!.expires?.toISOString()]).toEqual([time, time]);
});

test.each([
  ['no JSON', Buffer.from('{'), headers],
  ['another task', body([[task.datasetId, task.jobId], {}, {}]), { ...headers, task: 'other' }],
  ['no id', body([[task.datasetId, task.jobId], {}, {}]), { task: 'process_dataset' }],
  ['too few arguments', body([[task.datasetId], {}, {}]), headers],
  ['arguments that are no ids', body([['a', 'b'], {}, {}]), headers],
  ['null', body(null), headers],
])('what is no task of this project is not read as one: %s', (_, content, head) => {
  expect(decodeCeleryMessage(content, head)).toBeUndefined();
});
