import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeCeleryMessage, encodeCeleryMessage } from '../../../../src/infra/queue/celery-message.ts';

const task = {
  id: '0b5e6a0c-3c0f-4f9e-8f5e-2f6f4c1f2a11',
  datasetId: '11111111-1111-4111-8111-111111111111',
  jobId: '22222222-2222-4222-8222-222222222222',
};
const body = (value: unknown) => Buffer.from(JSON.stringify(value));
const headers = { task: 'process_dataset', id: task.id };

const ids = [task.datasetId, task.jobId];
const read = (content: Buffer, head: Record<string, unknown> = {}, properties = {}) =>
  decodeCeleryMessage(content, { headers: { ...headers, ...head }, contentType: 'application/json', ...properties });

test('what is written is read again, its expiry too', () => {
  const expires = new Date('2026-11-25T10:00:00.123Z');
  const { content, options } = encodeCeleryMessage({ ...task, expires }, { reason: 'why' });
  expect(decodeCeleryMessage(content, options)).toEqual({ task: { ...task, expires } });
  expect(options.headers).toMatchObject({ reason: 'why', task: 'process_dataset', retries: 0 });
  expect(JSON.parse(content.toString())).toHaveLength(3);
});

test('arguments by position or by name, ids in any case, as Python writes its UUIDs too', () => {
  const upper = task.datasetId.toUpperCase();
  expect(read(body([[upper, task.jobId], {}, {}]))).toEqual({ task });
  const named = { dataset_id: task.datasetId, job_id: task.jobId };
  expect(read(body([[], named, {}]))).toEqual({ task });
  const uuids = ids.map((id) => ({ __type__: 'uuid', __value__: { hex: id.replaceAll('-', '') } }));
  expect(read(body([uuids, {}, {}]))).toEqual({ task });
});

test.each([
  ['2026-11-25T10:00:00.123456+00:00', '2026-11-25T10:00:00.123Z'],
  ['2026-11-25T12:00:00+02:00', '2026-11-25T10:00:00.000Z'],
  ['2026-11-25T10:00:00', '2026-11-25T10:00:00.000Z'],
])('a countdown and an expiry as stock clients write them: %s', (text, time) => {
  const times = { notBefore: new Date(time), expires: new Date(time) };
  expect(read(body([ids, {}, {}]), { eta: text, expires: text })).toEqual({ task: { ...task, ...times } });
});

test('protocol 1 has everything in the body; headers beside it count more', () => {
  const whole = { task: 'process_dataset', id: task.id, args: ids, kwargs: {}, eta: '2026-11-25T10:00:00', utc: true };
  const notBefore = new Date('2026-11-25T10:00:00Z');
  expect(decodeCeleryMessage(body(whole), { headers: {} })).toEqual({ task: { ...task, notBefore } });
  expect(decodeCeleryMessage(body({ args: ids, kwargs: {} }), { headers })).toEqual({ task });
  const local = decodeCeleryMessage(body({ ...whole, utc: false }), {});
  expect(local).toEqual({ task: { ...task, notBefore: new Date('2026-11-25T10:00:00') } });
});

test.each([
  ['application/x-gzip', deflateSync], // what kombu calls gzip
  ['application/x-gzip', gzipSync],
  ['application/x-brotli', brotliCompressSync],
  ['application/zstd', zstdCompressSync],
])('a packed body is read: %s', (compression, pack) => {
  expect(read(pack(body([ids, {}, {}])), { compression })).toEqual({ task });
});

test('a small message does not become a large one', () => {
  const content = deflateSync(Buffer.alloc(8 << 20, ' '));
  expect(read(content, { compression: 'application/x-gzip' })).toEqual({
    unreadable: expect.stringMatching(/^it cannot be decompressed \("application\/x-gzip"\): /),
  });
});

test.each([
  ['no JSON', Buffer.from('{'), {}, {}, /^it is not JSON/],
  ['no id', body([ids, {}, {}]), { id: undefined }, {}, /no id/],
  ['too few arguments', body([[task.datasetId], {}, {}]), {}, {}, /job_id is not a UUID: none/],
  ['arguments that are no ids', body([['a', 'b'], {}, {}]), {}, {}, /dataset_id is not a UUID: "a"/],
  ['no arguments', body([]), {}, {}, /dataset_id is not a UUID/],
  ['a countdown that is no time', body([ids, {}, {}]), { eta: 'soon' }, {}, /eta is not a time: "soon"/],
  ['an expiry that is no time', body([ids, {}, {}]), { expires: 5 }, {}, /expires is not a time: 5/],
  [
    'another serializer',
    body([ids, {}, {}]),
    {},
    { contentType: 'application/x-python-serialize' },
    /only application/,
  ],
  ['bzip2', body([ids, {}, {}]), { compression: 'application/x-bz2' }, {}, /compressed by "application\/x-bz2"/],
  ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, { contentEncoding: 'utf-8' }, /not text in "utf-8"/],
])('a task of this project that cannot be read has a reason: %s', (_, content, head, properties, reason) => {
  expect(read(content, head, properties)).toEqual({ unreadable: expect.stringMatching(reason) });
});

test.each([
  ['another task', body([ids, {}, {}]), { task: 'other' }, {}],
  ['another task in a form that is not read', Buffer.from('\x80'), { task: 'other' }, { contentType: 'x' }],
  ['another task of protocol 1', body({ task: 'other', id: task.id }), { task: undefined }, {}],
  ['nothing of Celery', Buffer.from('hello'), { task: undefined, id: undefined }, { contentType: 'text/plain' }],
  ['null', body(null), { task: undefined }, {}],
  ['a list', body([1]), { task: undefined }, {}],
])('what is no task of this project is not read as one: %s', (_, content, head, properties) => {
  expect(read(content, head, properties)).toEqual({ foreign: expect.any(String) });
});
